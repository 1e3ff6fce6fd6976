import { expect, test } from 'vitest'
import { blockContact, deleteContact, getContact, mergeContact } from '../../src/contract/contacts.ts'
import { convertConversationToTicket, createConversation, getConversation, listConversations, redactConversation, replyConversation, searchConversations } from '../../src/contract/conversations.ts'
import { getTicket } from '../../src/contract/tickets.ts'
import { asking } from './asking.ts'
import { ines, maren, opened } from './opened.ts'
import { told } from './told.ts'

/** Thea, once as a lead and once as the user she is. */
const lead = '66f0c3d1a7b24e1000000004'
const thea = '66f0c3d1a7b24e1000000003'

const of = (id: string) => ({ query: { field: 'contact_ids', operator: '=', value: id } }) as const

test('a merged lead’s conversations are the user’s, down to who wrote in them; only the first message tells who began them', async () => {
  const { ask } = opened()
  const [before] = (await ask(searchConversations, of(lead))).conversations
  expect(before?.source?.author?.id).toBe(lead)
  await ask(mergeContact, { from: lead, into: thea })
  expect((await ask(searchConversations, of(lead))).total_count).toBe(0)
  const after = await ask(getConversation, { id: before!.id })
  expect(after.contacts?.contacts).toEqual([{ type: 'contact', id: thea, external_id: 'usr_1107' }])
  expect(after.source?.author).toEqual(before?.source?.author)
  expect(after.conversation_parts?.conversation_parts?.map(({ author }) => author?.id)).toEqual([thea])
  expect((await ask(searchConversations, of(thea))).conversations.map(({ id }) => id)).toEqual([before!.id])
})

test('a merged lead, who is gone, leads to the user by the conversations they began', async () => {
  const { ask, refusal } = opened()
  const { email } = await ask(getContact, { id: lead })
  await ask(mergeContact, { from: lead, into: thea })
  expect(await refusal(getContact, { id: lead })).toBe('404 not_found: User Not Found')
  for (const [field, value] of [['source.author.id', lead], ['source.author.email', email!]] as const) {
    const { conversations } = await ask(searchConversations, { query: { field, operator: '=', value } })
    expect(conversations.map(({ contacts, source }) => [contacts?.contacts?.[0]?.id, source?.author?.id])).toContainEqual([thea, lead])
  }
})

test('a merged lead’s words are the user’s in a ticket, too, and can be taken back there', async () => {
  const { ask } = opened()
  const { id: message, conversation_id } = await ask(createConversation, { from: { type: 'lead', id: lead }, body: 'My card is 4242.' })
  const id = conversation_id!
  const { conversation_parts: said } = await ask(replyConversation, { id, type: 'user', message_type: 'comment', intercom_user_id: lead, body: 'And 4243.' })
  await ask(convertConversationToTicket, { id, ticket_type_id: '1' })
  await ask(mergeContact, { from: lead, into: thea })
  const words = async () => (await ask(getTicket, { id })).ticket_parts?.ticket_parts?.slice(0, 2).map(({ author, redacted }) => [author?.id, redacted])
  expect(await words()).toEqual([[thea, false], [thea, false]])
  await ask(redactConversation, { type: 'source', conversation_id: id, source_id: message })
  await ask(redactConversation, { type: 'conversation_part', conversation_id: id, conversation_part_id: said!.conversation_parts![0]!.id })
  expect(await words()).toEqual([[thea, true], [thea, true]])
})

test('a blocked contact’s conversations go out of sight', async () => {
  const { ask, refusal } = opened()
  const { conversations, total_count } = await ask(searchConversations, of(maren.id))
  const { total_count: all } = await ask(listConversations, {})
  expect(total_count).toBeGreaterThan(0)
  await ask(blockContact, { id: maren.id })
  expect((await ask(searchConversations, of(maren.id))).total_count).toBe(0)
  expect((await ask(listConversations, {})).total_count).toBe(all! - total_count!)
  expect(await refusal(getConversation, { id: conversations[0]!.id })).toBe('404 not_found: Resource Not Found')
})

test('a conversation survives the contact it is with', async () => {
  const { ask } = opened()
  const [{ id, source }] = (await ask(searchConversations, of(maren.id))).conversations as [{ id: string; source: object }]
  await ask(deleteContact, { id: maren.id })
  expect(await ask(getConversation, { id })).toMatchObject({ source, contacts: { contacts: [{ id: maren.id }] } })
  expect(await ask(replyConversation, { id, type: 'admin', admin_id: ines, message_type: 'note', body: 'They left us.' })).toMatchObject({ id })
})

