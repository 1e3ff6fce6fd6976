import { getEventListeners, once } from 'node:events'
import { expect, test } from 'vitest'
import { createClient } from '../../src/client/client.ts'
import { Ending } from '../../src/client/ending.ts'
import { getContact, listContacts, updateContact } from '../../src/contract/contacts.ts'
import { createDataExport } from '../../src/contract/data-export.ts'
import { createTicket } from '../../src/contract/tickets.ts'
import { connect, failureOf, serve, serveSockets, stillTime } from './servers.ts'

const ticket = { ticket_type_id: '1', contacts: [{ id: '2' }] }

/** A server that takes requests and never answers; resolves when a request came, and when its connection closed. */
const silent = async () => {
  const events: Record<'asked' | 'closed', () => void> = { asked: () => {}, closed: () => {} }
  const asked = new Promise<void>((resolve) => (events.asked = resolve))
  const closed = new Promise<void>((resolve) => (events.closed = resolve))
  const { baseUrl, connections } = await serveSockets((socket) => {
    socket.once('data', events.asked)
    socket.once('close', events.closed)
  })
  return { baseUrl, connections, asked, closed }
}

test.each([
  ['a read', 'not_committed'],
  ['a write', 'unknown'],
])('%s that nobody answers ends at its deadline, and its connection with it', async (kind, outcome) => {
  const { baseUrl, closed } = await silent()
  const client = connect(baseUrl)
  const call = kind === 'a read' ? client.call(getContact, { id: '5' }, { deadlineMs: 500 }) : client.call(createTicket, ticket, { deadlineMs: 500 })
  expect(await failureOf(call)).toMatchObject({ code: 'timeout', outcome })
  await closed
})

test('a call may have all the time in the world', async () => {
  const { baseUrl } = await serve(() => ({ body: { id: '5' } }))
  expect(await connect(baseUrl).call(getContact, { id: '5' }, { deadlineMs: Infinity })).toEqual({ id: '5' })
})

test('a call without time is not sent', async () => {
  const { baseUrl, connections } = await silent()
  expect(await failureOf(connect(baseUrl).call(createTicket, ticket, { deadlineMs: 0 }))).toMatchObject({ code: 'timeout', outcome: 'not_sent' })
  expect(connections()).toBe(0)
})

test('a body that drips ends at the deadline', async () => {
  const { baseUrl } = await serve((_, __, response) => {
    response.writeHead(200)
    const drip = setInterval(() => response.write(' '), 5)
    response.on('close', () => clearInterval(drip))
    return undefined
  })
  expect(await failureOf(connect(baseUrl, { limits: { deadlineMs: 80 } }).call(getContact, { id: '5' }))).toMatchObject({ code: 'timeout' })
})

test('a retry that would come too late is not waited for', async () => {
  const { baseUrl, arrived } = await serve(() => ({ status: 503 }))
  const time = stillTime()
  expect(await failureOf(connect(baseUrl, time).call(getContact, { id: '5' }, { deadlineMs: 750 }))).toMatchObject({ code: 'unavailable' })
  expect(arrived).toHaveLength(2) // 250 ms fit; with 500 more the time would be up
})

test('a caller who cancels closes the socket', async () => {
  const { baseUrl, asked, closed } = await silent()
  const cancelling = new AbortController()
  const call = failureOf(connect(baseUrl).call(createTicket, ticket, { signal: cancelling.signal }))
  await asked
  cancelling.abort()
  expect(await call).toMatchObject({ code: 'cancelled', outcome: 'unknown' })
  await closed
})

test('a call cancelled before it starts is not sent', async () => {
  const { baseUrl, connections } = await silent()
  expect(await failureOf(connect(baseUrl).call(createTicket, ticket, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'cancelled', outcome: 'not_sent' })
  expect(connections()).toBe(0)
})

test('a call cancelled while it waits for a retry ends at once', async () => {
  const { baseUrl, arrived } = await serve(() => ({ status: 503, headers: { 'retry-after': '20' } }))
  const cancelling = new AbortController()
  const call = failureOf(connect(baseUrl).call(getContact, { id: '5' }, { signal: cancelling.signal }))
  while (arrived.length === 0) await new Promise((resolve) => setImmediate(resolve))
  setTimeout(() => cancelling.abort(), 20)
  expect(await call).toMatchObject({ code: 'cancelled' })
  expect(arrived).toHaveLength(1)
})

test('a walk is cancelled whole', async () => {
  const cancelling = new AbortController()
  const { baseUrl, arrived } = await serve((_, count) => {
    if (count === 2) cancelling.abort()
    return count === 2 ? undefined : { body: { type: 'list', data: [{ id: count }], pages: { next: { starting_after: `c${count}` } } } }
  })
  expect(await failureOf(connect(baseUrl).collect(listContacts, {}, { signal: cancelling.signal }))).toMatchObject({ code: 'cancelled' })
  expect(arrived).toHaveLength(2)
})

test('leaves nothing behind: no listener on a signal, no connection after close', async () => {
  const { baseUrl, server } = await serve(() => ({ body: { id: '5' } }))
  const client = connect(baseUrl)
  const { signal } = new AbortController()
  await client.call(getContact, { id: '5' }, { signal })
  expect(getEventListeners(signal, 'abort')).toEqual([])
  await client.close()
  expect(await failureOf(client.call(getContact, { id: '5' }))).toMatchObject({ code: 'cancelled', outcome: 'not_sent', operation: 'get_contact', note: 'the client is closed' })
  const open = () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)))
  while ((await open()) > 0) await new Promise((resolve) => setImmediate(resolve)) // the server hears of it a little later
  server.close() // ends only when no connection is left open
  await once(server, 'close')
})

