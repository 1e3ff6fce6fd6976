import { expect, test } from 'vitest'
import { getContact } from '../../src/contract/contacts.ts'
import { createDataExport } from '../../src/contract/data-export.ts'
import { createTicket } from '../../src/contract/tickets.ts'
import { connect, errorList, failureOf, serve, stillTime } from './servers.ts'

const contact = { type: 'contact', id: '5' }
const ticket = { ticket_type_id: '1', contacts: [{ id: '2' }] }
const seconds = (ms: number) => String(Math.floor(ms / 1000))
const dateOf = (ms: number) => new Date(ms).toUTCString()
const refusal = { status: 429, body: errorList('rate_limit_exceeded', 'Exceeded rate limit of 83 in 10_seconds') }

type Headers = (now: number) => Record<string, string>
const cases: [string, Headers, number[]][] = [
  ['no header', () => ({}), [1000]],
  ['Retry-After in seconds', () => ({ 'retry-after': '3' }), [3000]],
  ['Retry-After as a date', (now) => ({ date: dateOf(now), 'retry-after': dateOf(now + 4000) }), [4000]],
  ['Retry-After of 0', () => ({ 'retry-after': '0' }), [1000]],
  ['a negative Retry-After', () => ({ 'retry-after': '-5' }), [1000]],
  ['Retry-After of thirty years', () => ({ 'retry-after': '1000000000' }), [1000]],
  ['Retry-After that is no time', () => ({ 'retry-after': 'soon' }), [1000]],
  ['a reset to come', (now) => ({ date: dateOf(now), 'x-ratelimit-reset': seconds(now + 6000) }), [6000]],
  ['a reset of a clock an hour ahead', (now) => ({ date: dateOf(now + 3.6e6), 'x-ratelimit-reset': seconds(now + 3.6e6 + 6000) }), [6000]],
  ['a reset of a clock an hour behind', (now) => ({ date: dateOf(now - 3.6e6), 'x-ratelimit-reset': seconds(now - 3.6e6 + 6000) }), [6000]],
  ['a reset in the past', (now) => ({ date: dateOf(now), 'x-ratelimit-reset': seconds(now - 10_000) }), [1000]],
  ['a reset that is now', (now) => ({ date: dateOf(now), 'x-ratelimit-reset': seconds(now) }), [1000]],
  ['a reset a day off', (now) => ({ date: dateOf(now), 'x-ratelimit-reset': seconds(now + 8.64e7) }), [1000]],
  ['a reset that is no number', () => ({ 'x-ratelimit-reset': 'NaN' }), [1000]],
  ['both: the pause it asks for', (now) => ({ date: dateOf(now), 'retry-after': '2', 'x-ratelimit-reset': seconds(now + 9000) }), [2000]],
]

test.each(cases)('a 429 with %s is waited out and sent again', async (_, headers, slept) => {
  const time = stillTime()
  const { baseUrl, arrived } = await serve((__, count) => (count === 1 ? { ...refusal, headers: headers(time.now()) } : { body: contact }))
  expect(await connect(baseUrl, time).call(getContact, { id: '5' })).toEqual(contact)
  expect(time.slept).toEqual(slept)
  expect(arrived).toHaveLength(2)
})

