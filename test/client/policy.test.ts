import fc from 'fast-check'
import { expect, test } from 'vitest'
import { everything, isReadOnly, narrowed, objection, type Policy } from '../../src/client/policy.ts'
import { supporting } from '../../src/client/caller.ts'
import { listAdmins } from '../../src/contract/admins.ts'
import { getContact, listContacts, searchContacts } from '../../src/contract/contacts.ts'
import type { Effect } from '../../src/contract/operation.ts'
import { connect, failureOf, serve } from './servers.ts'

const effects = ['read', 'write', 'send', 'destroy'] as const
const names = ['get_contact', 'reply_ticket', 'delete_contact'] as const
const may = (...some: Effect[]): Policy => ({ ...everything, effects: new Set(some) })

test.each([
  [may('read', 'send', 'destroy'), 'write', 'This server may not change anything in Intercom, as x would (--read-only, --allow)'],
  [may('read', 'write', 'destroy'), 'send', 'This server may not send anything to customers, as x would (--read-only, --allow)'],
  [may('read', 'write', 'send'), 'destroy', 'This server may not delete or hide anything in Intercom, as x would (--read-only, --allow)'],
  [may('write'), 'read', 'This server may not read from Intercom, as x would (--read-only, --allow)'],
  [may(), 'read', 'This server may not read from Intercom, as x would (--read-only, --allow)'],
  [may('read'), 'destroy', 'This server is read-only, and x would delete or hide anything in Intercom (--read-only, --allow)'],
  [{ ...everything, denied: new Set(['x']), offered: new Set(['x']) }, 'read', 'This server does not allow x (--exclude-tools)'],
  [{ ...everything, offered: new Set(['y']) }, 'read', 'This server does not offer x (--toolsets, --tools)'],
  [{ ...everything, offered: new Set(['y']), toolsetOf: new Map([['x', 'tickets']]) }, 'read', 'This server does not offer x (--toolsets tickets or --tools x would)'],
  [{ ...everything, offered: new Set(['x']), denied: new Set(['y']) }, 'send', undefined],
] as const)('%o of %s: %s', (policy, effect, said) => {
  expect(objection(policy, { name: 'x', effect })).toBe(said)
})

test('only reads help another call beyond what is on offer, and nothing helps beyond what is allowed', () => {
  const policy: Policy = { ...everything, offered: new Set(['y']), denied: new Set(['z']) }
  expect(objection(policy, { name: 'x', effect: 'read', supporting: true })).toBeUndefined()
  expect(objection(policy, { name: 'x', effect: 'write', supporting: true })).toBe('This server does not offer x (--toolsets, --tools)')
  expect(objection(policy, { name: 'x', effect: 'read', supporting: false })).toBe('This server does not offer x (--toolsets, --tools)')
  expect(objection(policy, { name: 'z', effect: 'read', supporting: true })).toBe('This server does not allow z (--exclude-tools)')
})

test('who may only read is read-only, and nobody else', () => {
  expect([may('read'), may('write'), may('read', 'write'), may()].map(isReadOnly)).toEqual([true, false, false, false])
})

const someOf = <T>(all: readonly T[]) => fc.subarray([...all]).map((some) => new Set(some))
const policies = fc.record(
  { effects: someOf(effects), offered: someOf<string>(names), denied: someOf<string>(names), confirm: someOf(effects), pageItems: fc.nat(3), items: fc.nat(3) },
  { requiredKeys: ['effects', 'denied', 'confirm'] },
)
const deeds = fc.record({ name: fc.constantFrom(...names), effect: fc.constantFrom(...effects), supporting: fc.boolean() })

test('two policies allow what both allow, and want confirmed what either does', () => {
  fc.assert(
    fc.property(policies, policies, deeds, (one, other, deed) => {
      const both = narrowed(one, other)
      const objects = (policy: Policy) => objection(policy, deed) !== undefined
      expect(objects(both)).toBe(objects(one) || objects(other))
      expect(both.confirm.has(deed.effect)).toBe(one.confirm.has(deed.effect) || other.confirm.has(deed.effect))
    }),
  )
})

test.each([
  [undefined, undefined, undefined],
  [5, undefined, 5],
  [undefined, 5, 5],
  [5, 3, 3],
  [3, 5, 3],
])('of limits of %s and %s items, %s holds', (one, other, smaller) => {
  expect(narrowed({ ...everything, items: one, pageItems: one }, { items: other, pageItems: other })).toMatchObject({ items: smaller, pageItems: smaller })
  expect(narrowed({ ...everything, items: one, pageItems: one }, {})).toEqual({ ...everything, items: one, pageItems: one })
})

test('a client for somebody is the same client, and allows no more than the one it is made of', async () => {
  const { baseUrl, arrived } = await serve(() => ({ body: { type: 'contact', id: '5' } }))
  const client = connect(baseUrl, { caller: { principal: 'p', policy: { denied: new Set(['get_contact']) } } })
  const other = client.for({ through: 'who_is_customer', policy: { denied: new Set() } })
  expect(other.caller).toMatchObject({ principal: 'p', through: 'who_is_customer', supporting: false })
  expect(other.root).toBe(client.root)
  expect(await failureOf(other.call(getContact, { id: '5' }))).toMatchObject({ code: 'policy_denied', outcome: 'not_sent' })
  expect(arrived).toEqual([])
})

test('a client of nobody in particular may do everything', async () => {
  expect(connect('http://127.0.0.1:9').caller).toEqual({ principal: 'local', policy: everything, supporting: false })
})

test('a call that helps another one may read what is not on offer', async () => {
  const { baseUrl, arrived } = await serve(() => ({ body: { type: 'admin.list', admins: [] } }))
  const client = connect(baseUrl, { caller: { policy: { offered: new Set(['get_contact']) } } })
  const helping = supporting(client)
  expect(supporting(helping)).toBe(helping)
  expect(await failureOf(client.call(listAdmins, {}))).toMatchObject({ code: 'policy_denied' })
  await helping.call(listAdmins, {})
  expect(arrived).toHaveLength(1)
})

const list = { type: 'list', data: [{ id: '1' }, { id: '2' }, { id: '3' }, { id: '4' }] }
const query = { field: 'role', operator: '=', value: 'user' } as const

test('a policy bounds pages and whole lists', async () => {
  const { baseUrl, arrived } = await serve(() => ({ body: list }))
  const client = connect(baseUrl, { caller: { policy: { pageItems: 7, items: 3 } } })
  await client.call(listContacts, {})
  await client.call(listContacts, { per_page: 50 })
  await client.call(listContacts, { per_page: 5 })
  await client.call(searchContacts, { query })
  expect(arrived.map(({ path, body }) => path.split('?')[1] ?? JSON.parse(body).pagination)).toEqual(['per_page=7', 'per_page=7', 'per_page=5', { per_page: 7 }])
  expect(await client.collect(listContacts, {})).toMatchObject({ items: list.data.slice(0, 3), gap: expect.stringContaining('stopped at 3 items') as string })
})

test('a page within the policy is asked for as it is', async () => {
  const { baseUrl, arrived } = await serve(() => ({ body: list }))
  await connect(baseUrl, { caller: { policy: { pageItems: 50 } } }).call(listContacts, {}) // the list's own size
  expect(arrived[0]!.path).toBe('/contacts')
})
