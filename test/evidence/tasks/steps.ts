import { ids, type Named, named } from '../raw-lookups.ts'
import { both, type Raw, read, type Task, where } from '../task.ts'

/** The contact of a conversation or ticket. */
const contactOf = async (raw: Raw, operation: 'get_conversation' | 'get_ticket', id: string) => {
  const { contacts } = await raw(operation, { id })
  return raw('get_contact', { id: contacts.contacts[0].id })
}

/** What takes one answer to ask for the next. */
export const steps: readonly Task[] = [
  {
    question: 'How many open tickets has the company of whoever wrote conversation 103?',
    answer: 3,
    ours: async ({ data }) => {
      const { customer } = await data('who_is_customer', { customer: 'conversation 103', sections: ['companies'] })
      return (await data('get_account', { company: customer.companies[0].id })).tickets.open
    },
    raw: async (raw) => {
      const { companies } = await contactOf(raw, 'get_conversation', '103')
      const { data } = await raw('list_company_contacts', { id: companies.data[0].id })
      const query = both(where('contact_ids', 'IN', ids(data)), where('open', '=', true))
      return (await raw('search_tickets', { query, pagination: { per_page: 1 } })).total_count
    },
  },
  {
    question: 'Who should answer conversation 91: who looks after its customer?',
    answer: 'Lucía Ferrer',
    ours: async ({ text }) => read(await text('who_is_customer', { customer: 'conversation 91', sections: ['companies'] }), /owner: (.+)/),
    raw: async (raw) => (await raw('get_admin', { id: (await contactOf(raw, 'get_conversation', '91')).owner_id })).name,
  },
  {
    question: 'Who looks after the customer of ticket 117, and is that colleague away?',
    answer: ['Priya Natarajan', true],
    ours: async ({ text }) => {
      const owner = read(await text('who_is_customer', { customer: 'ticket 117', sections: ['companies'] }), /owner: (.+)/)
      const admins = await text('describe_workspace', { about: ['admins'] })
      return [owner, new RegExp(`name: ${owner}\\n.*\\n +away_mode_enabled: true`).test(admins)]
    },
    raw: async (raw) => {
      const { name, away_mode_enabled } = await raw('get_admin', { id: (await contactOf(raw, 'get_ticket', '117')).owner_id })
      return [name, away_mode_enabled]
    },
  },
  {
    question: 'What does the company pay a month that kiosk_07 belongs to?',
    answer: 349,
    ours: async ({ data }) => (await data('who_is_customer', { customer: 'kiosk_07', sections: ['companies'] })).customer.companies[0].monthly_spend,
    raw: async (raw) => {
      const { id } = await raw('get_contact_by_external_id', { external_id: 'kiosk_07' })
      return (await raw('list_contact_companies', { id })).data[0].monthly_spend
    },
  },
  {
    question: 'Which VIP has an open booking problem of high severity?',
    answer: 'Maren Okafor',
    ours: async ({ data }) => {
      const { contacts } = await data('search_contacts', { filters: [{ field: 'tag', value: 'VIP' }], fields: ['name'] })
      const theirs = { field: 'contact_ids', operator: 'in', value: ids(contacts) }
      const filters = [theirs, { field: 'type', value: 'Booking problem' }, { field: 'Severity', value: 'High' }, { field: 'open', value: true }]
      const { tickets } = await data('search_tickets', { filters, fields: ['contacts'] })
      return tickets[0].contacts[0].name
    },
    raw: async (raw) => {
      const tag = named((await raw('list_tags')).data, 'VIP')
      const { data } = await raw('search_contacts', { query: where('tag_id', '=', tag.id) })
      const type = named((await raw('list_ticket_types')).data, 'Booking problem')
      const severity = named(type.ticket_type_attributes.data, 'Severity')
      const theirs = where('contact_ids', 'IN', ids(data))
      const { tickets } = await raw('search_tickets', { query: both(theirs, where(`ticket_attribute.${severity.id}`, '=', 'High'), where('open', '=', true)) })
      return data.find(({ id }: Named) => id === tickets[0].contacts.contacts[0].id).name
    },
  },
  {
    question: 'Which customer has waited longest for our answer?',
    answer: 'paloma.mbeki172@riverbend.example',
    ours: async ({ text }) => {
      const filters = [{ field: 'state', value: 'open' }, { field: 'waiting_since', operator: 'is_set' }]
      const sort = { field: 'waiting_since', order: 'ascending' }
      const customer = `conversation ${read(await text('search_conversations', { filters, sort, per_page: 1, fields: ['title'] }), /id: (\d+)/)}`
      return read(await text('who_is_customer', { customer, sections: ['companies'] }), /email: (.+)/)
    },
    raw: async (raw) => {
      const query = both(where('state', '=', 'open'), where('waiting_since', '!=', null))
      const { conversations } = await raw('search_conversations', { query, sort: { field: 'waiting_since', order: 'ascending' }, pagination: { per_page: 1 } })
      const { id } = conversations[0].contacts.contacts[0]
      return (await raw('get_contact', { id })).email
    },
  },
  {
    question: 'Which page did Fin answer conversation 80 from?',
    answer: 'Deposits for groups',
    ours: async ({ text }) => read(await text('get_conversation', { id: '80', fields: ['ai_agent'] }), /title: (Deposits.+)/),
    raw: async (raw) => (await raw('get_conversation', { id: '80' })).ai_agent.content_sources.content_sources[0].title,
  },
  {
    question: 'As ChatGPT does it, with search and fetch: which plan is Maren Okafor on?',
    answer: 'Fleet',
    ours: async ({ data }) => {
      const { results } = await data('search', { query: 'Maren Okafor' })
      return read((await data('fetch', { id: results[0].id })).text, /^ +plan: (.+)$/m)
    },
    raw: async (raw) => (await raw('search_contacts', { query: where('name', '=', 'Maren Okafor') })).data[0].custom_attributes.plan,
  },
  {
    question: 'As ChatGPT does it, with search and fetch: may a refund be taken back?',
    answer: 'A refund cannot be taken back.',
    ours: async ({ data }) => {
      const { results } = await data('search', { query: 'refund a guest' })
      const article = results.find(({ id }: Named) => id.startsWith('article:'))
      return read((await data('fetch', { id: article.id })).text, /(A refund cannot[^.]+\.)/)
    },
    raw: async (raw) => /A refund [^.]+\./.exec((await raw('search_articles', { phrase: 'refund', state: 'published' })).data.articles[0].body)![0],
  },
]
