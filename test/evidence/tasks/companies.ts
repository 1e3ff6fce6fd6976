import { ids, type Named, names } from '../raw-lookups.ts'
import { both, day, type Raw, read, readAll, type Task, unix, where } from '../task.ts'

const cedarCove = (raw: Raw) => raw('find_companies', { name: 'Cedar Cove Kayaks' })

/** Ids of everybody at a company. */
const people = async (raw: Raw, name: string): Promise<string[]> => {
  const { id } = await raw('find_companies', { name })
  return ids((await raw('list_company_contacts', { id })).data)
}

/** Companies, their people, and what these have going on. */
export const companies: readonly Task[] = [
  {
    question: 'What does Cedar Cove Kayaks pay a month?',
    answer: 349,
    ours: async ({ text }) => Number(read(await text('get_account', { company: 'Cedar Cove Kayaks' }), /monthly_spend: (\d+)/)),
    raw: async (raw) => (await cedarCove(raw)).monthly_spend,
  },
  {
    question: 'How many people of Cedar Cove Kayaks do we know?',
    answer: 12,
    ours: async ({ data }) => (await data('get_account', { company: 'Cedar Cove Kayaks' })).people.total,
    raw: async (raw) => (await cedarCove(raw)).user_count,
  },
  {
    question: 'When does the contract of co_201 renew?',
    answer: '2026-07-30',
    ours: async ({ text }) => read(await text('get_account', { company: 'co_201' }), /renews_on: (\S{10})/),
    raw: async (raw) => day((await raw('find_companies', { company_id: 'co_201' })).custom_attributes.renews_on),
  },
  {
    question: 'How is Northlight Sailing School tagged?',
    answer: ['Annual plan', 'Multi-location'],
    ours: async ({ data }) => {
      const { company } = await data('get_account', { company: 'Northlight Sailing School' })
      return names(company.tags)
    },
    raw: async (raw) => {
      const { tags } = await raw('find_companies', { name: 'Northlight Sailing School' })
      return names(tags.tags)
    },
  },
  {
    question: 'How many conversations with people of Cedar Cove Kayaks are open?',
    answer: 5,
    ours: async ({ text }) => Number(read(await text('get_account', { company: 'Cedar Cove Kayaks' }), /conversations:\n +open: (\d+)/)),
    raw: async (raw) => {
      const query = both(where('contact_ids', 'IN', await people(raw, 'Cedar Cove Kayaks')), where('state', '=', 'open'))
      return (await raw('search_conversations', { query, pagination: { per_page: 1 } })).total_count
    },
  },
  {
    question: 'What is the newest ticket of Cedar Cove Kayaks?',
    answer: 'Calendar sync writes the same booking twice',
    ours: async ({ data }) => {
      const { tickets } = await data('get_account', { company: 'Cedar Cove Kayaks' })
      return tickets.recent.toSorted((a: { number: string }, b: { number: string }) => Number(b.number) - Number(a.number))[0].title
    },
    raw: async (raw) => {
      const query = where('contact_ids', 'IN', await people(raw, 'Cedar Cove Kayaks'))
      const { tickets } = await raw('search_tickets', { query, sort: { field: 'created_at', order: 'descending' }, pagination: { per_page: 1 } })
      return tickets[0].ticket_attributes._default_title_
    },
  },
  {
    question: 'How many people of Cedar Cove Kayaks began a conversation in November 2025?',
    answer: 3,
    ours: async ({ text }) => {
      const people = await text('get_account', { company: 'Cedar Cove Kayaks', detail: 'full' })
      const ids = readAll(people, /id: ([0-9a-f]{24})\n +name: .+\n +role: user/g)
      const filters = [{ field: 'contact_ids', operator: 'in', value: ids }, { field: 'created', operator: 'at_least', value: '2025-11-01' }, { field: 'source.delivered_as', value: 'customer_initiated' }]
      return new Set(readAll(await text('search_conversations', { filters, fields: ['contacts'] }), / name: (.+)/g)).size
    },
    raw: async (raw) => {
      const everybody = await people(raw, 'Cedar Cove Kayaks')
      const query = both(where('contact_ids', 'IN', everybody), where('created_at', '>=', unix('2025-11-01T00:00-04:00')))
      const { conversations } = await raw('search_conversations', { query })
      const writers = conversations.map(({ source }: { source: { author: Named } }) => source.author.id).filter((id: string) => everybody.includes(id))
      return new Set(writers).size
    },
  },
  {
    question: 'Who at Atelier du Lac was seen last?',
    answer: 'Émile Côté',
    ours: async ({ text }) => read(await text('get_account', { company: 'Atelier du Lac' }), /items:\n +- id: .+\n +name: (.+)/),
    raw: async (raw) => {
      const { id } = await raw('find_companies', { name: 'Atelier du Lac' })
      const { data } = await raw('list_company_contacts', { id })
      return data.toSorted((a: { last_seen_at: number }, b: { last_seen_at: number }) => b.last_seen_at - a.last_seen_at)[0].name
    },
  },
  {
    question: 'Which companies have more than 80 boats, bikes or boards?',
    answer: ['Cedar Cove Kayaks', 'Powder Lantern Snow School'],
    ours: async ({ data }) => {
      const { companies } = await data('call_read_operation', { operation: 'list_companies', input: { fields: ['name', 'custom_attributes'] } })
      const big = companies.filter(({ custom_attributes }: { custom_attributes: { fleet_size: number } }) => custom_attributes.fleet_size > 80)
      return names(big)
    },
    raw: async (raw) => {
      const { data } = await raw('list_companies', { per_page: 60 })
      const big = data.filter(({ custom_attributes }: { custom_attributes: { fleet_size: number } }) => custom_attributes.fleet_size > 80)
      return names(big)
    },
  },
]
