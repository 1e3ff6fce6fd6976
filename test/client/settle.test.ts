import { expect, test } from 'vitest'
import { setAwayAdmin } from '../../src/contract/admins.ts'
import { createContentImportSource, deleteContentImportSource, deleteExternalPage, updateContentImportSource, updateExternalPage, upsertExternalPage } from '../../src/contract/ai-content.ts'
import { attachContactToCompany, detachContactFromCompany, updateCompany, upsertCompany } from '../../src/contract/companies.ts'
import { archiveContact, blockContact, createContact, deleteContact, mergeContact, unarchiveContact, updateContact } from '../../src/contract/contacts.ts'
import { deleteCustomObjectInstance, upsertCustomObjectInstance } from '../../src/contract/custom-object-instances.ts'
import { createDataAttribute, updateDataAttribute } from '../../src/contract/data-attributes.ts'
import { attachContactToConversation, convertConversationToTicket, createConversation, deleteConversation, detachContactFromConversation, manageConversation, redactConversation, replyConversation, updateConversation } from '../../src/contract/conversations.ts'
import { createArticle } from '../../src/contract/articles.ts'
import { createCollection } from '../../src/contract/help-center.ts'
import { createInternalArticle } from '../../src/contract/internal-articles.ts'
import { createMessage } from '../../src/contract/messages.ts'
import { createNewsItem } from '../../src/contract/news.ts'
import { createNote } from '../../src/contract/notes.ts'
import type { Operation } from '../../src/contract/operation.ts'
import { attachSubscriptionToContact, detachSubscriptionFromContact } from '../../src/contract/subscription-types.ts'
import { createTag, deleteTag, tagContact, tagConversation, untagContact, untagConversation } from '../../src/contract/tags.ts'
import { createTicketTypeAttribute, updateTicketTypeAttribute } from '../../src/contract/ticket-type-attributes.ts'
import { createTicketType, updateTicketType } from '../../src/contract/ticket-types.ts'
import { createTicket, deleteTicket, replyTicket, updateTicket } from '../../src/contract/tickets.ts'
import { type Answer, connect, errorList, failureOf, serve, serveSockets, stillTime } from './servers.ts'

const user = { type: 'contact', id: '5', role: 'user', name: 'Ada', email: 'ada@example.com', phone: '+441234567', custom_attributes: { plan: 'pro' } }
const ticket = { type: 'ticket', id: '1', open: true, ticket_state: { id: '7' }, admin_assignee_id: '3', team_assignee_id: '0', ticket_attributes: { _default_title_: 'T' } }
const page = { title: 'T', html: '<p>x</p>', locale: 'en', source_id: 44, external_id: 'e1', url: 'https://example.com/t' } as const
const tagged = { contact_id: '5', id: '9' } as const
const thread = { conversation_id: '1', id: '9', admin_id: '3' } as const
const threadWith = (...tags: unknown[]) => ({ id: '1', tags: { type: 'tag.list', tags } })
const attribute = { name: 'Rank', model: 'contact', data_type: 'string' } as const
const choices = { id: 1, options: [{ value: 'a' }, { value: 'b' }] } as const
const list = (...data: unknown[]) => ({ type: 'list', data })
const absent = 404
const reply = { id: '1', type: 'admin', admin_id: '3', message_type: 'comment', body: 'See <b>below</b>' } as const
const talk = (...conversation_parts: unknown[]) => ({ id: '1', title: 'T', read: true, contacts: { contacts: [{ id: '5', external_id: 'x' }] }, conversation_parts: { conversation_parts } })
const said = { id: '7', part_type: 'comment', body: '<p>See <b>below</b></p>', author: { id: '3' } }
const closing = { id: '1', type: 'admin', admin_id: '3', message_type: 'close' } as const
const written = { id: '1', type: 'user', email: 'ada@example.com', message_type: 'comment', body: 'See below' } as const
const assigning = { id: '1', type: 'admin', admin_id: '3', message_type: 'assignment', assignee_id: '8' } as const
const assigned = { id: '7', part_type: 'assignment', author: { id: '3' }, assigned_to: { type: 'admin', id: '8' } }
const closed = { id: '7', part_type: 'close', author: { id: '3' } }

