import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { scrollCompanies } from '../../src/contract/companies.ts'
import { getContact, searchContacts } from '../../src/contract/contacts.ts'
import { createDataExport } from '../../src/contract/data-export.ts'
import { createTicket } from '../../src/contract/tickets.ts'
import { rateLimitedNeverRan } from '../../src/client/retry.ts'
import { connect, errorList, failureOf, serve, serveSockets, stillTime } from './servers.ts'
import { attempts } from '../hardening/sockets.ts'

const contact = { type: 'contact', id: '5' }
const ticket = { ticket_type_id: '1', contacts: [{ id: '2' }] }
/** For a write of which nothing shows, so that it is not looked for either. */
const span = { created_at_after: 0, created_at_before: 1 }
const query = { field: 'email', operator: '=', value: 'ada@example.com' } as const
const answerTo = (text: string) => `HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\n\r\n${text}`

test.each([408, 500, 502, 503, 504])('a read is sent again after a %i, three times in all', async (status) => {
  const { baseUrl, arrived } = await serve(() => ({ status, body: '<html>' }))
  const time = stillTime()
  const failure = await failureOf(connect(baseUrl, time).call(getContact, { id: '5' }))
  expect(failure).toMatchObject({ code: 'unavailable', outcome: 'not_committed', status })
  expect(arrived).toHaveLength(3)
  expect(time.slept).toEqual([250, 500]) // random() is 1: the full backoff
})

test('backoff has full jitter', async () => {
  const { baseUrl } = await serve(() => ({ status: 500 }))
  const time = stillTime()
  await failureOf(connect(baseUrl, { ...time, random: () => 0.1 }).call(getContact, { id: '5' }))
  expect(time.slept).toEqual([25, 50])
})

