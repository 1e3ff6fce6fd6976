import { expect, test } from 'vitest'
import { listAdmins } from '../../src/contract/admins.ts'
import { scrollCompanies } from '../../src/contract/companies.ts'
import { getContact, searchContacts, updateContact } from '../../src/contract/contacts.ts'
import { listTicketTypes } from '../../src/contract/ticket-types.ts'
import { connect, failureOf, serve, stillTime } from './servers.ts'

const contact = { type: 'contact', id: '5', name: 'Ada' }
const admins = (...ids: string[]) => ({ type: 'admin.list', admins: ids.map((id) => ({ id })) })

/** A server whose answers wait until they are let go. */
const held = async (body: unknown = contact) => {
  const waiting: (() => void)[] = []
  const server = await serve(async () => {
    await new Promise<void>((resolve) => waiting.push(resolve))
    return { body }
  })
  const letGo = async (count: number) => {
    while (waiting.length < count) await new Promise((resolve) => setImmediate(resolve))
    for (const answer of waiting.splice(0)) answer()
  }
  return { ...server, letGo }
}

test('identical reads under way are one request, each with an answer of its own', async () => {
  const { baseUrl, arrived, letGo } = await held()
  const client = connect(baseUrl)
  const calls = Promise.all(Array.from({ length: 10 }, () => client.call(getContact, { id: '5' })))
  await letGo(1)
  const answers = await calls
  expect(arrived).toHaveLength(1)
  answers[0]!.name = 'changed'
  expect(answers.slice(1).map(({ name }) => name)).toEqual(Array(9).fill('Ada'))
})

test('reads that differ in anything are not identical', async () => {
  const { baseUrl, arrived } = await serve(() => ({ body: { type: 'list', data: [] } }))
  const client = connect(baseUrl)
  const search = (value: string, per_page: number) => client.call(searchContacts, { query: { field: 'email', operator: '=', value }, pagination: { per_page } })
  await Promise.all([search('a', 1), search('b', 1), search('a', 2), search('a', 1)])
  expect(arrived).toHaveLength(3)
})

test('writes are never joined', async () => {
  const { baseUrl, arrived } = await serve(() => ({ body: contact }))
  const client = connect(baseUrl)
  await Promise.all([1, 2, 3].map(() => client.call(updateContact, { id: '5', name: 'Ada' })))
  expect(arrived).toHaveLength(3)
})

test('calls of a scroll are never joined: each gets a page of its own', async () => {
  const { baseUrl, arrived } = await serve((_, count) => ({ body: { type: 'list', data: [{ id: String(count) }], scroll_param: 's-1' } }))
  const client = connect(baseUrl)
  const pages = await Promise.all([1, 2].map(() => client.call(scrollCompanies, { scroll_param: 's-1' })))
  expect(new Set(pages.flatMap(({ data }) => data.map(({ id }) => id)))).toEqual(new Set(['1', '2']))
  expect(arrived).toHaveLength(2)
})

test('a caller who leaves takes none of the others along', async () => {
  const { baseUrl, arrived, letGo } = await held()
  const client = connect(baseUrl)
  const leaving = new AbortController()
  const leader = failureOf(client.call(getContact, { id: '5' }, { signal: leaving.signal }))
  while (arrived.length === 0) await new Promise((resolve) => setImmediate(resolve))
  const impatient = failureOf(client.call(getContact, { id: '5' }, { deadlineMs: 20 }))
  const others = [client.call(getContact, { id: '5' }), client.call(getContact, { id: '5' })]
  expect(await impatient).toMatchObject({ code: 'timeout' })
  leaving.abort()
  expect(await leader).toMatchObject({ code: 'cancelled' })
  await letGo(2) // one of the others asked again
  expect(await Promise.all(others)).toEqual([contact, contact])
})

test('a failure is everybody\'s, and not kept', async () => {
  const { baseUrl, arrived } = await serve((_, count) => (count === 1 ? { status: 404 } : { body: contact }))
  const client = connect(baseUrl)
  const failures = await Promise.all([failureOf(client.call(getContact, { id: '5' })), failureOf(client.call(getContact, { id: '5' }))])
  expect(failures.map(({ code }) => code)).toEqual(['not_found', 'not_found'])
  expect(await client.call(getContact, { id: '5' })).toEqual(contact)
  expect(arrived).toHaveLength(2)
})

test('reference data is kept a minute; anything else is not', async () => {
  const { baseUrl, arrived } = await serve(({ path }) => ({ body: path.startsWith('/admins') ? admins('1') : contact }))
  const time = stillTime()
  const client = connect(baseUrl, time)
  const first = await client.call(listAdmins, {})
  first.admins.length = 0
  expect(await client.call(listAdmins, {})).toEqual(admins('1'))
  expect(arrived).toHaveLength(1)
  await client.call(listAdmins, { display_avatar: true })
  await client.call(listAdmins, {}, { fresh: true })
  expect(arrived).toHaveLength(3)
  time.pass(60_000)
  await client.call(listAdmins, {})
  await client.call(getContact, { id: '5' })
  await client.call(getContact, { id: '5' })
  expect(arrived).toHaveLength(6)
})

test('a write makes kept answers stale, whether it succeeds or fails', async () => {
  let status = 200
  const { baseUrl, arrived } = await serve(({ method }) => (method === 'PUT' ? { status, body: contact } : { body: { type: 'list', data: [] } }))
  const client = connect(baseUrl)
  for (status of [200, 400]) {
    await client.call(listTicketTypes, {})
    await client.call(listTicketTypes, {})
    await client.call(updateContact, { id: '5', name: 'A' }).catch(() => {})
  }
  await client.call(listTicketTypes, {})
  expect(arrived.filter(({ method }) => method === 'GET')).toHaveLength(3)
})