const lastOf = (read: unknown): unknown => (typeof read === 'object' && read !== null && ('data' in read || 'tickets' in read) ? (Object.values(read).find(Array.isArray) as unknown[]).at(-1) : read)

/** The object at the end of a list within what was found. */
const tagOf = () => ({ type: 'tag', id: '9', name: 'Beta' })
const now = Date.UTC(2026, 0, 1) / 1000
const question = { id: '7', name: 'Where', description: 'd', data_type: 'string', created_at: now }
const kind = (data: unknown) => ({ id: '2', name: 'Bug', ticket_type_attributes: { type: 'list', data: [{ id: '6', name: 'Old' }, data] } })
const asked = { id: '1', created_at: now, source: { id: '77', body: '<p>Hi</p>', author: { id: '5' } } }
const ticketOf = (more: object) => ({ tickets: [{ ...ticket, ticket_type: { id: '2' }, contacts: { contacts: [{ id: '5' }] }, created_at: now, ...more }] })
const noted = { id: '8', part_type: 'note', body: '<p>See <b>below</b></p>', author: { id: '3' }, created_at: now }

test.each<[string, Operation, Record<string, unknown>, unknown, unknown]>([
  ['a new tag', createTag, { name: 'beta' }, list({ id: '8', name: 'VIP' }, tagOf()), tagOf()],
  ['a tag put on one person', createTag, { name: 'beta', users: [{ id: '5' }] }, list(tagOf()), tagOf()],
  ['a tagged contact', tagContact, tagged, list({ id: '8', name: 'VIP' }, tagOf()), tagOf()],
  ['a tagged conversation', tagConversation, thread, threadWith(tagOf()), tagOf()],
  ['a new attribute', createDataAttribute, attribute, list({ name: 'email' }, { id: 1, name: 'Rank' }), { id: 1, name: 'Rank' }],
  ['an attribute with other choices', updateDataAttribute, choices, list({ id: 1, name: 'Rank', options: ['a', 'b'] }), { id: 1, name: 'Rank', options: ['a', 'b'] }],
  ['a new ticket type', createTicketType, { name: 'Bug' }, list({ id: '1', name: 'Bug', created_at: 1 }, { id: '2', name: 'Bug', created_at: now }), { id: '2', name: 'Bug', created_at: now }],
  ['a new question', createTicketTypeAttribute, { ticket_type_id: '2', name: 'Where', description: 'd', data_type: 'string' }, kind(question), question],
  ['a question changed', updateTicketTypeAttribute, { ticket_type_id: '2', id: '7', name: 'Where' }, kind(question), question],
  ['a beginning', createConversation, { from: { type: 'user', id: '5' }, body: 'Hi' }, { conversations: [asked] }, { type: 'user_message', id: '77', created_at: now, body: '<p>Hi</p>', message_type: 'inapp', conversation_id: '1' }],
  ['a beginning dated back', createConversation, { from: { type: 'user', id: '5' }, body: 'Hi', created_at: 9 }, { conversations: [{ ...asked, created_at: 9 }] }, { type: 'user_message', id: '77', created_at: 9, body: '<p>Hi</p>', message_type: 'inapp', conversation_id: '1' }],
  ['a note on a ticket', replyTicket, { ...reply, message_type: 'note' }, { id: '1', ticket_parts: { ticket_parts: [{ ...noted, body: 'Other' }, noted] } }, noted],
])('%s is found within another answer, and is the answer', async (_, operation, input, read, expected) => {
  expect((await outcomeOf(operation, input, read)).answer).toEqual(expected)
})