test('a search is a read, though it is a POST', async () => {
  const { baseUrl, arrived } = await serve((_, count) => (count < 3 ? { status: 503 } : { body: { type: 'list', data: [] } }))
  expect(await connect(baseUrl, stillTime()).call(searchContacts, { query })).toEqual({ type: 'list', data: [] })
  expect(arrived.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST'])
})

test.each([408, 500, 502, 503, 504])('a page of a scroll is not asked for again after a %i: the scroll may have moved on', async (status) => {
  const { baseUrl, arrived } = await serve(() => ({ status }))
  const failure = await failureOf(connect(baseUrl, stillTime()).call(scrollCompanies, { scroll_param: 's-1' }))
  expect(failure).toMatchObject({ code: 'unavailable', outcome: 'unknown', advice: expect.stringMatching(/without this page.*begin anew/) })
  expect(arrived).toHaveLength(1)
})

test.each([408, 500, 502, 503, 504])('a write is never sent again after a %i', async (status) => {
  const { baseUrl, arrived } = await serve(() => ({ status }))
  const failure = await failureOf(connect(baseUrl, stillTime()).call(createDataExport, span))
  expect(failure).toMatchObject({ code: 'unavailable', outcome: 'unknown', advice: expect.stringContaining('could happen twice') })
  expect(arrived).toHaveLength(1)
})

test.each([400, 401, 403, 404, 409, 422])('a %i is final', async (status) => {
  const { baseUrl, arrived } = await serve(() => ({ status }))
  await failureOf(connect(baseUrl, stillTime()).call(getContact, { id: '5' }))
  expect(arrived).toHaveLength(1)
})

test('a 503 is waited out as long as it says, if there is time', async () => {
  const { baseUrl, arrived } = await serve((_, count) => (count === 1 ? { status: 503, headers: { 'retry-after': '7' } } : { body: contact }))
  const time = stillTime()
  await connect(baseUrl, time).call(getContact, { id: '5' })
  expect(time.slept).toEqual([7000])
  const late = connect(baseUrl, { ...time, limits: { deadlineMs: 5000 } })
  arrived.length = 0
  expect(await failureOf(late.call(getContact, { id: '5' }))).toMatchObject({ code: 'unavailable', retryAt: time.now() + 7000 })
})

test('a connection reset after the request: a read is sent again, a write is not', async () => {
  const { baseUrl, connections } = await serveSockets((socket) => socket.once('data', () => socket.resetAndDestroy()))
  const client = connect(baseUrl, stillTime())
  expect(await failureOf(client.call(getContact, { id: '5' }))).toMatchObject({ code: 'unavailable', outcome: 'not_committed' })
  expect(connections()).toBe(3)
  expect(await failureOf(client.call(createDataExport, span))).toMatchObject({ code: 'unavailable', outcome: 'unknown' })
  expect(connections()).toBe(4)
})

test('a connection closed between the headers and the body leaves a write unknown', async () => {
  const { baseUrl } = await serveSockets((socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n')))
  expect(await failureOf(connect(baseUrl, stillTime()).call(createTicket, ticket))).toMatchObject({ code: 'bad_answer', outcome: 'unknown' })
})

test('what cannot have been sent is sent again, even a write', async () => {
  const server = createServer((socket) => socket.once('data', () => socket.end(answerTo('{"id":"9"}'))))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  await new Promise((resolve) => server.close(resolve))
  const { now, sleep } = stillTime()
  let waits = 0
  const opening = async (ms: number, signal: AbortSignal) => {
    if (++waits === 1) await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    await sleep(ms, signal)
  }
  const client = connect(`http://127.0.0.1:${port}`, { now, sleep: opening })
  expect(await client.call(createTicket, ticket)).toEqual({ id: '9' })
  await new Promise((resolve) => server.close(resolve))
  const failure = await failureOf(client.call(createTicket, ticket))
  expect(failure).toMatchObject({ code: 'unreachable', outcome: 'not_sent', advice: expect.stringMatching(/ECONNREFUSED.*Nothing was sent/) })
  expect(waits).toBe(3)
})

test.each([
  ['a host that does not exist', 'http://nowhere.invalid', /ENOTFOUND|EAI_AGAIN/],
  ['a port that speaks no TLS', 'https', /E/],
])('%s is unreachable, and nothing was sent', async (_, url, code) => {
  const plain = await serve(() => ({ body: contact }))
  const elsewhere = await attempts(async () => {
    const failure = await failureOf(connect(url === 'https' ? plain.baseUrl.replace('http', 'https') : url, stillTime()).call(createTicket, ticket))
    expect(failure).toMatchObject({ code: 'unreachable', outcome: 'not_sent', note: expect.stringMatching(code) })
  })
  expect(new Set(elsewhere.map(({ at }) => at))).toEqual(new Set(url === 'https' ? [] : ['nowhere.invalid:80']))
  expect(plain.arrived).toEqual([])
})

test('when nearly everything fails, hardly anything is repeated', async () => {
  const { baseUrl, arrived } = await serve(() => ({ status: 500 }))
  const client = connect(baseUrl, stillTime())
  for (let id = 0; id < 50; id++) await failureOf(client.call(getContact, { id: String(id) }))
  expect(arrived).toHaveLength(50 + 10 + 4) // ten in stock, and one more for every ten calls: four were earned in full
})

test('a write that was rate limited never ran, so it is sent again', async () => {
  expect(rateLimitedNeverRan).toBe(true)
  const { baseUrl, arrived } = await serve((_, count) => (count === 1 ? { status: 429 } : { body: { id: '9' } }))
  expect(await connect(baseUrl, stillTime()).call(createTicket, ticket)).toEqual({ id: '9' })
  expect(arrived.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /tickets', 'POST /tickets'])
})

test.each([200, 400, 500, 503])('under a %i, a word about the rate limit gets no write sent again', async (status) => {
  const { baseUrl, arrived } = await serve(() => ({ status, body: errorList('rate_limit_exceeded', 'too many') }))
  const failure = await failureOf(connect(baseUrl, stillTime()).call(createDataExport, span))
  expect(failure).toMatchObject({ outcome: status >= 500 ? 'unknown' : 'rejected' })
  expect(arrived).toHaveLength(1)
})

test('what is in stock is repeated to the last', async () => {
  const { baseUrl, arrived } = await serve(() => ({ status: 500 }))
  await failureOf(connect(baseUrl, { ...stillTime(), limits: { attempts: 20, deadlineMs: 1e6 } }).call(getContact, { id: '5' }))
  expect(arrived).toHaveLength(1 + 10)
})

test('no pause is longer than five seconds', async () => {
  const { baseUrl } = await serve(() => ({ status: 500 }))
  const time = stillTime()
  await failureOf(connect(baseUrl, { ...time, limits: { attempts: 8, deadlineMs: 1e6 } }).call(getContact, { id: '5' }))
  expect(time.slept).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000])
})
