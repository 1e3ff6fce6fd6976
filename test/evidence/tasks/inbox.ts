import { named } from '../raw-lookups.ts'
import { both, type Raw, read, type Task, unix, where } from '../task.ts'

type Body = { readonly body: string | null }

const count = async (raw: Raw, query: object): Promise<number> => (await raw('search_conversations', { query, pagination: { per_page: 1 } })).total_count

/** Conversations by state, assignee, team, tag, rating, date and word. */
export const inbox: readonly Task[] = [
  {
    question: 'How many open conversations are assigned to nobody and no team?',
    answer: 18,
    ours: async ({ text }) => {
      const filters = [{ field: 'state', value: 'open' }, { field: 'assignee', operator: 'is_empty' }, { field: 'team', operator: 'is_empty' }]
      return Number(read(await text('search_conversations', { filters, per_page: 1, fields: ['id'] }), /total: (\d+)/))
    },
    raw: (raw) => count(raw, both(where('state', '=', 'open'), where('admin_assignee_id', '=', null), where('team_assignee_id', '=', null))),
  },
  {
    question: 'How many conversations were rated 2 or worse?',
    answer: 4,
    ours: async ({ data }) => {
      const filters = [{ field: 'rating', operator: 'at_most', value: 2 }]
      return (await data('search_conversations', { filters, fields: ['id'] })).total
    },
    raw: (raw) => count(raw, where('conversation_rating.score', '<=', 2)),
  },
  {
    question: 'What did the customer say who gave us a 1?',
    answer: 'Too many emails.',
    ours: async ({ text }) => read(await text('search_conversations', { filters: [{ field: 'rating', value: 1 }], fields: ['conversation_rating'] }), /remark: (.+)/),
    raw: async (raw) => (await raw('search_conversations', { query: where('conversation_rating.score', '=', 1) })).conversations[0].conversation_rating.remark,
  },
  {
    question: 'Which conversations tagged VIP are not closed?',
    answer: ['103', '91', '94'],
    ours: async ({ data }) => {
      const filters = [{ field: 'tag', value: 'VIP' }, { field: 'state', operator: 'is_not', value: 'closed' }]
      return (await data('search_conversations', { filters, fields: ['title'] })).conversations.map(({ id }: { id: string }) => id).sort()
    },
    raw: async (raw) => {
      const { data } = await raw('list_tags')
      const { id } = named(data, 'VIP')
      const { conversations } = await raw('search_conversations', { query: both(where('tag_ids', '=', id), where('state', '!=', 'closed')) })
      return conversations.map((each: { id: string }) => each.id).sort()
    },
  },
  {
    question: 'How many open conversations has the team Product Fixes?',
    answer: 1,
    ours: async ({ text }) => {
      const filters = [{ field: 'team', value: 'Product Fixes' }, { field: 'state', value: 'open' }]
      return Number(read(await text('search_conversations', { filters, fields: ['title'] }), /total: (\d+)/))
    },
    raw: async (raw) => {
      const { teams } = await raw('list_teams')
      const { id } = named(teams, 'Product Fixes')
      return count(raw, both(where('team_assignee_id', '=', id), where('state', '=', 'open')))
    },
  },
  {
    question: 'How many conversations began since 15 November 2025 (our time)?',
    answer: 16,
    ours: async ({ data }) => {
      const filters = [{ field: 'created', operator: 'at_least', value: '2025-11-15' }]
      return (await data('search_conversations', { filters, per_page: 1, fields: ['id'] })).total
    },
    raw: (raw) => count(raw, where('created_at', '>=', unix('2025-11-15T00:00-05:00'))),
  },
  {
    question: 'How many open conversations does Tobias Renner have that wait for our answer?',
    answer: 5,
    ours: async ({ data }) => {
      const filters = [{ field: 'assignee', value: 'Tobias Renner' }, { field: 'state', value: 'open' }, { field: 'waiting_since', operator: 'is_set' }]
      return (await data('search_conversations', { filters, per_page: 1, fields: ['id'] })).total
    },
    raw: async (raw) => {
      const { admins } = await raw('list_admins')
      const { id } = named(admins, 'Tobias Renner')
      return count(raw, both(where('admin_assignee_id', '=', id), where('state', '=', 'open'), where('waiting_since', '!=', null)))
    },
  },
  {
    question: 'In which conversation since 18 November 2025 does somebody say they “push off”?',
    answer: '104',
    ours: async ({ text }) => {
      const filters = [{ field: 'updated', operator: 'at_least', value: '2025-11-18' }]
      return read(await text('search_conversations', { text: 'push off', filters, fields: ['title'] }), /id: (\d+)/)
    },
    raw: async (raw) => {
      const { conversations } = await raw('search_conversations', { query: where('updated_at', '>=', unix('2025-11-18T00:00-05:00')) })
      for (const { id } of conversations) {
        const { conversation_parts } = await raw('get_conversation', { id })
        if (conversation_parts.conversation_parts.some(({ body }: Body) => body?.includes('push off'))) return id
      }
      return 'none'
    },
  },
  {
    question: 'How many conversations are about Payments and still open?',
    answer: 6,
    ours: async ({ data }) => {
      const filters = [{ field: 'Topic', value: 'Payments' }, { field: 'state', value: 'open' }]
      return (await data('search_conversations', { filters, per_page: 1, fields: ['id'] })).total
    },
    raw: (raw) => count(raw, both(where('custom_attributes.Topic', '=', 'Payments'), where('state', '=', 'open'))),
  },
]
