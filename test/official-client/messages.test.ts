import { Intercom } from 'intercom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { failure, official, serve, type Served } from './workspace.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.stop())

const from = { type: 'admin', id: 4_810_102 } as const

test('a message waits for its answer, and is then found as the source of a conversation', async () => {
  const { messages, contacts, conversations } = served.client
  const { id } = await contacts.create({ email: 'kim@example.test' })
  const message = await messages.create({ message_type: 'inapp', body: 'Hello there', from, to: { type: 'user', id } })
  expect(message).toMatchObject({ type: 'admin_message', body: 'Hello there', message_type: 'inapp', owner: { id: '4810102' } })
  expect(message.conversation_id).toBeUndefined()
  const bySource = { query: { field: 'source.id', operator: '=', value: message.id } } as const
  expect((await conversations.search(bySource)).data).toEqual([])
  await conversations.reply({ conversation_id: 'last', body: { type: 'user', message_type: 'comment', intercom_user_id: id, body: 'Hi' } })
  expect((await conversations.search(bySource)).data).toMatchObject([{ source: { id: message.id, delivered_as: 'admin_initiated' } }])
})

test('an email may begin its conversation at once', async () => {
  const { messages, contacts, conversations } = served.client
  const { id } = await contacts.create({ role: 'lead', email: 'noor@example.test' })
  const email = { message_type: 'email', subject: 'Your season', body: '<p>It starts</p>', template: 'plain', from, to: { type: 'lead', id } } as const
  const { conversation_id } = await messages.create({ ...email, create_conversation_without_contact_reply: true })
  expect(await conversations.find({ conversation_id })).toMatchObject({ source: { type: 'email', subject: 'Your season' } })
  await expect(messages.create({ ...email, subject: undefined as never })).rejects.toBeInstanceOf(Intercom.UnprocessableEntityError) // never: what the types forbid
  await expect(messages.create({ ...email, body: null as never })).rejects.toBeInstanceOf(Intercom.BadRequestError) // never: as above
  await expect(messages.create({ ...email, to: { type: 'lead', id: '0123456789abcdef01234567' } })).rejects.toMatchObject({ statusCode: 404 })
  await expect(official(served.url, served.readOnlyToken).messages.create(email)).rejects.toBeInstanceOf(Intercom.ForbiddenError)
})

test('a user writes in', async () => {
  const { messages, contacts, conversations } = served.client
  const { id } = await contacts.create({ email: 'ida@example.test' })
  const written = { from: { type: 'user', id }, body: 'heyy' } as never // the client's types know only admins; the published examples also users
  const message = await messages.create(written)
  expect(message.type).toBe('user_message')
  expect((await conversations.find({ conversation_id: message.conversation_id })).source.author!.id).toBe(id)
})

test('a call is redirected by SMS, and refused in a shape of its own', async () => {
  const { phoneCallRedirects } = served.client
  expect(await phoneCallRedirects.create({ phone: '+353832345678' })).toMatchObject({ type: 'phone_call_redirect', phone: '+353832345678' })
  const refused = await failure(phoneCallRedirects.create({ phone: '555' }))
  expect(refused).toMatchObject({ statusCode: 400, body: { error_key: 'invalid_phone_number', message: 'Invalid phone number' } })
  await expect(phoneCallRedirects.create({ phone: '+15005550009' })).rejects.toBeInstanceOf(Intercom.UnprocessableEntityError)
})
