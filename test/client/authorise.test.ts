import { expect, test } from 'vitest'
import { listAdmins } from '../../src/contract/admins.ts'
import { deleteContact, getContact, searchContacts, updateContact } from '../../src/contract/contacts.ts'
import { getTicket, replyTicket, updateTicket } from '../../src/contract/tickets.ts'
import { connect, errorList, failureOf, serve, stillTime } from './servers.ts'

const contact = { type: 'contact', id: '5' }
const noScope = { status: 403, body: errorList('forbidden', 'You do not have the required scope (read_tickets) to access this resource') }
const reply = { id: '1', type: 'admin', admin_id: '2', body: 'hi' } as const

test('what the operator does not allow is not sent', async () => {
  const { baseUrl, arrived } = await serve(() => ({ body: contact }))
  const client = connect(baseUrl, { caller: { policy: { effects: new Set(['read'] as const) } } })
  for (const call of [client.call(updateContact, { id: '5', name: 'A' }), client.call(deleteContact, { id: '5' }), client.call(replyTicket, { ...reply, message_type: 'comment' })])
    expect(await failureOf(call)).toMatchObject({ code: 'policy_denied', outcome: 'not_sent' })
  expect(arrived).toEqual([])
  expect(await client.call(getContact, { id: '5' })).toEqual(contact)
})

test('an input decides where an operation can do more than one thing', async () => {
  const { baseUrl, arrived } = await serve(() => ({ body: { id: '1' } }))
  const client = connect(baseUrl, { caller: { policy: { effects: new Set(['read', 'write'] as const) } } })
  expect(await failureOf(client.call(replyTicket, { ...reply, message_type: 'comment' }))).toMatchObject({
    code: 'policy_denied',
    advice: expect.stringContaining('may not send anything to customers, as reply_ticket would'),
  })
  await client.call(replyTicket, { ...reply, message_type: 'note' })
  expect(arrived).toHaveLength(1)
})

test('operations can be withheld by name', async () => {
  const { baseUrl, arrived } = await serve(() => ({ body: contact }))
  const client = connect(baseUrl, { caller: { policy: { offered: new Set(['list_admins']) } } })
  expect(await failureOf(client.call(getContact, { id: '5' }))).toMatchObject({ code: 'policy_denied', advice: expect.stringContaining('does not offer get_contact') })
  expect(arrived).toEqual([])
})

test('a policy also covers answers that are kept', async () => {
  const { baseUrl } = await serve(() => ({ body: { type: 'admin.list', admins: [] } }))
  const client = connect(baseUrl)
  await client.call(listAdmins, {})
  const denied = client.for({ policy: { denied: new Set(['list_admins']) } })
  expect(await failureOf(denied.call(listAdmins, {}))).toMatchObject({ code: 'policy_denied' })
})

test.each([
  ['403 forbidden', noScope],
  ['401 token_unauthorized', { status: 401, body: errorList('token_unauthorized', 'Not authorized to access resource') }],
])('a permission missing by %s is learned, named, and asked for again soon', async (_, answer) => {
  const { baseUrl, arrived } = await serve((request) => (request.path.startsWith('/tickets') ? answer : { body: contact }))
  const time = stillTime()
  const client = connect(baseUrl, time)
  expect(await failureOf(client.call(getTicket, { id: '1' }))).toMatchObject({
    code: 'permission_missing',
    permission: 'Read tickets',
    outcome: 'rejected',
    advice: expect.stringMatching(/"Read tickets".*Developer Hub > your app > Configure > Authentication/),
  })
  expect(await failureOf(client.call(getTicket, { id: '2' }))).toMatchObject({ code: 'permission_missing', outcome: 'not_sent', permission: 'Read tickets', retryAt: time.now() + 30_000 })
  expect(arrived).toHaveLength(1)
  expect(await client.call(getContact, { id: '5' })).toEqual(contact)
  await failureOf(client.call(updateTicket, { id: '1', open: true })) // another permission: asked
  await failureOf(client.call(getTicket, { id: '1' }, { fresh: true }))
  time.pass(31_000)
  await failureOf(client.call(getTicket, { id: '1' }))
  expect(arrived.map(({ path }) => path)).toEqual(['/tickets/1', '/contacts/5', '/tickets/1', '/tickets/1', '/tickets/1'])
})

test('a token that is none is not tried again for two seconds', async () => {
  const { baseUrl, arrived } = await serve(() => ({ status: 401, body: errorList('unauthorized', 'Access Token Invalid') }))
  const time = stillTime()
  const client = connect(baseUrl, time)
  const ask = () => failureOf(client.call(getContact, { id: '5' }))
  expect(await ask()).toMatchObject({ code: 'unauthorized', outcome: 'rejected' })
  time.pass(1_999)
  expect(await ask()).toMatchObject({ code: 'unauthorized', outcome: 'not_sent' })
  expect(arrived).toHaveLength(1)
  time.pass(1)
  expect(await ask()).toMatchObject({ code: 'unauthorized', outcome: 'rejected' })
})

test('what one object forbids says nothing about the next', async () => {
  const { baseUrl, arrived } = await serve((_, count) => (count === 1 ? { status: 403, body: errorList('forbidden', 'Not this one') } : { body: { id: '2' } }))
  const client = connect(baseUrl)
  expect(await failureOf(client.call(getTicket, { id: '1' }))).toMatchObject({ code: 'permission_missing' })
  expect(await client.call(getTicket, { id: '2' })).toEqual({ id: '2' })
  expect(arrived).toHaveLength(2)
})

test('what forbids without a word says nothing about the next', async () => {
  const { baseUrl, arrived } = await serve((_, count) => (count === 1 ? { status: 403, body: { errors: [{ code: 'forbidden' }] } } : { body: { id: '2' } }))
  const client = connect(baseUrl)
  expect(await failureOf(client.call(getTicket, { id: '1' }))).toMatchObject({ code: 'permission_missing' })
  expect(await client.call(getTicket, { id: '2' })).toEqual({ id: '2' })
  expect(arrived).toHaveLength(2)
})

test('two clients never notice each other', async () => {
  const { baseUrl, arrived } = await serve((request) => (request.headers.authorization === 'Bearer token-a' ? noScope : { body: { type: 'list', data: [] } }))
  const query = { field: 'email', operator: '=', value: 'a' } as const
  await failureOf(connect(baseUrl).call(searchContacts, { query }))
  await connect(baseUrl, { upstream: { baseUrl, token: 'token-b' } }).call(searchContacts, { query })
  expect(arrived).toHaveLength(2)
})
