import { Intercom } from 'intercom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { failure, serve, type Served } from './workspace.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.stop())

const maren = '66f0c3d1a7b24e1000000001'

const begun = async (body = 'Two kayaks leak.') => {
  const message = await served.client.conversations.create({ from: { type: 'user', id: maren }, body })
  expect(message).toMatchObject({ type: 'user_message', message_type: 'inapp', body })
  return message.conversation_id // a message that a contact writes has one
}

const someAdmin = async () => (await served.client.admins.list()).admins![0]!.id

test('a conversation is begun, answered from both sides, and found again', async () => {
  const { conversations } = served.client
  const admin_id = await someAdmin()
  const conversation_id = await begun('<b>Two</b> kayaks leak.')
  expect(await conversations.find({ conversation_id })).toMatchObject({ open: true, state: 'open', read: false, source: { body: '<p>&lt;b&gt;Two&lt;/b&gt; kayaks leak.</p>' } })
  expect((await conversations.find({ conversation_id, display_as: 'plaintext' })).source.body).toBe('<b>Two</b> kayaks leak.')

  const answered = await conversations.reply({ conversation_id, body: { message_type: 'comment', type: 'admin', admin_id, body: 'Bring them in.', attachment_urls: ['https://files.example/map.png'] } })
  expect(answered.waiting_since).toBeNull()
  expect(answered.conversation_parts!.conversation_parts![0]).toMatchObject({ part_type: 'comment', attachments: [{ name: 'map.png' }] })
  await conversations.reply({ conversation_id, body: { message_type: 'note', type: 'admin', admin_id, body: '<h2>Seals</h2>', attachment_files: [{ name: 'a.json', content_type: 'application/json', data: 'e30=' }] } })
  await conversations.reply({ conversation_id, body: { message_type: 'comment', type: 'user', intercom_user_id: maren, body: 'On my way.' } })
  await conversations.reply({ conversation_id: 'last', body: { message_type: 'comment', type: 'user', user_id: 'usr_1042', body: 'By noon.' } })
  const { conversation_parts: parts } = await conversations.reply({ conversation_id, body: { message_type: 'comment', type: 'user', email: 'maren@cedarcove.example', body: 'Or one.' } })
  expect(parts!.conversation_parts!.map(({ part_type }) => part_type)).toEqual(['comment', 'note', 'comment', 'comment', 'comment'])

  const found = await conversations.search({ query: { operator: 'AND', value: [{ field: 'contact_ids', operator: '=', value: maren }, { field: 'id', operator: '=', value: conversation_id }] } })
  expect(found.data.map(({ id }) => id)).toEqual([conversation_id])
  expect(found.data[0]).not.toHaveProperty('conversation_parts')
})

test('a conversation goes through the inbox', async () => {
  const { conversations } = served.client
  const admin_id = await someAdmin()
  const conversation_id = await begun()
  const assignment = { message_type: 'assignment', type: 'admin', admin_id, assignee_id: admin_id } as const
  expect(await conversations.manage({ conversation_id, body: assignment })).toMatchObject({ admin_assignee_id: Number(admin_id) })
  expect((await failure(conversations.manage({ conversation_id, body: assignment }))).statusCode).toBe(422)
  const until = Math.floor(Date.now() / 1000) + 3600
  expect(await conversations.manage({ conversation_id, body: { message_type: 'snoozed', admin_id, snoozed_until: until } })).toMatchObject({ state: 'snoozed', open: true, snoozed_until: until })
  expect(await conversations.manage({ conversation_id, body: { message_type: 'open', admin_id } })).toMatchObject({ state: 'open' })
  const closed = await conversations.manage({ conversation_id, body: { message_type: 'close', type: 'admin', admin_id, body: 'Goodbye :)' } })
  expect(closed).toMatchObject({ state: 'closed', statistics: { last_closed_by_id: admin_id } })
  const updated = await conversations.update({ conversation_id, read: true, title: 'Leaks', custom_attributes: { Topic: 'Bookings' } })
  expect(updated).toMatchObject({ read: true, title: 'Leaks', custom_attributes: { Topic: 'Bookings' } })
})