test('subscribers are told of each act, with the part that is its cause', async () => {
  const { ask, workspace, clock } = asking()
  const topics = [
    'conversation.user.created', 'conversation.user.replied', 'conversation.admin.replied', 'conversation.admin.noted', 'conversation.admin.assigned',
    'conversation.admin.open.assigned', 'conversation.admin.opened', 'conversation.admin.closed', 'conversation.admin.snoozed', 'conversation.admin.unsnoozed',
    'conversation.read', 'conversation.deleted', 'conversation.contact.attached', 'conversation.contact.detached', 'conversation_part.redacted', 'ticket.created',
  ]
  const hears = await told(workspace, topics)
  const { conversation_id: id } = (await ask('POST', '/conversations', { from: { type: 'user', id: maren.id }, body: 'Two kayaks leak.' })).body
  const act = async (method: string, path: string, body?: object) => expect((await ask(method, `/conversations/${path}`, body)).status).toBe(200)
  const by = { type: 'admin', admin_id: ines }
  await act('POST', `${id}/reply`, { ...by, message_type: 'comment', body: 'Bring them in.' })
  await act('POST', `${id}/reply`, { ...by, message_type: 'note', body: 'Seals.' })
  await act('POST', `${id}/reply`, { type: 'user', message_type: 'comment', intercom_user_id: maren.id, body: 'Will do.' })
  await act('POST', `${id}/parts`, { ...by, message_type: 'assignment', assignee_id: ines })
  await act('POST', `${id}/parts`, { ...by, message_type: 'close' })
  await act('POST', `${id}/parts`, { ...by, message_type: 'assignment', assignee_id: ines })
  await act('POST', `${id}/parts`, { ...by, message_type: 'open' })
  await act('POST', `${id}/parts`, { ...by, message_type: 'snoozed', snoozed_until: clock.seconds + 60 })
  clock.seconds += 120
  await act('PUT', id, { read: false })
  await act('PUT', id, { read: true })
  await act('POST', `${id}/customers`, { customer: { email: 'new@example.test' } })
  await act('DELETE', `${id}/customers/${maren.id}`, { admin_id: ines })
  const { conversation_parts: parts } = (await ask('GET', `/conversations/${id}`)).body
  await act('POST', 'redact', { type: 'conversation_part', conversation_id: id, conversation_part_id: parts.conversation_parts[0].id })
  await act('POST', `${id}/convert`, { ticket_type_id: '1' })
  await act('DELETE', id)
  const heard = (await hears()) as { topic: string; item: { id: string; conversation_parts?: { total_count: number; conversation_parts: { part_type: string }[] } } }[]
  expect(heard.map(({ topic }) => topic).toSorted()).toEqual(topics.toSorted())
  expect(heard.map(({ topic, item }) => [topic, item.conversation_parts?.conversation_parts[0]?.part_type])).toEqual(
    expect.arrayContaining([
      ['conversation.user.created', undefined],
      ['conversation.admin.noted', 'note'],
      ['conversation.admin.open.assigned', 'assign_and_reopen'],
      ['conversation.admin.unsnoozed', 'timer_unsnooze'],
    ]),
  )
  expect(heard.every(({ item }) => item.id === id && (item.conversation_parts?.total_count ?? 0) <= 1)).toBe(true)
  workspace.close()
})

test('who acts for a conversation needs the permission for it', async () => {
  const { ask, workspace } = asking({ tokens: [{ permissions: ['Read conversations', 'Write conversations'] }] })
  const { conversations } = (await ask('GET', '/conversations')).body
  const { id } = conversations[0]
  const refused = async (method: string, path: string, body?: object) => {
    const { status, body: answer } = await ask(method, path, body)
    return `${status} ${answer.errors[0].message}`
  }
  expect(await refused('DELETE', `/conversations/${id}`)).toMatch(/^403 .*delete_conversations_and_metrics/)
  expect(await refused('POST', `/conversations/${id}/convert`, { ticket_type_id: '1' })).toMatch(/^403 .*write_tickets/)
  workspace.close()
})

test('a lead may write in, and nobody may not', async () => {
  const { ask, refusal } = opened()
  expect(await refusal(createConversation, { from: { type: 'contact', id: 'nobody-at-all' }, body: 'Hello' })).toBe('404 not_found: User Not Found')
  expect(await ask(createConversation, { from: { type: 'lead', id: lead }, body: 'Hello' })).toMatchObject({ type: 'user_message' })
})