test('a 429 about a job that is still running is told at once, and holds up nobody', async () => {
  const time = stillTime()
  const { baseUrl, arrived } = await serve((_, count) =>
    count === 1 ? { status: 429, body: errorList('rate_limit_exceeded', 'Exceeded rate limit of 1 pending message data export jobs') } : { body: contact })
  const client = connect(baseUrl, time)
  const failure = await failureOf(client.call(createDataExport, { created_at_after: 0, created_at_before: 1 }))
  expect(failure).toMatchObject({ code: 'rejected', outcome: 'rejected', advice: expect.stringMatching(/1 pending message data export jobs". Call again when what runs has ended/) as string })
  await client.call(getContact, { id: '5' })
  expect([arrived.length, time.slept]).toEqual([2, []])
})

test('refusals that tell no time are waited out ever longer, and not for ever', async () => {
  const { baseUrl, arrived } = await serve(() => refusal)
  const time = stillTime()
  expect(await failureOf(connect(baseUrl, time).call(createTicket, ticket))).toMatchObject({ code: 'rate_limited', outcome: 'rejected' })
  expect(time.slept).toEqual([1000, 2000])
  expect(arrived).toHaveLength(3)
})

test('without time left, the failure says when to come back, for everyone', async () => {
  const time = stillTime()
  const { baseUrl, arrived } = await serve(() => ({ ...refusal, headers: { 'retry-after': '50' } }))
  const client = connect(baseUrl, time)
  const retryAt = time.now() + 50_000
  expect(await failureOf(client.call(createTicket, ticket))).toMatchObject({ code: 'rate_limited', outcome: 'rejected', retryAt, advice: expect.stringContaining('after 00:00:50 UTC') })
  expect(await failureOf(client.call(getContact, { id: '5' }))).toMatchObject({ code: 'rate_limited', outcome: 'not_sent', retryAt })
  expect(arrived).toHaveLength(1)
})

/** A workspace's limiter: `limit` requests in each window of ten seconds. */
const limiter = (time: ReturnType<typeof stillTime>, limit: number) => {
  const used = new Map<number, number>()
  return () => {
    const window = Math.floor(time.now() / 10_000)
    const left = limit - (used.get(window) ?? 0)
    const headers = { date: dateOf(time.now()), 'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': String(Math.max(0, left - 1)), 'x-ratelimit-reset': String((window + 1) * 10) }
    if (left <= 0) return { ...refusal, headers }
    used.set(window, limit - left + 1)
    return { headers, body: contact }
  }
}

test('a budget is spent to the end and no further, whatever is asked at once', async () => {
  const time = stillTime()
  const { baseUrl, arrived } = await serve(limiter(time, 20))
  const client = connect(baseUrl, { ...time, limits: { connections: 4 } })
  const ids = Array.from({ length: 50 }, (_, index) => String(index))
  await Promise.all(ids.map((id) => client.call(getContact, { id })))
  expect(arrived).toHaveLength(50) // none was refused
})

test('what is left is spread evenly, first come first served', async () => {
  const time = stillTime()
  const { baseUrl, arrived } = await serve(limiter(time, 30))
  const client = connect(baseUrl, { ...time, limits: { connections: 1 } })
  const ids = Array.from({ length: 30 }, (_, index) => String(index))
  await Promise.all(ids.map((id) => client.call(getContact, { id })))
  expect(arrived.map(({ path }) => path.split('/')[2])).toEqual(ids)
  expect(time.slept).toEqual([2500, 2667, 2500]) // 27 at once, ten seconds for the rest; the server's clock has no half seconds
})

test.each<[string, Record<string, string>]>([
  ['no headers', {}],
  ['a reset in the past', { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }],
  ['a reset a year off', { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '99999999999' }],
  ['words for numbers', { 'x-ratelimit-limit': 'many', 'x-ratelimit-remaining': 'NaN', 'x-ratelimit-reset': 'soon' }],
  ['a negative rest', { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '-1', 'x-ratelimit-reset': '99999999999' }],
])('nobody waits for %s', async (_, headers) => {
  const { baseUrl } = await serve(() => ({ headers, body: contact }))
  const time = stillTime()
  const client = connect(baseUrl, time)
  for (let id = 0; id < 5; id++) await client.call(getContact, { id: String(id) })
  expect(time.slept).toEqual([])
})

test('how many are left is told while they are few, and only in that window', async () => {
  const time = stillTime()
  const { baseUrl } = await serve(limiter(time, 20))
  const client = connect(baseUrl, time)
  expect(client.left()).toBeUndefined()
  for (let id = 0; id < 18; id++) await client.call(getContact, { id: String(id) })
  expect(client.left()).toBe(2)
  await time.sleep(10_000, new AbortController().signal)
  expect(client.left()).toBeUndefined()
})

test('no more requests at once than allowed, in the order asked', async () => {
  let open = 0
  let most = 0
  const { baseUrl, arrived } = await serve(async () => {
    most = Math.max(most, ++open)
    await new Promise((resolve) => setTimeout(resolve, 5))
    open -= 1
    return { body: contact }
  })
  const client = connect(baseUrl, { limits: { connections: 2 } })
  const ids = Array.from({ length: 12 }, (_, index) => String(index))
  await Promise.all(ids.map((id) => client.call(getContact, { id })))
  expect(most).toBe(2)
  expect(arrived.map(({ path }) => Number(path.split('/')[2]) >> 1)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
})

test('a caller who leaves the line is not sent and lets the others pass', async () => {
  const { baseUrl, arrived } = await serve((_, __, response) => {
    setTimeout(() => response.writeHead(200).end(JSON.stringify(contact)), 30)
    return undefined
  })
  const client = connect(baseUrl, { limits: { connections: 1 } })
  const leaving = new AbortController()
  const first = client.call(getContact, { id: '1' })
  const second = failureOf(client.call(getContact, { id: '2' }, { signal: leaving.signal }))
  const third = client.call(getContact, { id: '3' })
  leaving.abort()
  expect(await second).toMatchObject({ code: 'cancelled', outcome: 'not_sent' })
  await Promise.all([first, third])
  expect(arrived.map(({ path }) => path)).toEqual(['/contacts/1', '/contacts/3'])
})

test('a clock that is set back stops nobody', async () => {
  const { baseUrl } = await serve((_, count) => (count === 1 ? { status: 429 } : { body: { type: 'contact', id: '5' } }))
  const time = stillTime()
  const client = connect(baseUrl, { ...time, limits: { attempts: 1 } })
  await failureOf(client.call(getContact, { id: '5' }))
  time.pass(-3_600_000)
  expect(await client.call(getContact, { id: '5' })).toMatchObject({ id: '5' })
  expect(time.slept).toEqual([])
})
