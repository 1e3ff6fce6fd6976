import { describe, expect, test } from 'vitest'
import type { Alarm } from '../../src/client/alarm.ts'
import type { Call } from '../../src/client/call.ts'
import { anyone } from '../../src/client/caller.ts'
import { createClient } from '../../src/client/client.ts'
import { Ending } from '../../src/client/ending.ts'
import { Failure } from '../../src/client/failure.ts'
import { learn, notebook } from '../../src/client/permissions.ts'
import { identifyAdmin, listAdmins } from '../../src/contract/admins.ts'
import { getContact } from '../../src/contract/contacts.ts'
import { convertConversationToTicket } from '../../src/contract/conversations.ts'
import { allOperations } from '../../src/contract/nouns.ts'
import { permissionsOf } from '../../src/contract/operation.ts'
import { getTicket, updateTicket } from '../../src/contract/tickets.ts'
import { allPermissions } from '../../src/workspace/access.ts'
import type { WorkspaceOptions } from '../../src/workspace/workspace.ts'
import { sample } from '../contract/generate.ts'
import { asking } from '../workspace/asking.ts'
import { connect, errorList, failureOf, serve, stillTime } from './servers.ts'

const contact = { type: 'contact', id: '5' }
const lacking = (scope: string) => ({ status: 403, body: errorList('forbidden', `You do not have the required scope (${scope}) to access this resource`) })
const unnamed = { status: 401, body: errorList('token_unauthorized', 'Not authorized to access resource') }
const noToken = { status: 401, body: errorList('unauthorized', 'Access Token Invalid') }
const convert = { id: '1', ticket_type_id: '2' }

const permissions = await allPermissions()
const operations = (await allOperations()).map(({ operation }) => operation)
/** What needs one permission alone comes first: by it is known which of two is missing. */
const needing = (permission: string) =>
  operations.filter((each) => permissionsOf(each.permission).includes(permission)).sort((one, other) => permissionsOf(one.permission).length - permissionsOf(other.permission).length)

describe.each([403, 401] as const)('a token refused with %s for each permission of the contract', (missingPermission) => {
  test.each(permissions)('%s: whatever needs it is refused by its name', async (permission) => {
    const options: Partial<WorkspaceOptions> = { seed: 'empty', missingPermission, tokens: [{ permissions: permissions.filter((each) => each !== permission) }] }
    const { workspace } = asking(options)
    const client = createClient({ upstream: { baseUrl: 'http://workspace.localhost', token: workspace.token, fetch: workspace.fetch } })
    for (const operation of needing(permission)) {
      const failure = await failureOf(client.call(operation, sample(operation), { fresh: true }))
      expect(failure).toMatchObject({ code: 'permission_missing', permission })
      expect(failure.message).toContain(`lacks the permission "${permission}", which ${operation.name} needs. Tick it in Intercom's Developer Hub > your app > Configure > Authentication`)
    }
    if (permission !== 'Read one admin') await client.call(identifyAdmin, {})
    expect([...client.permissions.lacking()]).toEqual([permission])
    await client.close()
    workspace.close()
  })
})

