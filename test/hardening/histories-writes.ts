import { getAdmin } from '../../src/contract/admins.ts'
import { attachContactToCompany, upsertCompany } from '../../src/contract/companies.ts'
import { archiveContact, createContact } from '../../src/contract/contacts.ts'
import { attachContactToConversation, getConversation, replyConversation } from '../../src/contract/conversations.ts'
import type { Input, Operation, Output } from '../../src/contract/operation.ts'
import type { SeedFile } from '../../src/workspace/seed-file.ts'
import type { Workspace } from '../../src/workspace/workspace.ts'
import { encode } from '../../src/contract/wire.ts'
import { allOperations } from '../../src/contract/nouns.ts'
import { bug, maren, question, states } from '../workspace/opened.ts'

/** A workspace in which a write is got ready, past the front that spoils requests. */
export interface Room {
  readonly ask: <O extends Operation>(operation: O, input: Input<O>) => Promise<Output<O>>
  /** The same by name, for answers of which only an id is wanted. */
  readonly made: (name: string, input: Fields) => Promise<Fields & { readonly id: string }>
  /** A word nobody used before, and the user_id of a visitor nobody asked for before. */
  readonly word: () => string
  readonly visitor: () => string
  /** Unix seconds. */
  readonly seconds: () => number
}

type Fields = Record<string, unknown>
type Ready = (room: Room) => Fields | Promise<Fields>

const operations = new Map((await allOperations()).map(({ operation }) => [operation.name, operation]))

export const operationNamed = (name: string): Operation => {
  const operation = operations.get(name)
  if (!operation) throw new Error(`no operation ${name}`)
  return operation
}

/** Every operation that changes something. */
export const writes: readonly Operation[] = [...operations.values()].filter(({ effect }) => effect !== 'read')

/** Visitors cannot be made by the API, so enough of them come with the seed. */
export const seed = (visitors: number): SeedFile => ({
  format: 1,
  base: 'demo',
  collections: { visitor: Array.from({ length: visitors }, (_, index) => ({ id: String(index + 1), user_id: `visitor-${index + 1}`, session_count: 1 })) },
})

export const roomOf = (workspace: Workspace, now: () => number): Room => {
  let [words, visitors] = [0, 0]
  const ask: Room['ask'] = async (operation, input) => {
    const { method, path, body } = encode(operation, input)
    const headers = { authorization: `Bearer ${workspace.token}`, 'content-type': 'application/json', 'intercom-version': '2.13' }
    const response = await workspace.fetch(new Request(`http://workspace.test${path}`, { method, headers, body: body && JSON.stringify(body) }))
    const text = await response.text()
    if (!response.ok) throw new Error(`${operation.name} ${JSON.stringify(input)}: ${response.status} ${text}`)
    return (text === '' ? {} : JSON.parse(text)) as Output<typeof operation> // the workspace's own tests hold it to that
  }
  const made: Room['made'] = async (name, input) => (await ask(operationNamed(name), input)) as Fields & { id: string }
  return { ask, made, word: () => `word${++words}`, visitor: () => `visitor-${++visitors}`, seconds: () => Math.floor(now() / 1000) }
}

const ines = '4810101'
const day = 86_400

const person = async ({ ask, word }: Room, more: Input<typeof createContact> = {}): Promise<string> =>
  (await ask(createContact, { role: 'user', email: `${word()}@example.test`, ...more })).id

const company = async ({ ask, word }: Room): Promise<string> => (await ask(upsertCompany, { company_id: word(), name: word() })).id

const talk = async ({ made, word }: Room, contact: string): Promise<string> =>
  String((await made('create_conversation', { from: { type: 'user', id: contact }, body: word() })).conversation_id)

const talkOf = async (room: Room): Promise<string> => talk(room, await person(room))

const note = async (room: Room): Promise<{ id: string; part: string }> => {
  const id = await talkOf(room)
  const { conversation_parts } = await room.ask(replyConversation, { id, type: 'admin', admin_id: ines, message_type: 'note', body: room.word() })
  return { id, part: conversation_parts!.conversation_parts!.at(-1)!.id }
}