test('people join and leave, and words are taken back', async () => {
  const { conversations } = served.client
  const admin_id = await someAdmin()
  const conversation_id = await begun()
  expect(await failure(conversations.detachContactAsAdmin({ conversation_id, contact_id: maren, admin_id }))).toBeInstanceOf(Intercom.UnprocessableEntityError)
  const joined = await conversations.attachContactAsAdmin({ conversation_id, admin_id, customer: { email: 'new@example.test', customer: { intercom_user_id: maren } } })
  const { customers } = joined as unknown as { customers: { id: string }[] } // typed as the conversation, which it is not
  expect(customers).toHaveLength(2)
  expect(await conversations.detachContactAsAdmin({ conversation_id, contact_id: maren, admin_id })).toEqual({ customers: [{ type: 'lead', id: customers[1]!.id }] })

  const { conversation_parts: parts, source } = await conversations.reply({ conversation_id, body: { message_type: 'comment', type: 'user', intercom_user_id: customers[1]!.id, body: '4242 4242' } })
  const conversation_part_id = parts!.conversation_parts!.at(-1)!.id!
  const redacted = await conversations.redactConversationPart({ type: 'conversation_part', conversation_id, conversation_part_id })
  expect(redacted.conversation_parts!.conversation_parts!.at(-1)).toMatchObject({ redacted: true, body: '<p><i>This message was deleted</i></p>' })
  expect(await conversations.redactConversationPart({ type: 'source', conversation_id, source_id: source.id! })).toMatchObject({ source: { redacted: true } })
})

test('a conversation becomes a ticket, and is deleted', async () => {
  const { conversations, ticketTypes } = served.client
  const conversation_id = Number(await begun()) // a number here, a text everywhere else
  const types = (await ticketTypes.list()).data!
  const typeOf = (category: string) => types.find((type) => type?.category === category)!.id!
  expect(await failure(conversations.convertToTicket({ conversation_id, ticket_type_id: typeOf('Tracker') }))).toBeInstanceOf(Intercom.BadRequestError)
  const ticket = await conversations.convertToTicket({ conversation_id, ticket_type_id: typeOf('Customer') })
  expect(ticket).toMatchObject({ id: String(conversation_id), category: 'Customer' })
  expect(await conversations.deleteConversation({ conversation_id })).toEqual({ id: String(conversation_id), object: 'conversation', deleted: true })
  expect(await failure(conversations.find({ conversation_id: String(conversation_id) }))).toBeInstanceOf(Intercom.NotFoundError)
})

test('what is not there, or may not be done, is told by typed errors', async () => {
  const { conversations } = served.client
  const admin_id = await someAdmin()
  const nobody = { from: { type: 'user', id: '123_doesnt_exist' }, body: 'Hello there' } as const
  expect(await failure(conversations.create(nobody))).toBeInstanceOf(Intercom.NotFoundError)
  expect(await failure(conversations.update({ conversation_id: '999999', read: true }))).toBeInstanceOf(Intercom.NotFoundError)
  const attribute = await failure(conversations.update({ conversation_id: await begun(), custom_attributes: { nothing: 'x' } }))
  expect([attribute.statusCode, attribute.message]).toEqual([400, expect.stringContaining("Conversation attribute 'nothing' does not exist")])
  const nowhere = await failure(conversations.redactConversationPart({ type: 'conversation_part', conversation_id: 'really_123', conversation_part_id: 'really_123' }))
  expect(nowhere.body).toMatchObject({ errors: [{ code: 'conversation_part_or_message_not_found' }] })
  // run_assignment_rules ended with 2.11
  const gone = await failure(conversations.runAssignmentRules({ conversation_id: await begun() }))
  expect(gone.body).toMatchObject({ errors: [{ code: 'intercom_version_invalid' }] })
  expect(await failure(conversations.manage({ conversation_id: '999999', body: { message_type: 'open', admin_id } }))).toBeInstanceOf(Intercom.NotFoundError)
})

test('its pagers walk every conversation once', async () => {
  const walked = async (pager: AsyncIterable<{ id: string }>) => {
    const ids: string[] = []
    for await (const { id } of pager) ids.push(id)
    expect(new Set(ids).size).toBe(ids.length)
    return ids.length
  }
  const listed = await walked(await served.client.conversations.list({ per_page: 7 }))
  expect(listed).toBeGreaterThan(60)
  expect(await walked(await served.client.conversations.search({ query: { field: 'created_at', operator: '>', value: '0' }, pagination: { per_page: 9 } }))).toBe(listed)
})