describe('what is known', () => {
  test('is learned from answers, and read from outside', async () => {
    const { baseUrl } = await serve((request) => (request.path.startsWith('/tickets') ? lacking('read_tickets') : { body: contact }))
    const time = stillTime()
    const { permissions: known, ...client } = connect(baseUrl, time)
    expect([known.of('Read tickets'), known.of('Read one user and one company')]).toEqual([undefined, undefined])
    await client.call(getContact, { id: '5' })
    await failureOf(client.call(getTicket, { id: '1' }))
    expect(known.of('Read one user and one company')).toBe('held')
    expect(known.of('Read tickets')).toEqual({ lackingSince: time.now() })
    expect([...known.lacking()]).toEqual(['Read tickets'])
  })

  test('changes when Intercom answers otherwise, which is told once for each change', async () => {
    const answers = [lacking('read_tickets'), lacking('read_tickets'), { body: { id: '1' } }, { body: { id: '1' } }, lacking('read_tickets')]
    const { baseUrl } = await serve((_, count) => answers[count - 1])
    const client = connect(baseUrl)
    const told: string[][] = []
    const stop = client.permissions.watch(() => told.push([...client.permissions.lacking()]))
    for (const _ of answers) await client.call(getTicket, { id: '1' }, { fresh: true }).catch(() => {})
    expect(told).toEqual([['Read tickets'], [], ['Read tickets']])
    stop()
    await client.call(getTicket, { id: '1' }).catch(() => {})
    expect(told).toHaveLength(3)
  })

  test('is told to those who look on, and no more when they have looked away', async () => {
    const { baseUrl } = await serve(({ path }) => lacking(path.startsWith('/tickets') ? 'read_tickets' : 'read_admins'))
    const client = connect(baseUrl)
    let told = 0
    const lookAway = client.permissions.watch(() => void (told += 1))
    await failureOf(client.call(getTicket, { id: '1' }))
    lookAway()
    await failureOf(client.call(listAdmins, {}))
    expect([told, [...client.permissions.lacking()]]).toEqual([1, ['Read tickets', 'Read admins']])
  })

  test('a kept answer tells nothing of it', async () => {
    let ticked = true
    const { baseUrl } = await serve(() => (ticked ? { body: { type: 'admin.list', admins: [] } } : lacking('read_admins')))
    const time = stillTime()
    const client = connect(baseUrl, time)
    await client.call(listAdmins, {})
    ticked = false
    await failureOf(client.call(listAdmins, {}, { fresh: true }))
    time.pass(31_000)
    await client.call(listAdmins, {})
    expect(client.permissions.of('Read admins')).toMatchObject({ lackingSince: expect.any(Number) as number })
  })

  test('that nobody asks about is forgotten, unless it was told again meanwhile', async () => {
    const { baseUrl } = await serve(() => lacking('read_tickets'))
    const client = connect(baseUrl, { limits: { lackingMs: 60 } })
    const gone = new Promise<void>((resolve) => client.permissions.watch(() => client.permissions.lacking().size === 0 && resolve()))
    await failureOf(client.call(getTicket, { id: '1' }))
    const first = client.permissions.of('Read tickets')
    await new Promise((resolve) => setTimeout(resolve, 30))
    await failureOf(client.call(getTicket, { id: '1' }, { fresh: true }))
    expect(client.permissions.of('Read tickets')).not.toBe(first)
    await gone
    expect(client.permissions.of('Read tickets')).toBeUndefined()
  })

  test('is believed again for as long after each refusal', async () => {
    const { baseUrl, arrived } = await serve(() => lacking('read_tickets'))
    const time = stillTime()
    const client = connect(baseUrl, time)
    for (const pause of [0, 29_000, 2_000, 29_000, 2_000]) {
      time.pass(pause)
      await failureOf(client.call(getTicket, { id: '1' }))
    }
    expect(arrived).toHaveLength(3)
  })

  test('says nothing where Intercom only refuses, or something else went wrong', async () => {
    const { baseUrl } = await serve(({ path }) => (path.startsWith('/tickets') ? { status: 403, body: { errors: [{ code: 'forbidden' }] } } : { status: 500 }))
    const client = connect(baseUrl, { random: () => { throw new Error('no dice') } })
    expect(await failureOf(client.call(getTicket, { id: '1' }))).toMatchObject({ code: 'permission_missing', permission: 'Read tickets' })
    await expect(client.call(getContact, { id: '5' })).rejects.toThrow('no dice')
    expect(client.permissions.lacking().size).toBe(0)
  })

  test('holds for whoever calls', async () => {
    const { baseUrl, arrived } = await serve(() => lacking('read_tickets'))
    const client = connect(baseUrl)
    await failureOf(client.for({ principal: 'ada' }).call(getTicket, { id: '1' }))
    expect(await failureOf(client.for({ principal: 'ben' }).call(getTicket, { id: '1' }))).toMatchObject({ outcome: 'not_sent', permission: 'Read tickets' })
    expect(arrived).toHaveLength(1)
  })

  test('is another token\'s own', async () => {
    const { baseUrl } = await serve(({ headers }) => (headers.authorization === 'Bearer token-a' ? lacking('read_tickets') : { body: { id: '1' } }))
    await failureOf(connect(baseUrl).call(getTicket, { id: '1' }))
    const other = connect(baseUrl, { upstream: { baseUrl, token: 'token-b' } })
    expect(other.permissions.of('Read tickets')).toBeUndefined()
    expect(await other.call(getTicket, { id: '1' })).toEqual({ id: '1' })
  })
})

describe('of two permissions that one operation needs', () => {
  test('the one that Intercom speaks of is missing', async () => {
    const { baseUrl } = await serve(() => lacking('write_tickets'))
    const client = connect(baseUrl)
    expect(await failureOf(client.call(convertConversationToTicket, convert))).toMatchObject({ permission: 'Write tickets' })
    expect([...client.permissions.lacking()]).toEqual(['Write tickets'])
    expect(await failureOf(client.call(updateTicket, { id: '1', open: true }))).toMatchObject({ outcome: 'not_sent', permission: 'Write tickets' })
  })

  test('or the one that is not known to be held', async () => {
    const { baseUrl } = await serve(({ path }) => (path.includes('/convert') ? unnamed : { body: { id: '1' } }))
    const client = connect(baseUrl)
    await client.call(updateTicket, { id: '1', open: true })
    expect(await failureOf(client.call(convertConversationToTicket, convert))).toMatchObject({ permission: 'Write conversations' })
  })

  test('or either; then both are named, neither is known, and a success of it heals both', async () => {
    const { baseUrl, arrived } = await serve((_, count) => (count === 1 ? unnamed : { body: { id: '1' } }))
    const client = connect(baseUrl)
    expect((await failureOf(client.call(convertConversationToTicket, convert))).message).toContain('lacks the permission "Write conversations" or "Write tickets", which convert_conversation_to_ticket needs')
    expect(await failureOf(client.call(convertConversationToTicket, convert))).toMatchObject({ outcome: 'not_sent' })
    await client.call(updateTicket, { id: '1', open: true })
    await client.call(convertConversationToTicket, convert, { fresh: true })
    expect(arrived).toHaveLength(3)
    expect(client.permissions.lacking().size).toBe(0)
    expect(['Write conversations', 'Write tickets'].map((each) => client.permissions.of(each))).toEqual(['held', 'held'])
  })
})

