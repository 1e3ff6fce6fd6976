import { byEmail, named, names } from '../raw-lookups.ts'
import { type Ours, plain, type Raw, read, readAll, type Task, where } from '../task.ts'

type Part = { readonly part_type: string; readonly body: string }

/** Whom our tools act for. */
const me = async (text: Ours['text']): Promise<string> => read(await text('describe_workspace', { about: ['admins'] }), /asked_by: .+ \((\d+)\)/)

const whoAsks = async (raw: Raw): Promise<string> => (await raw('identify_admin')).id
const tagId = async (raw: Raw, wanted: string): Promise<string> => named((await raw('list_tags')).data, wanted).id
const adminId = async (raw: Raw, wanted: string): Promise<string> => named((await raw('list_admins')).admins, wanted).id

/** What changes the workspace, read back afterwards. These come last, since their changes stay. */
export const writes: readonly Task[] = [
  {
    question: 'Make a ticket for the 29 dollars that maren@cedarcove.example was charged twice, and tell its number.',
    answer: '51',
    ours: async ({ data }) => {
      const ticket_attributes = { title: 'Charged twice', Amount: 29, Reason: 'Charged twice' }
      const { ticket } = await data('create_ticket', { ticket_type_id: 'Refund request', contacts: [{ email: 'maren@cedarcove.example' }], ticket_attributes })
      return (await data('call_read_operation', { operation: 'get_ticket', input: { id: ticket.id, fields: ['ticket_id'] } })).ticket.ticket_id
    },
    raw: async (raw) => {
      const type = named((await raw('list_ticket_types')).data, 'Refund request')
      const ticket_attributes = { _default_title_: 'Charged twice', Amount: 29, Reason: 'Charged twice' }
      const { id } = await raw('create_ticket', { ticket_type_id: type.id, contacts: [{ email: 'maren@cedarcove.example' }], ticket_attributes })
      return (await raw('get_ticket', { id })).ticket_id
    },
  },
  {
    question: 'Leave a note in conversation 104 that Dmitri calls her at six.',
    answer: 'Dmitri calls at six.',
    ours: async ({ text }) => {
      const admin_id = await me(text)
      await text('reply_conversation', { id: '104', message_type: 'note', type: 'admin', admin_id, body: 'Dmitri calls at six.' })
      return read(await text('get_conversation', { id: '104' }), /internal note.*\n +body: (.+)/)
    },
    raw: async (raw) => {
      await raw('reply_conversation', { id: '104', message_type: 'note', type: 'admin', admin_id: await whoAsks(raw), body: 'Dmitri calls at six.' })
      const { conversation_parts } = await raw('get_conversation', { id: '104' })
      return plain(conversation_parts.conversation_parts.findLast(({ part_type }: Part) => part_type === 'note').body)
    },
  },
  {
    question: 'Tag conversation 98 as VIP. Which tags has it now?',
    answer: ['Onboarding', 'VIP'],
    ours: async ({ text }) => {
      const id = read(await text('describe_workspace', { about: ['tags'] }), /VIP \((\d+)\)/)
      await text('call_write_operation', { operation: 'tag_conversation', input: { conversation_id: '98', id, admin_id: await me(text) } })
      return readAll(await text('get_conversation', { id: '98', fields: ['tags'] }), /([A-Z]\w+) \(\d+\)/g).sort()
    },
    raw: async (raw) => {
      await raw('tag_conversation', { conversation_id: '98', id: await tagId(raw, 'VIP'), admin_id: await whoAsks(raw) })
      return names((await raw('get_conversation', { id: '98' })).tags.tags)
    },
  },
  {
    question: 'Give conversation 98 to Lucía Ferrer. Who has it?',
    answer: 'Lucía Ferrer',
    ours: async ({ data }) => {
      const { workspace } = await data('describe_workspace', { about: ['admins'] })
      const assignee_id = named(workspace.admins, 'Lucía Ferrer').id
      await data('manage_conversation', { id: '98', message_type: 'assignment', type: 'admin', admin_id: workspace.asked_by.id, assignee_id })
      return (await data('get_conversation', { id: '98', fields: ['admin_assignee_id'] })).conversation.admin_assignee
    },
    raw: async (raw) => {
      const assignee_id = await adminId(raw, 'Lucía Ferrer')
      await raw('manage_conversation', { id: '98', message_type: 'assignment', type: 'admin', admin_id: await whoAsks(raw), assignee_id })
      const { admin_assignee_id } = await raw('get_conversation', { id: '98' })
      return (await raw('get_admin', { id: String(admin_assignee_id) })).name
    },
  },
  {
    question: 'Close conversation 101. In which state is it?',
    answer: 'closed',
    ours: async ({ text }) => {
      await text('manage_conversation', { id: '101', message_type: 'close', type: 'admin', admin_id: await me(text) })
      return read(await text('get_conversation', { id: '101', fields: ['state'] }), /state: (.+)/)
    },
    raw: async (raw) => {
      await raw('manage_conversation', { id: '101', message_type: 'close', type: 'admin', admin_id: await whoAsks(raw) })
      return (await raw('get_conversation', { id: '101' })).state
    },
  },
  {
    question: 'Give Fin a page on gift cards: they are valid for three years. What does it read there?',
    answer: 'Valid for three years.',
    ours: async ({ data }) => {
      const { content_import_sources } = await data('call_read_operation', { operation: 'list_content_import_sources' })
      const source_id = content_import_sources.find(({ sync_behavior }: { sync_behavior: string }) => sync_behavior === 'api').id
      const { external_page } = await data('upsert_external_page', { title: 'Gift cards', html: '<p>Valid for three years.</p>', locale: 'en', source_id, external_id: 'gift-cards' })
      return (await data('call_read_operation', { operation: 'get_external_page', input: { id: external_page.id } })).external_page.html
    },
    raw: async (raw) => {
      const { data } = await raw('list_content_import_sources')
      const source_id = data.find(({ sync_behavior }: { sync_behavior: string }) => sync_behavior === 'api').id
      const { id } = await raw('upsert_external_page', { title: 'Gift cards', html: '<p>Valid for three years.</p>', locale: 'en', source_id, external_id: 'gift-cards' })
      return plain((await raw('get_external_page', { id })).html)
    },
  },
  {
    question: 'Note on noor@dunewheels.example that she asks for an offer in Dutch.',
    answer: 'Wants the offer in Dutch.',
    ours: async ({ data }) => {
      const { contacts } = await data('search_contacts', { text: 'noor@dunewheels.example', fields: ['name'] })
      await data('call_write_operation', { operation: 'create_note', input: { contact_id: contacts[0].id, body: 'Wants the offer in Dutch.' } })
      const { notes } = (await data('who_is_customer', { customer: contacts[0].id, sections: ['notes'] })).customer
      return notes[0].body
    },
    raw: async (raw) => {
      const id = (await byEmail(raw, 'noor@dunewheels.example')).id
      await raw('create_note', { contact_id: id, admin_id: await whoAsks(raw), body: 'Wants the offer in Dutch.' })
      return plain((await raw('list_contact_notes', { contact_id: id })).data[0].body)
    },
  },
  {
    question: 'Tag Walt Hendrickson as Churn risk. Which tags has he now?',
    answer: ['Churn risk'],
    ours: async ({ text }) => {
      const id = read(await text('describe_workspace', { about: ['tags'] }), /Churn risk \((\d+)\)/)
      const contact_id = read(await text('search_contacts', { text: 'Walt Hendrickson', fields: ['name'] }), /\(([0-9a-f]{24})\)/)
      await text('call_write_operation', { operation: 'tag_contact', input: { contact_id, id } })
      return read(await text('who_is_customer', { customer: contact_id, sections: ['tags'] }), /tags: (.+)/).split(', ')
    },
    raw: async (raw) => {
      const { id } = (await raw('search_contacts', { query: where('name', '=', 'Walt Hendrickson') })).data[0]
      await raw('tag_contact', { contact_id: id, id: await tagId(raw, 'Churn risk') })
      return names((await raw('list_contact_tags', { contact_id: id })).data)
    },
  },
]