test('a hundred calls under one signal are one listener, and all end with it', async () => {
  const { baseUrl } = await serve(() => undefined)
  const client = connect(baseUrl)
  const caller = new AbortController()
  const calls = Array.from({ length: 100 }, (_, id) => failureOf(client.call(getContact, { id: String(id) }, { signal: caller.signal })))
  expect(getEventListeners(caller.signal, 'abort')).toHaveLength(1)
  caller.abort()
  for (const failure of await Promise.all(calls)) expect(failure).toMatchObject({ code: 'cancelled' })
  expect(getEventListeners(caller.signal, 'abort')).toEqual([])
})

test('closing lets calls end that wait: for a retry, in line, for a page', async () => {
  const { baseUrl } = await serve(({ path }, count) => {
    if (count <= 3) return { status: 503 }
    return { body: path.includes('starting_after') || path.includes('/5') || path.includes('/6') ? { id: '5', data: [{ id: '2' }] } : { data: [{ id: '1' }], pages: { next: { starting_after: 'a' } } } }
  })
  const client = connect(baseUrl, { random: () => 0.1, limits: { connections: 1, attempts: 4 } })
  const calls = Promise.all([client.call(getContact, { id: '5' }), client.call(getContact, { id: '6' }), client.collect(listContacts, {})])
  const closed = client.close()
  expect(await calls).toMatchObject([{ id: '5' }, { id: '5' }, { items: [{ id: '1' }, { id: '2' }] }])
  await closed
})

test('an Intercom inside the process is not asked without time', async () => {
  const fetch = () => Promise.reject(new Error('was asked'))
  const client = createClient({ upstream: { baseUrl: 'http://workspace', token: 't', fetch } })
  expect(await failureOf(client.call(createTicket, ticket, { deadlineMs: 0 }))).toMatchObject({ code: 'timeout', outcome: 'not_sent' })
})

test('an Intercom inside the process is told of the end', async () => {
  const told: unknown[] = []
  const fetch = ({ signal }: Request) => new Promise<never>(() => signal.addEventListener('abort', () => told.push(signal.reason)))
  const client = createClient({ upstream: { baseUrl: 'http://workspace', token: 't', fetch } })
  expect(await failureOf(client.call(createDataExport, { created_at_after: 0, created_at_before: 1 }, { deadlineMs: 50 }))).toMatchObject({ code: 'timeout', outcome: 'unknown' })
  expect(told).toEqual(['timeout'])
})

test('a call cancelled while it connects is not sent', async () => {
  const { baseUrl, arrived } = await serve(() => ({ headers: { connection: 'close' }, body: { id: '5' } }))
  const client = connect(baseUrl)
  await client.call(getContact, { id: '5' }) // from here on the network is loaded, and no connection is open
  const cancelling = new AbortController()
  const call = failureOf(client.call(createTicket, ticket, { signal: cancelling.signal }))
  for (let turns = 0; turns < 50; turns++) await Promise.resolve()
  cancelling.abort()
  expect(await call).toMatchObject({ code: 'cancelled', outcome: 'not_sent' })
  await client.call(getContact, { id: '6' })
  expect(arrived.map(({ path }) => path)).toEqual(['/contacts/5', '/contacts/6'])
})

test('a write whose two times are up at once leaves the line once', async () => {
  const { baseUrl, arrived } = await serve(async (_, count) => {
    if (count === 1) await new Promise((resolve) => setTimeout(resolve, 400))
    return { body: { id: '5' } }
  })
  const client = connect(baseUrl, { limits: { connections: 1 } })
  const first = client.call(getContact, { id: '1' })
  while (arrived.length === 0) await new Promise((resolve) => setImmediate(resolve))
  const write = failureOf(client.call(updateContact, { id: '2', name: 'Ada' }, { deadlineMs: 50 }))
  const last = client.call(getContact, { id: '3' })
  for (const until = Date.now() + 100; Date.now() < until; ); // so busy that both are found to be over together
  expect(await write).toMatchObject({ code: 'timeout', outcome: 'not_sent' })
  expect(await Promise.all([first, last])).toEqual([{ id: '5' }, { id: '5' }])
  expect(arrived.map(({ path }) => path)).toEqual(['/contacts/1', '/contacts/3'])
})

test('only the first end counts', () => {
  const ending = new Ending()
  const heard: string[] = []
  ending.watch((reason) => heard.push(reason))
  const { signal } = ending
  ending.end('timeout')
  ending.end('cancelled')
  ending.watch((reason) => heard.push(`late: ${reason}`))
  expect([ending.reason, heard, signal.reason, ending.signal]).toEqual(['timeout', ['timeout', 'late: timeout'], 'timeout', signal])
})

test('a signal that is asked for after the end has ended', () => {
  const ending = new Ending()
  ending.end('cancelled')
  expect([ending.signal.aborted, ending.signal.reason]).toEqual([true, 'cancelled'])
})