describe('a token that Intercom does not accept', () => {
  test('is told as that, and tried again after seconds or when asked to', async () => {
    const { baseUrl, arrived } = await serve(() => noToken)
    const time = stillTime()
    const client = connect(baseUrl, time)
    for (let call = 0; call < 10; call++) expect(await failureOf(client.call(identifyAdmin, {}))).toMatchObject({ code: 'unauthorized' })
    expect(arrived).toHaveLength(1)
    expect(client.permissions.refusedAt()).toBe(time.now())
    await failureOf(client.call(identifyAdmin, {}, { fresh: true }))
    expect(arrived).toHaveLength(2)
    time.pass(2_000)
    await failureOf(client.call(getContact, { id: '5' }))
    expect(arrived).toHaveLength(3)
  })

  test('would be tried by every call, and a missing permission too, were nothing believed', async () => {
    const { baseUrl, arrived } = await serve(({ path }) => (path.startsWith('/tickets') ? lacking('read_tickets') : noToken))
    const client = connect(baseUrl, { limits: { tokenMs: 0, permissionMs: 0 } })
    for (let call = 0; call < 5; call++) await failureOf(client.call(identifyAdmin, {}))
    for (let call = 0; call < 5; call++) await failureOf(client.call(getTicket, { id: '1' }))
    expect(arrived).toHaveLength(10)
  })

  test('is accepted as soon as it is', async () => {
    const { baseUrl } = await serve((_, count) => (count === 1 ? noToken : { body: contact }))
    const client = connect(baseUrl)
    await failureOf(client.call(getContact, { id: '5' }))
    await client.call(getContact, { id: '5' }, { fresh: true })
    expect(client.permissions.refusedAt()).toBeUndefined()
    expect(await client.call(getContact, { id: '5' })).toEqual(contact)
  })

  test('but was before may only lack a permission: every call is asked', async () => {
    const { baseUrl, arrived } = await serve(({ path }) => (path.startsWith('/tickets') ? noToken : { body: contact }))
    const client = connect(baseUrl)
    await client.call(getContact, { id: '5' })
    expect(await failureOf(client.call(getTicket, { id: '1' }))).toMatchObject({ code: 'unauthorized', outcome: 'rejected' })
    expect(await client.call(getContact, { id: '5' })).toEqual(contact)
    expect(arrived).toHaveLength(3)
  })
})

const asked: Call = { operation: getTicket, input: {}, effect: 'read', method: 'GET', path: '/', ending: new Ending(), expires: Infinity, caller: anyone, fresh: false }

test('what is learned again is forgotten by its own time, and told to whoever still listens', async () => {
  const notes = notebook()
  const heard: number[] = []
  const stop = notes.watch(() => heard.push(notes.lacking().size))
  const rings: (() => void)[] = []
  const alarm: Alarm = (_, ring) => (rings.push(ring), () => {})
  const refusal = new Failure('permission_missing', { outcome: 'rejected', upstream: { code: 'token_unauthorized' } })
  const send = learn(notes, { ...stillTime(), random: () => 0, alarm }, { lackingMs: 5 })(() => Promise.reject(refusal))
  for (const _ of [1, 2]) expect(await failureOf(send(asked))).toMatchObject({ code: 'permission_missing', permission: 'Read tickets' })
  rings[0]!()
  expect([...notes.lacking()]).toEqual(['Read tickets'])
  rings[1]!()
  expect([[...notes.lacking()], heard]).toEqual([[], [1, 0]])
  stop()
  notes.note('Read tickets', { lackingSince: 0 })
  expect(heard).toEqual([1, 0])
})

test.each([undefined, { code: 'x' }, { code: 'x', message: 'your scope' }])('a failure of another kind (%j) tells nothing of the token', async (upstream) => {
  const notes = notebook()
  const failure = new Failure(upstream?.message ? 'not_found' : 'permission_missing', { outcome: 'rejected', ...(upstream && { upstream }) })
  const send = learn(notes, { ...stillTime(), random: () => 0, alarm: () => () => {} }, { lackingMs: 5 })(() => Promise.reject(failure))
  expect(await failureOf(send(asked))).toBe(failure)
  expect(notes.lacking().size).toBe(0)
})
