import { byEmail } from '../raw-lookups.ts'
import { both, day, plain, type Raw, read, readAll, type Task, where } from '../task.ts'

type Body = { readonly body: string | null }

const count = async (raw: Raw, query: object): Promise<number> => (await raw('search_conversations', { query, pagination: { per_page: 1 } })).total_count

/** Conversations: whose they are, and what was said. */
export const conversations: readonly Task[] = [
  {
    question: 'How many conversations with maren@cedarcove.example are open?',
    answer: 2,
    ours: async ({ text }) => Number(read(await text('who_is_customer', { customer: 'maren@cedarcove.example', sections: ['conversations'] }), /conversations \d+ \((\d+) open/)),
    raw: async (raw) => count(raw, both(where('contact_ids', '=', (await byEmail(raw, 'maren@cedarcove.example')).id), where('state', '=', 'open'))),
  },
  {
    question: 'Who has the conversation with maren@cedarcove.example about the Island Loop?',
    answer: 'Ines Calloway',
    ours: async ({ data }) => {
      const { conversations } = await data('search_conversations', { text: 'Island Loop', filters: [{ field: 'contact', value: 'maren@cedarcove.example' }], fields: ['admin_assignee_id'] })
      return conversations[0].admin_assignee
    },
    raw: async (raw) => {
      const query = both(where('contact_ids', '=', (await byEmail(raw, 'maren@cedarcove.example')).id), where('source.body', '~', 'Island Loop'))
      const { conversations } = await raw('search_conversations', { query })
      return (await raw('get_admin', { id: conversations[0].admin_assignee_id })).name
    },
  },
  {
    question: 'What did we last say to kaimana@riverbend.example, or they to us?',
    answer: 'Anybody there? We push off at seven.',
    ours: async ({ data }) => {
      const { customer } = await data('who_is_customer', { customer: 'kaimana@riverbend.example', sections: ['conversations'] })
      return read(customer.conversations[0].last_message, /\): (.+)/)
    },
    raw: async (raw) => {
      const query = where('contact_ids', '=', (await byEmail(raw, 'kaimana@riverbend.example')).id)
      const { conversations } = await raw('search_conversations', { query, pagination: { per_page: 1 } })
      const { conversation_parts } = await raw('get_conversation', { id: conversations[0].id })
      return plain(conversation_parts.conversation_parts.findLast(({ body }: Body) => body).body)
    },
  },
  {
    question: 'Since what day has kaimana@riverbend.example been waiting for an answer?',
    answer: '2025-11-20',
    ours: async ({ text }) => read(await text('who_is_customer', { customer: 'kaimana@riverbend.example', sections: ['conversations'] }), /waiting_since: (\d{4}-\d\d-\d\d)/),
    raw: async (raw) => {
      const query = both(where('contact_ids', '=', (await byEmail(raw, 'kaimana@riverbend.example')).id), where('state', '=', 'open'))
      return day((await raw('search_conversations', { query })).conversations[0].waiting_since)
    },
  },
  {
    question: 'By when does the customer of conversation 103 need a date, by our note?',
    answer: 'Thursday',
    ours: async ({ text }) => read(await text('get_conversation', { id: '103' }), /needs a date by (\w+)/),
    raw: async (raw) => {
      const { conversation_parts } = await raw('get_conversation', { id: '103' })
      const note = conversation_parts.conversation_parts.find(({ part_type }: { part_type: string }) => part_type === 'note')
      return /needs a date by (\w+)/.exec(note.body)![1]!
    },
  },
  {
    question: 'Which file did the customer of conversation 35 send, and which did we send back?',
    answer: ['harbour-fee-example.pdf', 'invoices-spring.pdf'],
    ours: async ({ text }) => readAll(await text('get_conversation', { id: '35' }), /name: (\S+\.pdf)/g),
    raw: async (raw) => {
      const { source, conversation_parts } = await raw('get_conversation', { id: '35' })
      const attached = [source, ...conversation_parts.conversation_parts].flatMap(({ attachments }) => attachments ?? [])
      return attached.map(({ name }: { name: string }) => name)
    },
  },
  {
    question: 'How many guests are affected in conversation 104?',
    answer: 24,
    ours: async ({ data }) => (await data('get_conversation', { id: '104', fields: ['custom_attributes'] })).conversation.custom_attributes['Guests affected'],
    raw: async (raw) => (await raw('get_conversation', { id: '104' })).custom_attributes['Guests affected'],
  },
  {
    question: 'Which promise did we miss in conversation 104?',
    answer: 'Crew: first answer within four hours',
    ours: async ({ text }) => read(await text('get_conversation', { id: '104', fields: ['sla_applied'] }), /sla_name: (.+)/),
    raw: async (raw) => (await raw('get_conversation', { id: '104' })).sla_applied.sla_name,
  },
  {
    question: 'Did Fin settle conversation 80, and how was it rated?',
    answer: ['confirmed_resolution', 4],
    ours: async ({ data }) => {
      const { ai_agent } = (await data('get_conversation', { id: '80', fields: ['ai_agent'] })).conversation
      return [ai_agent.resolution_state, ai_agent.rating]
    },
    raw: async (raw) => {
      const { ai_agent } = await raw('get_conversation', { id: '80' })
      return [ai_agent.resolution_state, ai_agent.rating]
    },
  },
  {
    question: 'Until when is conversation 91 snoozed?',
    answer: '2025-11-24',
    ours: async ({ text }) => read(await text('get_conversation', { id: '91' }), /snoozed_until: (\d{4}-\d\d-\d\d)/),
    raw: async (raw) => day((await raw('get_conversation', { id: '91' })).snoozed_until),
  },
  {
    question: 'What did priyanka@powderlantern.example write last in the thread called Daily counts?',
    answer: 'Day 252: rafts counted, list attached to the day plan.',
    ours: async ({ data }) => {
      const { conversations } = await data('search_conversations', { filters: [{ field: 'subject', value: 'Daily counts' }], fields: ['title'] })
      const { conversation } = await data('get_conversation', { id: conversations[0].id })
      return conversation.conversation_parts.findLast(({ by }: { by: string }) => by === 'customer').body
    },
    raw: async (raw) => {
      const query = both(where('contact_ids', '=', (await byEmail(raw, 'priyanka@powderlantern.example')).id), where('source.subject', '=', 'Daily counts'))
      const { conversations } = await raw('search_conversations', { query })
      const { conversation_parts } = await raw('get_conversation', { id: conversations[0].id })
      const theirs = conversation_parts.conversation_parts.filter(({ author }: { author: { type: string } }) => author.type === 'user')
      return plain(theirs.at(-1).body)
    },
  },
]
