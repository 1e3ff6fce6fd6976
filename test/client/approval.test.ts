import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digest } from '../../src/client/approval.ts'
import { replyTicket } from '../../src/contract/tickets.ts'
import { getContact } from '../../src/contract/contacts.ts'
import { connect, failureOf, serve } from './servers.ts'

const reply = { id: '1', type: 'admin', admin_id: '2', message_type: 'comment', body: 'hi' } as const
const { body: words, ...rest } = reply
const confirming = { caller: { policy: { confirm: new Set(['send'] as const) } } }

test.each<[string, string, unknown]>([
  ['none', '', undefined],
  ['one of another input', 'reply_ticket', { ...reply, body: 'ho' }],
  ['one of less', 'reply_ticket', rest],
  ['one of more', 'reply_ticket', { ...reply, attachment_urls: [] }],
  ['one of another operation', 'reply_conversation', reply],
])('what a person must confirm is not sent with %s', async (_, operation, input) => {
  const { baseUrl, arrived } = await serve(() => ({ body: { id: '1' } }))
  const approval = operation === '' ? undefined : { digest: digest(operation, input) }
  expect(await failureOf(connect(baseUrl, confirming).call(replyTicket, reply, { approval }))).toMatchObject({ code: 'unconfirmed', outcome: 'not_sent', operation: 'reply_ticket' })
  expect(arrived).toEqual([])
})

test('what a person has agreed to is sent, and what nobody need agree to', async () => {
  const { baseUrl, arrived } = await serve(() => ({ body: { id: '1' } }))
  const client = connect(baseUrl, confirming)
  await client.call(replyTicket, reply, { approval: { digest: digest('reply_ticket', { body: words, ...rest }) } })
  await client.call(replyTicket, { ...reply, message_type: 'note' })
  await client.call(getContact, { id: '5' })
  expect(arrived).toHaveLength(3)
})

test('a digest is the same in whatever order fields stand, at any depth', () => {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned)
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).reverse().map(([key, item]) => [key, turned(item)])) : value
  }
  fc.assert(fc.property(fc.jsonValue(), (input) => digest('x', turned(input)) === digest('x', input)))
  const sorted = '{"a":{"b":1,"c":null,"d":[2,{"e":3,"f":4}]},"z":5}'
  expect(digest('x', { z: 5, a: { d: [2, { f: 4, e: 3 }], c: null, b: 1 } })).toBe(digest('x', JSON.parse(sorted)))
  expect(digest('x', JSON.parse(sorted))).toBe('fc275a29e3b874c7d968bc68d5617ce8b5f04c73e43b766e98778f76fbef0438') // of '["x",…]' with these fields in this order
})

test('inputs that differ in anything have digests of their own', () => {
  const differing = [undefined, null, {}, [], [[]], '', 'a', 0, 1, true, { a: null }, { a: 1 }, { a: '1' }, { a: [1] }, { a: { b: 1 } }, { a: [1, 2] }, { a: [2, 1] }, { b: 1 }, { a: 1, b: 1 }]
  expect(new Set(differing.map((input) => digest('x', input))).size).toBe(differing.length - 1) // JSON has no undefined: it is null
  expect(digest('y', {})).not.toBe(digest('x', {}))
})