/** Loses the answer of every write by a 500, and answers every read with `read`: a body, or a status. */
const outcomeOf = async (operation: Operation, input: Record<string, unknown>, read: unknown, status = 500) => {
  const { baseUrl, arrived } = await serve(({ method, path }): Answer => {
    const reads = method === 'GET' || path.endsWith('/search')
    if (!reads) return { status }
    return typeof read === 'number' ? { status: read, ...(read === absent && { body: errorList('not_found', 'Resource Not Found') }) } : { body: read }
  })
  const answer = await connect(baseUrl, stillTime()).call(operation, input).catch((failure: unknown) => failure)
  expect(arrived.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/search'))).toHaveLength(1) // never sent twice
  return { answer, asked: arrived.slice(1).map(({ method, path }) => `${method} ${path}`) }
}

test.each<[string, Operation, Record<string, unknown>, unknown, string]>([
  ['an update that shows', updateContact, { id: '5', name: 'Ada', email: 'ADA@example.com', custom_attributes: { plan: 'pro' } }, user, 'GET /contacts/5'],
  ['a new user, by external id', createContact, { external_id: 'x', name: 'Ada' }, { ...user, external_id: 'x' }, 'GET /contacts/find_by_external_id/x'],
  ['a new user, by email', createContact, { email: 'ada@example.com', name: 'Ada' }, list({ ...user, role: 'lead', id: '4' }, user), 'POST /contacts/search'],
  ['an unarchived contact', unarchiveContact, { id: '5' }, user, 'GET /contacts/5'],
  ['an admin away', setAwayAdmin, { id: 3, away_mode_enabled: true, away_mode_reassign: false }, { id: '3', away_mode_enabled: true, away_mode_reassign: false }, 'GET /admins/3'],
  ['a ticket moved and assigned', updateTicket, { id: '1', ticket_state_id: '7', assignment: { assignee_id: '3' } }, ticket, 'GET /tickets/1'],
  ['a ticket assigned to nobody', updateTicket, { id: '1', assignment: { assignee_id: '0' } }, { ...ticket, admin_assignee_id: '0' }, 'GET /tickets/1'],
  ['a ticket type', updateTicketType, { id: '2', archived: true }, { id: '2', archived: true }, 'GET /ticket_types/2'],
  ['a source', updateContentImportSource, { id: '44', sync_behavior: 'api', url: 'u', status: 'deactivated' }, { id: 44, sync_behavior: 'api', url: 'u', status: 'deactivated' }, 'GET /ai/content_import_sources/44'],
  ['an external page', updateExternalPage, { id: '9', ...page }, { id: '9', ...page }, 'GET /ai/external_pages/9'],
  ['an external page put in', upsertExternalPage, page, list({ id: '8' }, { id: '9', ...page }), 'GET /ai/external_pages?per_page=150'],
  ['a company put in', upsertCompany, { company_id: 'c', name: 'Acme', plan: 'Pro' }, { id: '6', company_id: 'c', name: 'Acme', plan: { name: 'Pro' } }, 'GET /companies?company_id=c'],
  ['a company put in by its name', upsertCompany, { name: 'Acme' }, { id: '6', company_id: 'new', name: 'Acme' }, 'GET /companies?name=Acme'],
  ['a company changed', updateCompany, { id: '6', size: 4, monthly_spend: 9.5 }, { id: '6', size: 4, monthly_spend: 9.5 }, 'GET /companies/6'],
  ['a member', attachContactToCompany, { contact_id: '5', id: '6' }, list({ id: '7' }, { id: '6' }), 'GET /contacts/5/companies?per_page=60'],
  ['a note', createNote, { contact_id: '5', body: 'Called', admin_id: '3' }, list({ id: '8', body: '<p>Called</p>', author: null }, { id: '9', body: '<p>Called</p>', author: { id: '3' } }), 'GET /contacts/5/notes?per_page=150'],
  ['a comment', replyConversation, reply, talk(said), 'GET /conversations/1'],
  ['a comment of two paragraphs', replyConversation, { ...reply, body: 'One & two\n\nThree' }, talk({ ...said, body: '<p>One &amp; two</p>\n<p>Three</p>' }), 'GET /conversations/1'],
  ['a comment dated back', replyConversation, { ...reply, created_at: 1 }, talk({ ...said, created_at: 1 }), 'GET /conversations/1'],
  ['a contact’s comment that reopened', replyConversation, written, talk({ ...said, part_type: 'open', author: { id: '5', type: 'user' } }), 'GET /conversations/1'],
  ['an assignment', manageConversation, assigning, talk(assigned), 'GET /conversations/1'],
  ['an assignment to nobody', manageConversation, { ...assigning, assignee_id: '0' }, talk({ ...assigned, assigned_to: { type: 'nobody_admin', id: null } }), 'GET /conversations/1'],
  ['a closed conversation', manageConversation, closing, talk(closed), 'GET /conversations/1'],
  ['a read conversation', updateConversation, { id: '1', read: true, title: 'T' }, talk(), 'GET /conversations/1'],
  ['a redacted part', redactConversation, { type: 'conversation_part', conversation_id: '1', conversation_part_id: '7' }, talk({ ...said, redacted: true }), 'GET /conversations/1'],
  ['a conversation made a ticket', convertConversationToTicket, { id: '1', ticket_type_id: '2' }, ticket, 'GET /tickets/1'],
  ['a new lead, by email', createContact, { role: 'lead', email: 'ada@example.com' }, list(user, { ...user, role: 'lead', id: '4' }), 'POST /contacts/search'],
  ['a new ticket', createTicket, { ticket_type_id: '2', contacts: [{ id: '5' }], ticket_attributes: { _default_title_: 'T' } }, ticketOf({}), 'POST /tickets/search'],
  ['a new article', createArticle, { title: 'T', author_id: 3 }, list({ id: '1', title: 'S' }, { id: '2', title: 'T', author_id: 3, created_at: now }), 'GET /articles'],
  ['a new internal article', createInternalArticle, { title: 'T', author_id: 3, owner_id: 3 }, list({ id: '2', title: 'T', author_id: 3, owner_id: 3 }), 'GET /internal_articles?per_page=150'],
  ['a new collection', createCollection, { name: 'T' }, list({ id: '2', name: 'T' }), 'GET /help_center/collections?per_page=150'],
  ['a new announcement', createNewsItem, { title: 'T', sender_id: 3 }, list({ id: '2', title: 'T', sender_id: 3 }), 'GET /news/news_items?per_page=150'],
  ['a new source', createContentImportSource, { sync_behavior: 'api', url: 'u' }, list({ id: 2, sync_behavior: 'api', url: 'u' }), 'GET /ai/content_import_sources?per_page=150'],
  ['a renamed tag', createTag, { id: '9', name: 'Beta' }, { type: 'tag', id: '9', name: 'Beta' }, 'GET /tags/9'],
  ['a custom object put in', upsertCustomObjectInstance, { custom_object_type_identifier: 'Order', external_id: 'o1', external_updated_at: 5 }, { id: '3', external_id: 'o1', external_updated_at: 5 }, 'GET /custom_object_instances/Order?external_id=o1'],
])('%s is found, and is the answer', async (_, operation, input, read, asked) => {
  const settled = await outcomeOf(operation, input, read)
  expect(settled.answer).toEqual(lastOf(read))
  expect(settled.asked).toEqual([asked])
})

test.each<[string, Operation, Record<string, unknown>]>([
  ['an archived contact', archiveContact, { id: '5' }],
  ['a deleted ticket', deleteTicket, { id: '1' }],
  ['a deleted page', deleteExternalPage, { id: '9' }],
  ['a deleted source', deleteContentImportSource, { id: '44' }],
  ['a deleted conversation', deleteConversation, { id: '1' }],
  ['a deleted tag', deleteTag, { id: '9' }],
  ['a deleted custom object', deleteCustomObjectInstance, { custom_object_type_identifier: 'Order', id: '3' }],
])('%s is gone: it happened, and there is nothing to show', async (_, operation, input) => {
  const { answer } = await outcomeOf(operation, input, absent)
  expect(answer).toMatchObject({ code: 'unavailable', outcome: 'committed', advice: expect.stringContaining('It did take effect') })
})

test.each<[string, Operation, Record<string, unknown>, unknown]>([
  ['an untagged contact', untagContact, tagged, list({ id: '8', name: 'VIP' })],
  ['an untagged conversation', untagConversation, thread, threadWith({ id: '8', name: 'VIP' })],
  ['a participant by id', attachContactToConversation, { id: '1', customer: { intercom_user_id: '5' } }, talk()],
  ['a participant by external id', attachContactToConversation, { id: '1', customer: { user_id: 'x' } }, talk()],
  ['a participant who left', detachContactFromConversation, { conversation_id: '1', contact_id: '6', admin_id: '3' }, talk()],
  ['a choice', attachSubscriptionToContact, { ...tagged, consent_type: 'opt_in' }, list({ id: '9', consent_type: 'opt_in' })],
  ['a choice taken back', detachSubscriptionFromContact, tagged, list()],
  ['a member who left', detachContactFromCompany, { contact_id: '5', id: '6' }, list({ id: '7' })],
])('%s shows in another answer than its own: it happened', async (_, operation, input, read) => {
  const { answer } = await outcomeOf(operation, input, read)
  expect(answer).toMatchObject({ outcome: 'committed', advice: expect.stringContaining('It did take effect') })
})

test.each<[string, Operation, Record<string, unknown>, unknown]>([
  ['an update that does not show', updateContact, { id: '5', name: 'Eve' }, user],
  ['a new user who is not there', createContact, { external_id: 'x' }, absent],
  ['a new user whose id another one has', createContact, { external_id: 'x', name: 'Ada' }, { ...user, external_id: 'x', created_at: 1 }],
  ['a contact still there', archiveContact, { id: '5' }, user],
  ['a contact still there', deleteContact, { id: '5' }, user],
  ['a contact still there', blockContact, { id: '5' }, user],
  ['a contact still archived', unarchiveContact, { id: '5' }, absent],
  ['a ticket in another state', updateTicket, { id: '1', ticket_state_id: '8' }, ticket],
  ['a ticket of somebody else', updateTicket, { id: '1', assignment: { assignee_id: '9' } }, ticket],
  ['a ticket still there', deleteTicket, { id: '1' }, ticket],
  ['a comment that is not there', replyConversation, reply, talk({ ...said, created_at: 1 }, { ...said, author: { id: '4' } })],
  ['a note with the words of the comment', replyConversation, reply, talk({ ...said, part_type: 'note' })],
  ['quick choices, beside an act without words', replyConversation, { ...reply, message_type: 'quick_reply', body: undefined, reply_options: [] }, talk(closed)],
  ['a contact’s comment, beside a teammate’s', replyConversation, written, talk({ ...said, author: { id: '3', type: 'admin' } })],
  ['an assignment to somebody else', manageConversation, { ...assigning, assignee_id: '9' }, talk(assigned)],
  ['a conversation somebody else closed', manageConversation, closing, talk({ ...closed, author: { id: '4' } })],
  ['a participant who is still there', detachContactFromConversation, { conversation_id: '1', contact_id: '5', admin_id: '3' }, talk()],
  ['a part that can be read', redactConversation, { type: 'conversation_part', conversation_id: '1', conversation_part_id: '7' }, talk({ ...said, redacted: false })],
  ['a conversation that is no ticket', convertConversationToTicket, { id: '1', ticket_type_id: '2' }, absent],
  ['a tag that is not there', createTag, { name: 'beta' }, list({ id: '8', name: 'VIP' })],
  ['a contact without the tag', tagContact, tagged, list({ id: '8', name: 'VIP' })],
  ['a conversation still tagged', untagConversation, thread, threadWith({ id: '9', name: 'Beta' })],
  ['a choice still there', detachSubscriptionFromContact, tagged, list({ id: '9' })],
  ['a member who is still there', detachContactFromCompany, { contact_id: '5', id: '6' }, list({ id: '6' })],
  ['a lead who is still there', mergeContact, { from: '5', into: '6' }, user],
  ['a member who is on none of the pages', attachContactToCompany, { contact_id: '5', id: '6' }, list({ id: '7' })],
  ['a note that is on none of the pages', createNote, { contact_id: '5', body: 'Called' }, list()],
  ['a ticket type of long ago', createTicketType, { name: 'Bug' }, list({ id: '1', name: 'Bug', created_at: 1 })],
  ['a question not asked', createTicketTypeAttribute, { ticket_type_id: '2', name: 'When', description: 'd', data_type: 'string' }, kind(question)],
  ['a note that is not on the ticket', replyTicket, { ...reply, message_type: 'note' }, { id: '1', ticket_parts: { ticket_parts: [] } }],
  ['an attribute of long ago', createDataAttribute, attribute, list({ id: 1, name: 'Rank', created_at: 1 })],
  ['an attribute with the same choices', updateDataAttribute, choices, list({ id: 1, name: 'Rank', options: ['a'] })],
])('after a 500, %s tells that it did not happen', async (_, operation, input, read) => {
  const { answer, asked } = await outcomeOf(operation, input, read)
  expect(answer).toMatchObject({ outcome: 'not_committed', advice: expect.stringContaining('It did not take effect') })
  expect(asked).toHaveLength(1)
})

test.each<[string, Operation, Record<string, unknown>, unknown]>([
  ['a phone number that Intercom may have rewritten', updateContact, { id: '5', phone: '01234567' }, user],
  ['a deleted contact that may only be archived', deleteContact, { id: '5' }, absent],
  ['a blocked contact that may only be archived', blockContact, { id: '5' }, absent],
  ['a user whom search does not know yet', createContact, { email: 'new@example.com' }, list()],
  ['a company of the same name from long ago', upsertCompany, { name: 'Acme' }, { id: '6', company_id: 'old', name: 'Acme', created_at: 1 }],
  ['a page that the first page of the list lacks', upsertExternalPage, page, list({ id: '8' })],
  ['a member who may be on the next page', attachContactToCompany, { contact_id: '5', id: '6' }, { ...list({ id: '7' }), pages: { page: 1, total_pages: 2, next: 'https://api.intercom.io/contacts/5/companies?page=2' } }],
  ['a merged lead who may only be archived', mergeContact, { from: '5', into: '6' }, absent],
  ['an article of the same title from long ago', createArticle, { title: 'T', author_id: 3 }, list({ id: '2', title: 'T', author_id: 3, created_at: 1 })],
  ['a ticket of somebody else with the same title', createTicket, { ticket_type_id: '2', contacts: [{ id: '6' }], ticket_attributes: { _default_title_: 'T' } }, ticketOf({})],
  ['a ticket of a person known by email alone', createTicket, { ticket_type_id: '2', contacts: [{ email: 'ada@example.com' }] }, ticketOf({})],
  ['a close with other words', manageConversation, { ...closing, body: 'Goodbye' }, talk({ ...closed, body: '<p>Done</p>' })],
  ['a comment in other words', replyConversation, reply, talk({ ...said, body: '<p>See above</p>' })],
  ['a comment dated back that is not shown', replyConversation, { ...reply, created_at: 1 }, talk()],
  ['a participant known by email alone', attachContactToConversation, { id: '1', customer: { email: 'ada@example.com' } }, talk()],
  ['a choice that may be the default', attachSubscriptionToContact, { ...tagged, consent_type: 'opt_in' }, list()],
  ['a contact whose tags cannot be read', tagContact, tagged, absent],
  ['a read that fails too', updateContact, { id: '5', name: 'Ada' }, 400],
])('%s tells nothing', async (_, operation, input, read) => {
  const { answer } = await outcomeOf(operation, input, read)
  expect(answer).toMatchObject({ outcome: 'unknown', advice: expect.stringContaining('may or may not') })
})

test.each<[string, Operation, Record<string, unknown>]>([
  ['a lead without an email has no mark', createContact, { role: 'lead', name: 'Ada' }],
  ['what an admin sends is in no list', createMessage, { body: 'Hi', from: { type: 'admin', id: '3' }, to: { type: 'user', id: '5' } }],
  ['an update without fields leaves nothing', updateContact, { id: '5' }],
  ['a tag is put on many', createTag, { name: 'beta', users: [{ id: '5' }, { id: '6' }] }],
  ['the last conversation may be another by now', replyConversation, { id: 'last', type: 'user', user_id: 'x', message_type: 'comment', body: 'Hi' }],
  ['a custom object without an external id', upsertCustomObjectInstance, { custom_object_type_identifier: 'Order' }],
])('nothing is asked where nothing can tell: %s', async (_, operation, input) => {
  const { answer, asked } = await outcomeOf(operation, input, user)
  expect(answer).toMatchObject({ outcome: 'unknown' })
  expect(asked).toEqual([])
})

test.each<[string, Operation, Record<string, unknown>, Record<string, unknown>]>([
  ['a company', upsertCompany, { name: 'Acme' }, { company_id: 'c', name: 'Acme' }],
  ['a custom object', upsertCustomObjectInstance, { custom_object_type_identifier: 'Order' }, { custom_object_type_identifier: 'Order', external_id: 'o1' }],
])('%s may be put in twice only under an id of its own', async (_, operation, without, withId) => {
  const advice = async (input: Record<string, unknown>) => (await outcomeOf(operation, input, absent, 502)).answer
  expect(await advice(without)).toMatchObject({ advice: expect.stringContaining('before repeating it, since it could happen twice') })
  expect(await advice(withId)).toMatchObject({ advice: expect.stringContaining('running it twice does the same as once') })
})

test('the read to look with is one that can tell of this very write', async () => {
  expect((await outcomeOf(createTag, { name: 'beta' }, list(), 502)).answer).toMatchObject({ check: 'list_tags' })
  expect((await outcomeOf(createTag, { id: '9', name: 'beta' }, absent, 502)).answer).toMatchObject({ check: 'get_tag' })
})

test.each([408, 502, 504, 520, 524, 599])('after a %i the write may still be running: it is looked for twice, and its absence proves nothing', async (status) => {
  const { answer, asked } = await outcomeOf(updateContact, { id: '5', name: 'Eve' }, user, status)
  expect(answer).toMatchObject({ outcome: 'unknown', check: 'get_contact', advice: expect.stringContaining('Look with get_contact, or repeat it') })
  expect(asked).toEqual(['GET /contacts/5', 'GET /contacts/5'])
})

const answer = (body: unknown) => `HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: ${JSON.stringify(body).length}\r\n\r\n${JSON.stringify(body)}`

test('of two writes alike, the one that shows may be either', async () => {
  const note = { id: '9', body: '<p>Called</p>', author: { id: '3' } }
  const { baseUrl } = await serve(({ method }, count) => (method === 'GET' ? { body: list(note) } : count === 1 ? { body: note } : { status: 500 }))
  const client = connect(baseUrl, stillTime())
  const write = (body: string) => client.call(createNote, { contact_id: '5', body, admin_id: '3' })
  expect(await write('Called')).toEqual(note)
  expect(await failureOf(write('Called'))).toMatchObject({ outcome: 'unknown' })
  expect(await write('Call')).toEqual(note) // these words were sent once
})

test('a write that may still come is not mistaken for the one after it', async () => {
  const note = { id: '9', body: '<p>Called</p>', author: { id: '3' } }
  const { baseUrl } = await serve(({ method }, count) => (method === 'GET' ? { body: count > 3 ? list(note) : list() } : { status: count === 1 ? 502 : 500 }))
  const client = connect(baseUrl, stillTime())
  for (const _ of [1, 2]) expect(await failureOf(client.call(createNote, { contact_id: '5', body: 'Called', admin_id: '3' }))).toMatchObject({ outcome: 'unknown' })
})

test('a write that never happened is not mistaken for the one after it', async () => {
  const note = { id: '9', body: '<p>Called</p>', author: { id: '3' } }
  const { baseUrl } = await serve(({ method }, count) => (method === 'GET' ? { body: list(note) } : { status: count === 1 ? 400 : 500 }))
  const write = () => client.call(createNote, { contact_id: '5', body: 'Called', admin_id: '3' })
  const client = connect(baseUrl, stillTime())
  expect(await failureOf(write())).toMatchObject({ outcome: 'rejected' })
  expect(await write()).toEqual(note)
})

test('a write lost with its connection is found again, also at the second look', async () => {
  const { baseUrl, connections } = await serveSockets((socket, count) =>
    socket.once('data', () => (count === 1 ? socket.resetAndDestroy() : socket.end(answer({ ...user, name: count === 2 ? 'Ada' : 'Eve' })))),
  )
  const time = stillTime()
  expect(await connect(baseUrl, time).call(updateContact, { id: '5', name: 'Eve' })).toMatchObject({ name: 'Eve' })
  expect(connections()).toBe(3)
  expect(time.slept).toEqual([1000])
})

test('a write that hangs is left in time to read back', async () => {
  const { baseUrl } = await serveSockets((socket, count) => socket.once('data', () => count > 1 && socket.end(answer(user))))
  expect(await connect(baseUrl).call(updateContact, { id: '5', name: 'Ada' }, { deadlineMs: 1000 })).toEqual(user)
})

test('a caller who cancels gets no reading back', async () => {
  const cancelling = new AbortController()
  const { baseUrl, connections } = await serveSockets((socket) => socket.once('data', () => cancelling.abort()))
  const failure = await failureOf(connect(baseUrl).call(updateContact, { id: '5', name: 'Ada' }, { signal: cancelling.signal }))
  expect(failure).toMatchObject({ code: 'cancelled', outcome: 'unknown' })
  expect(connections()).toBe(1)
})

test('reading back obeys the policy', async () => {
  const { baseUrl, arrived } = await serve(() => ({ status: 500 }))
  const client = connect(baseUrl, { caller: { policy: { effects: new Set(['write'] as const) } } })
  expect(await failureOf(client.call(updateContact, { id: '5', name: 'Ada' }))).toMatchObject({ outcome: 'unknown' })
  expect(arrived).toHaveLength(1)
})

test('reading back need not be offered', async () => {
  const { baseUrl } = await serve(({ method }) => (method === 'PUT' ? { status: 500 } : { body: user }))
  const client = connect(baseUrl, { caller: { policy: { offered: new Set(['update_contact']) } } })
  expect(await client.call(updateContact, { id: '5', name: 'Ada' })).toEqual(user)
})

test('a refused write is not looked for', async () => {
  const { baseUrl, arrived } = await serve(() => ({ status: 400 }))
  expect(await failureOf(connect(baseUrl).call(updateContact, { id: '5', name: 'Ada' }))).toMatchObject({ outcome: 'rejected' })
  expect(arrived).toHaveLength(1)
})

test('a page that says 404 in the name of whoever stands between tells nothing of what was written', async () => {
  const { baseUrl } = await serve(({ method }) => ({ status: method === 'PUT' ? 500 : 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not found</h1>' }))
  expect(await failureOf(connect(baseUrl, stillTime()).call(updateContact, { id: '5', name: 'Ada' }))).toMatchObject({ outcome: 'unknown' })
})

test('a read that is refused tells nothing of what was deleted', async () => {
  const { baseUrl } = await serve(({ method }) => (method === 'DELETE' ? { status: 500 } : { status: 403, body: errorList('forbidden', 'Not this one') }))
  const client = connect(baseUrl, stillTime())
  expect(await failureOf(client.call(deleteContact, { id: '5' }))).toMatchObject({ outcome: 'unknown' })
  expect(await failureOf(client.call(deleteTag, { id: '9' }))).toMatchObject({ outcome: 'unknown' })
})

test.each([500, 503])('a write that a %i ended, and that left no trace, did not happen', async (status) => {
  expect((await outcomeOf(updateContact, { id: '5', name: 'Eve' }, user, status)).answer).toMatchObject({ outcome: 'not_committed' })
})

test('a tag that is still there among others was not taken away', async () => {
  expect((await outcomeOf(untagContact, tagged, list({ id: '8', name: 'VIP' }, tagOf()))).answer).toMatchObject({ outcome: 'not_committed' })
})

test('an answer that is no list shows nothing of what is missing from it', async () => {
  const { answer } = await outcomeOf(detachContactFromCompany, { contact_id: '5', id: '6' }, { hello: 'world' }, 504)
  expect(answer).toMatchObject({ outcome: 'unknown' })
})