const ticket = async (room: Room): Promise<string> =>
  (await room.made('create_ticket', { ticket_type_id: bug, contacts: [{ id: await person(room) }], ticket_attributes: { _default_title_: room.word() } })).id

const tag = async ({ made, word }: Room): Promise<string> => (await made('create_tag', { name: word() })).id

const source = async ({ made, word }: Room): Promise<string> =>
  String((await made('create_content_import_source', { sync_behavior: 'api', url: `https://${word()}.example.test` })).id)

const page = async (room: Room) => ({
  title: room.word(),
  html: `<p>${room.word()}</p>`,
  locale: 'en',
  source_id: Number(await source(room)),
  external_id: room.word(),
  url: `https://example.test/${room.word()}`,
})

const booking = { custom_object_type_identifier: 'Booking' }

const article = ({ word }: Room) => ({ title: word(), author_id: Number(ines), body: `<p>${word()}</p>` })
const news = ({ word }: Room) => ({ title: word(), sender_id: Number(ines), body: `<p>${word()}</p>` })

/** For each write an input, or several kinds of them, that the workspace takes, and takes again or refuses when it comes again. */
export const ready: Readonly<Record<string, readonly Ready[]>> = {
  set_away_admin: [async ({ ask }) => ({ id: Number(ines), away_mode_enabled: !(await ask(getAdmin, { id: Number(ines) })).away_mode_enabled, away_mode_reassign: false })],

  create_content_import_source: [({ word }) => ({ sync_behavior: 'api', url: `https://${word()}.example.test` })],
  delete_content_import_source: [async (room) => ({ id: await source(room) })],
  update_content_import_source: [async (room) => ({ id: await source(room), sync_behavior: 'api', url: `https://${room.word()}.example.test`, status: 'deactivated' })],
  upsert_external_page: [page],
  update_external_page: [
    async (room) => {
      const first = await page(room)
      return { ...first, id: (await room.made('upsert_external_page', first)).id, title: room.word() }
    },
  ],
  delete_external_page: [async (room) => ({ id: (await room.made('upsert_external_page', await page(room))).id })],

  create_article: [article, (room) => ({ ...article(room), state: 'published' })],
  update_article: [async (room) => ({ id: (await room.made('create_article', article(room))).id, title: room.word() })],
  delete_article: [async (room) => ({ id: (await room.made('create_article', article(room))).id })],

  upsert_company: [({ word }) => ({ company_id: word(), name: word() }), ({ word }) => ({ name: word(), size: 4 })],
  update_company: [async (room) => ({ id: await company(room), name: room.word(), size: 12 })],
  delete_company: [async (room) => ({ id: await company(room) })],
  attach_contact_to_company: [async (room) => ({ contact_id: await person(room), id: await company(room) })],
  detach_contact_from_company: [
    async (room) => {
      const member = { contact_id: await person(room), id: await company(room) }
      await room.ask(attachContactToCompany, member)
      return member
    },
  ],

  create_contact: [
    ({ word }) => ({ external_id: word(), name: 'Ada' }),
    ({ word }) => ({ email: `${word()}@example.test`, name: 'Ada' }),
    ({ word }) => ({ role: 'lead', email: `${word()}@example.test` }),
  ],
  update_contact: [async (room) => ({ id: await person(room), name: room.word() }), async (room) => ({ id: await person(room), phone: '+353832345678' })],
  delete_contact: [async (room) => ({ id: await person(room) })],
  archive_contact: [async (room) => ({ id: await person(room) })],
  block_contact: [async (room) => ({ id: await person(room) })],
  unarchive_contact: [
    async (room) => {
      const id = await person(room)
      await room.ask(archiveContact, { id })
      return { id }
    },
  ],
  merge_contact: [async (room) => ({ from: await person(room, { role: 'lead' }), into: await person(room) })],

  create_conversation: [async (room) => ({ from: { type: 'user', id: await person(room) }, body: room.word() })],
  update_conversation: [async (room) => ({ id: await talkOf(room), title: room.word() })],
  delete_conversation: [async (room) => ({ id: await talkOf(room) })],
  reply_conversation: [
    async (room) => ({ id: await talkOf(room), type: 'admin', admin_id: ines, message_type: 'comment', body: `See <b>${room.word()}</b>` }),
    async (room) => ({ id: await talkOf(room), type: 'admin', admin_id: ines, message_type: 'note', body: room.word() }),
    async (room) => {
      const contact = await person(room)
      return { id: await talk(room, contact), type: 'user', intercom_user_id: contact, message_type: 'comment', body: room.word() }
    },
  ],
  manage_conversation: [
    async (room) => ({ id: await talkOf(room), type: 'admin', admin_id: ines, message_type: 'close' }),
    async (room) => ({ id: await talkOf(room), type: 'admin', admin_id: ines, message_type: 'assignment', assignee_id: ines }),
    async (room) => ({ id: await talkOf(room), admin_id: ines, message_type: 'snoozed', snoozed_until: room.seconds() + day }),
  ],
  attach_contact_to_conversation: [async (room) => ({ id: await talkOf(room), admin_id: ines, customer: { intercom_user_id: await person(room) } })],
  detach_contact_from_conversation: [
    async (room) => {
      const [conversation_id, contact_id] = [await talkOf(room), await person(room)]
      await room.ask(attachContactToConversation, { id: conversation_id, admin_id: ines, customer: { intercom_user_id: contact_id } })
      return { conversation_id, contact_id, admin_id: ines }
    },
  ],
  redact_conversation: [
    async (room) => {
      const { id, part } = await note(room)
      return { type: 'conversation_part', conversation_id: id, conversation_part_id: part }
    },
    async (room) => {
      const id = await talkOf(room)
      const { source } = await room.ask(getConversation, { id })
      return { type: 'source', conversation_id: id, source_id: source!.id! }
    },
  ],
  convert_conversation_to_ticket: [async (room) => ({ id: await talkOf(room), ticket_type_id: question })],

  upsert_custom_object_instance: [({ word }) => ({ ...booking, external_id: word(), external_updated_at: 5 }), () => ({ ...booking, custom_attributes: { guests: 2 } })],
  delete_custom_object_instance: [async ({ made, word }) => ({ ...booking, id: (await made('upsert_custom_object_instance', { ...booking, external_id: word() })).id })],
  delete_custom_object_instance_by_external_id: [
    async ({ made, word }) => {
      const named = { ...booking, external_id: word() }
      await made('upsert_custom_object_instance', named)
      return named
    },
  ],

  create_data_attribute: [({ word }) => ({ name: word(), model: 'contact', data_type: 'string' })],
  update_data_attribute: [async ({ made, word }) => ({ id: Number((await made('create_data_attribute', { name: word(), model: 'company', data_type: 'string' })).id), description: word() })],

  create_data_event: [async (room) => ({ event_name: room.word(), created_at: room.seconds() - 60, id: await person(room) })],
  create_data_event_summary: [({ word, seconds }) => ({ user_id: maren.external_id, event_summaries: { event_name: word(), count: 3, first: seconds() - day, last: seconds() - 60 } })],

  create_data_export: [() => ({ created_at_after: 0, created_at_before: 1 })],
  cancel_data_export: [async ({ made }) => ({ job_identifier: (await made('create_data_export', { created_at_after: 0, created_at_before: 1 })).job_identifier })],

  create_collection: [({ word }) => ({ name: word() })],
  update_collection: [async ({ made, word }) => ({ id: (await made('create_collection', { name: word() })).id, name: word() })],
  delete_collection: [async ({ made, word }) => ({ id: (await made('create_collection', { name: word() })).id })],

  create_internal_article: [({ word }) => ({ title: word(), body: word(), author_id: Number(ines), owner_id: Number(ines) })],
  update_internal_article: [async ({ made, word }) => ({ id: (await made('create_internal_article', { title: word(), author_id: Number(ines), owner_id: Number(ines) })).id, title: word() })],
  delete_internal_article: [async ({ made, word }) => ({ id: (await made('create_internal_article', { title: word(), author_id: Number(ines), owner_id: Number(ines) })).id })],

  create_message: [
    async (room) => ({ message_type: 'email', subject: room.word(), body: room.word(), from: { type: 'admin', id: ines }, to: { type: 'user', id: await person(room) } }),
    async (room) => ({ body: room.word(), from: { type: 'user', id: await person(room) } }),
  ],

  create_news_item: [news, (room) => ({ ...news(room), state: 'live' })],
  update_news_item: [async (room) => ({ ...news(room), id: (await room.made('create_news_item', news(room))).id })],
  delete_news_item: [async (room) => ({ id: (await room.made('create_news_item', news(room))).id })],

  create_note: [async (room) => ({ contact_id: await person(room), body: room.word(), admin_id: ines })],
  create_phone_call_redirect: [() => ({ phone: '+353832345678' })],

  attach_subscription_to_contact: [async (room) => ({ contact_id: await person(room), id: await seasonTips(room), consent_type: 'opt_in' })],
  detach_subscription_from_contact: [
    async (room) => {
      const choice = { contact_id: await person(room), id: await seasonTips(room) }
      await room.made('attach_subscription_to_contact', { ...choice, consent_type: 'opt_in' })
      return choice
    },
  ],

  create_tag: [
    ({ word }) => ({ name: word() }),
    async (room) => ({ id: await tag(room), name: room.word() }),
    async (room) => ({ name: room.word(), users: [{ id: await person(room) }] }),
  ],
  delete_tag: [async (room) => ({ id: await tag(room) })],
  tag_contact: [async (room) => ({ contact_id: await person(room), id: await tag(room) })],
  untag_contact: [async (room) => withTag(room, 'tag_contact', { contact_id: await person(room) })],
  tag_conversation: [async (room) => ({ conversation_id: await talkOf(room), id: await tag(room), admin_id: ines })],
  untag_conversation: [async (room) => withTag(room, 'tag_conversation', { conversation_id: await talkOf(room), admin_id: ines })],
  tag_ticket: [async (room) => ({ ticket_id: await ticket(room), id: await tag(room), admin_id: ines })],
  untag_ticket: [async (room) => withTag(room, 'tag_ticket', { ticket_id: await ticket(room), admin_id: ines })],

  create_ticket_type: [({ word }) => ({ name: word(), description: word() })],
  update_ticket_type: [async (room) => ({ id: await ticketType(room), name: room.word() })],
  create_ticket_type_attribute: [async (room) => ({ ticket_type_id: await ticketType(room), name: room.word(), description: room.word(), data_type: 'string' })],
  update_ticket_type_attribute: [
    async (room) => {
      const ticket_type_id = await ticketType(room)
      const { id } = await room.made('create_ticket_type_attribute', { ticket_type_id, name: room.word(), description: room.word(), data_type: 'string' })
      return { ticket_type_id, id, name: room.word() }
    },
  ],

  create_ticket: [async (room) => ({ ticket_type_id: bug, contacts: [{ id: await person(room) }], ticket_attributes: { _default_title_: room.word() } })],
  update_ticket: [async (room) => ({ id: await ticket(room), ticket_state_id: states.in_progress }), async (room) => ({ id: await ticket(room), assignment: { admin_id: ines, assignee_id: ines } })],
  reply_ticket: [
    async (room) => ({ id: await ticket(room), type: 'admin', admin_id: ines, message_type: 'note', body: room.word() }),
    async (room) => ({ id: await ticket(room), type: 'admin', admin_id: ines, message_type: 'comment', body: `See <b>${room.word()}</b>` }),
  ],
  delete_ticket: [async (room) => ({ id: await ticket(room) })],

  update_visitor: [({ visitor, word }) => ({ user_id: visitor(), name: word() })],
  convert_visitor: [({ visitor, word }) => ({ type: 'lead', visitor: { user_id: visitor() }, user: { email: `${word()}@example.test` } })],
}

const ticketType = async ({ made, word }: Room): Promise<string> => (await made('create_ticket_type', { name: word() })).id

const withTag = async (room: Room, how: string, on: Fields): Promise<Fields> => {
  const tagged = { ...on, id: await tag(room) }
  await room.made(how, tagged)
  return tagged
}

const seasonTips = async ({ made }: Room): Promise<string> => {
  const { data } = await made('list_subscription_types', {})
  return (data as { id: string; consent_type: string }[]).find(({ consent_type }) => consent_type === 'opt_in')!.id
}