test('a read that began before a write is neither joined after it nor kept', async () => {
  let body = admins('old')
  const gate: { open?: () => void } = {}
  const { baseUrl } = await serve(async ({ method }, count) => {
    if (method === 'PUT') return { body: contact }
    const answer = body
    if (count === 1) await new Promise<void>((resolve) => (gate.open = resolve))
    return { body: answer }
  })
  const client = connect(baseUrl)
  const early = client.call(listAdmins, {})
  while (!gate.open) await new Promise((resolve) => setImmediate(resolve))
  body = admins('new')
  await client.call(updateContact, { id: '5', name: 'A' })
  const late = client.call(listAdmins, {})
  expect(await late).toEqual(admins('new'))
  gate.open()
  expect(await early).toEqual(admins('old'))
  expect(await client.call(listAdmins, {})).toEqual(admins('new'))
})

test('what somebody else changed is forgotten, and nothing that is kept besides', async () => {
  const { baseUrl, arrived } = await serve(({ path }) => ({ body: path.startsWith('/admins') ? admins('1') : { type: 'list', data: [] } }))
  const client = connect(baseUrl, stillTime())
  const readAll = () => Promise.all([client.call(listAdmins, {}), client.call(listTicketTypes, {})])
  await readAll()
  client.forget(['intercom://admins', 'intercom://contacts/5'])
  await readAll()
  expect(arrived.map(({ path }) => path)).toEqual(['/admins', '/ticket_types', '/admins'])
  client.forget()
  await readAll()
  expect(arrived).toHaveLength(5)
})

test('a read that began before something was forgotten is not joined after it; lists that are kept are, unless they were meant', async () => {
  const { baseUrl, arrived, letGo } = await held({ type: 'admin.list', id: '5', admins: [] })
  const client = connect(baseUrl)
  const readBoth = () => [client.call(getContact, { id: '5' }), client.call(listAdmins, {})]
  const early = readBoth()
  client.for({ through: 'webhook' }).forget(['intercom://contacts/6'])
  const late = readBoth()
  await letGo(3)
  await Promise.all([...early, ...late])
  expect(arrived.map(({ path }) => path).sort()).toEqual(['/admins', '/contacts/5', '/contacts/5'])
  await client.call(listAdmins, {})
  expect(arrived).toHaveLength(3)
})

test('answers belong to one token', async () => {
  const { baseUrl, arrived } = await serve(({ headers }) => ({ body: admins(headers.authorization!) }))
  const [a, b] = ['token-a', 'token-b'].map((token) => connect(baseUrl, { upstream: { baseUrl, token } }))
  expect(await a!.call(listAdmins, {})).toEqual(admins('Bearer token-a'))
  expect(await b!.call(listAdmins, {})).toEqual(admins('Bearer token-b'))
  expect(arrived).toHaveLength(2)
})

test('a clock that is set back keeps nothing longer', async () => {
  const { baseUrl, arrived } = await serve(() => ({ body: admins('1') }))
  const time = stillTime()
  const client = connect(baseUrl, time)
  await client.call(listAdmins, {})
  time.pass(-3_600_000)
  await client.call(listAdmins, {})
  expect(arrived).toHaveLength(2)
})

test('whoever left before they asked waits for nobody', async () => {
  const { baseUrl, arrived, letGo } = await held()
  const client = connect(baseUrl)
  const leader = client.call(getContact, { id: '5' })
  expect(await failureOf(client.call(getContact, { id: '5' }, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'cancelled', outcome: 'not_sent' })
  await letGo(1)
  expect(await leader).toEqual(contact)
  expect(arrived).toHaveLength(1)
})

test('when who asked first has no time to wait for a new window, the others do', async () => {
  const time = stillTime()
  const { baseUrl, arrived } = await serve((_, count) => (count === 1 ? { status: 429, headers: { 'retry-after': '20' } } : { body: contact }))
  const client = connect(baseUrl, { ...time, limits: { attempts: 1 } })
  await failureOf(client.call(getContact, { id: '1' }))
  const hurried = failureOf(client.call(getContact, { id: '5' }, { deadlineMs: 10_000 }))
  const patient = client.call(getContact, { id: '5' })
  expect(await hurried).toMatchObject({ code: 'rate_limited', outcome: 'not_sent' })
  expect(await patient).toEqual(contact)
  expect(arrived).toHaveLength(2)
})

test('what Intercom refused for its rate is refused for all who wait for it', async () => {
  const { baseUrl, arrived } = await serve(() => ({ status: 429, headers: { 'retry-after': '20' } }))
  const client = connect(baseUrl, { ...stillTime(), limits: { attempts: 1 } })
  const failures = await Promise.all([1, 2, 3].map(() => failureOf(client.call(getContact, { id: '5' }))))
  expect(failures.map(({ code, outcome }) => `${code} ${outcome}`)).toEqual(Array(3).fill('rate_limited rejected'))
  expect(arrived).toHaveLength(1)
})

test('kept answers are frozen to the last part, and are kept for as long as told', async () => {
  const { baseUrl, arrived } = await serve(() => ({ body: { type: 'admin.list', admins: [{ id: '1', team_ids: [7], avatar: null }] } }))
  const time = stillTime()
  const client = connect(baseUrl, { ...time, limits: { referenceMs: 500 } })
  await client.call(listAdmins, {})
  const { admins: kept } = await client.call(listAdmins, {})
  expect([kept, kept[0], kept[0]!.team_ids].every(Object.isFrozen)).toBe(true)
  time.pass(499)
  await client.call(listAdmins, {})
  expect(arrived).toHaveLength(1)
  time.pass(1)
  await client.call(listAdmins, {})
  expect(arrived).toHaveLength(2)
})
