import { expect, test } from 'vitest'
import { createClient } from '../../src/client/client.ts'
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
  ['a reset a minute off', (now) => ({ date: dateOf(now), 'x-ratelimit-reset': seconds(now + 60_000) }), [60_000]],
  ['a reset just further off', (now) => ({ date: dateOf(now), 'x-ratelimit-reset': seconds(now + 61_000) }), [1000]],
  ['Retry-After of an hour: asked again in a minute', () => ({ 'retry-after': '3600' }), [60_000]],
  ['Retry-After of more than an hour', () => ({ 'retry-after': '3601' }), [1000]],
  ['Retry-After between blanks', () => ({ 'retry-after': '\t3 ' }), [3000]],
  ['Retry-After of part of a second', () => ({ 'retry-after': '1.5' }), [1000]],
  ['a reset a day off', (now) => ({ date: dateOf(now), 'x-ratelimit-reset': seconds(now + 8.64e7) }), [1000]],
  ['a reset that is no number', () => ({ 'x-ratelimit-reset': 'NaN' }), [1000]],
  ['both: the pause it asks for', (now) => ({ date: dateOf(now), 'retry-after': '2', 'x-ratelimit-reset': seconds(now + 9000) }), [2000]],
]

test.each(cases)('a 429 with %s is waited out and sent again', async (_, headers, slept) => {
  const time = stillTime()
  const { baseUrl, arrived } = await serve((__, count) => (count === 1 ? { ...refusal, headers: headers(time.now()) } : { body: contact }))
  expect(await connect(baseUrl, { ...time, limits: { deadlineMs: 7.2e6 } }).call(getContact, { id: '5' })).toEqual(contact)
  expect(time.slept).toEqual(slept)
  expect(arrived).toHaveLength(2)
})

test('a reset is read by our own clock where theirs is not told', async () => {
  const time = stillTime()
  const answers = [new Response('{}', { status: 429, headers: { 'x-ratelimit-reset': seconds(time.now() + 6000) } }), Response.json(contact)]
  const client = createClient({ upstream: { baseUrl: 'http://workspace', token: 't', fetch: async () => answers.shift()! }, ...time })
  expect(await client.call(getContact, { id: '5' })).toEqual(contact)
  expect(time.slept).toEqual([6000])
})

test('a 429 about a job that is still running is told at once, and holds up nobody', async () => {
  const time = stillTime()
  const { baseUrl, arrived } = await serve((_, count) =>
    count === 1 ? { status: 429, body: errorList('rate_limit_exceeded', 'Exceeded rate limit of 12 pending message data export jobs') } : { body: contact })
  const client = connect(baseUrl, time)
  const failure = await failureOf(client.call(createDataExport, { created_at_after: 0, created_at_before: 1 }))
  expect(failure).toMatchObject({ code: 'rejected', outcome: 'rejected', advice: expect.stringMatching(/12 pending message data export jobs". Call again when what runs has ended/) as string })
  await client.call(getContact, { id: '5' })
  expect([arrived.length, time.slept]).toEqual([2, []])
})

test('a fault is a fault, whatever it says of jobs', async () => {
  const { baseUrl } = await serve(() => ({ status: 500, body: errorList('server_error', 'Exceeded rate limit of 1 pending jobs') }))
  expect(await failureOf(connect(baseUrl).call(createTicket, ticket))).toMatchObject({ code: 'unavailable', outcome: 'unknown' })
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

/** Headers of a window: how many of a hundred are left, and for how many seconds. */
const told = (now: number, left: number, forSeconds?: number) => ({
  date: dateOf(now),
  'x-ratelimit-limit': '100',
  'x-ratelimit-remaining': String(left),
  ...(forSeconds !== undefined && { 'x-ratelimit-reset': seconds(now + forSeconds * 1000) }),
})

/** A server whose answers are let go one by one, each with headers of its own. */
const answeredByHand = async () => {
  const waiting = new Map<string, (answer: { status?: number; headers: Record<string, string> }) => void>()
  const { baseUrl, arrived } = await serve(async ({ path }) => {
    const answer = await new Promise<{ status?: number; headers: Record<string, string> }>((resolve) => waiting.set(path.split('/')[2]!, resolve))
    return { body: contact, ...answer }
  })
  const came = async (id: string) => {
    while (!waiting.has(id)) await new Promise((resolve) => setImmediate(resolve))
    return waiting.get(id)!
  }
  return { baseUrl, arrived, came }
}

test('what is under way or in line is no longer left', async () => {
  const time = stillTime()
  const { baseUrl, came } = await answeredByHand()
  const client = connect(baseUrl, { ...time, limits: { connections: 1 } })
  const call = (id: string) => client.call(getContact, { id })
  const first = call('1')
  ;(await came('1'))({ headers: told(time.now(), 5, 10) })
  await first
  expect(client.left()).toBe(5)
  const second = call('2')
  const answer = await came('2')
  expect(client.left()).toBe(4)
  const others = [call('3'), call('4')]
  expect(client.left()).toBe(2)
  answer({ headers: told(time.now(), 4, 10) })
  for (const id of ['3', '4']) (await came(id))({ headers: told(time.now(), 3, 10) })
  await Promise.all([second, ...others])
})

test('what is under way elsewhere is not taken for left', async () => {
  const time = stillTime()
  const { baseUrl, came } = await answeredByHand()
  const client = connect(baseUrl, time)
  const calls = ['1', '2', '3', '4'].map((id) => client.call(getContact, { id }))
  await came('4')
  ;(await came('1'))({ headers: told(time.now(), 12, 10) })
  await calls[0]
  expect(client.left()).toBe(9)
  for (const id of ['2', '3', '4']) (await came(id))({ headers: told(time.now(), 2, 10) })
  await Promise.all(calls)
  expect(client.left()).toBe(2)
})

test.each<[string, (now: number) => Record<string, string>, number | undefined]>([
  ['with plenty left opens a new window', (now) => told(now, 99, 15), undefined],
  ['with plenty left of a window that is over tells nothing', (now) => told(now, 99, 5), 4],
  ['with little left of a window that is over tells nothing', (now) => told(now, 0, 5), 4],
  ['of a second earlier is of the same window', (now) => told(now, 3, 9), 3],
  ['without a reset tells nothing', (now) => told(now, 1), 4],
  ['without a limit tells nothing', (now) => ({ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': seconds(now + 10_000) }), 4],
  ['with a rest that is no number tells nothing', (now) => ({ ...told(now, 0, 10), 'x-ratelimit-remaining': 'x5' }), 4],
  ['with a rest in words tells nothing', (now) => ({ ...told(now, 0, 10), 'x-ratelimit-remaining': '5 left' }), 4],
  ['without a rest tells nothing', (now) => ({ 'x-ratelimit-limit': '100', 'x-ratelimit-reset': seconds(now + 10_000) }), 4],
])('an answer %s', async (_, headers, left) => {
  const time = stillTime()
  const { baseUrl, came } = await answeredByHand()
  const client = connect(baseUrl, time)
  const calls = ['1', '2'].map((id) => client.call(getContact, { id }))
  await came('2')
  ;(await came('1'))({ headers: told(time.now(), 5, 10) })
  await calls[0]
  expect(client.left()).toBe(4)
  ;(await came('2'))({ headers: headers(time.now()) })
  await calls[1]
  expect(client.left()).toBe(left)
})

test('a tenth of a window is little, and more is plenty', async () => {
  const time = stillTime()
  const { baseUrl, came } = await answeredByHand()
  const client = connect(baseUrl, time)
  for (const [left, known] of [[11, undefined], [10, 10]] as const) {
    const call = client.call(getContact, { id: String(left) })
    ;(await came(String(left)))({ headers: told(time.now(), left, 10) })
    await call
    expect(client.left()).toBe(known)
  }
})

test('after a refusal, an answer to what was sent before opens the window no sooner', async () => {
  const time = stillTime()
  const { baseUrl, came } = await answeredByHand()
  const client = connect(baseUrl, { ...time, limits: { attempts: 1 } })
  const refused = failureOf(client.call(getContact, { id: '1' }))
  const sentBefore = client.call(getContact, { id: '2' })
  await came('2')
  ;(await came('1'))({ status: 429, headers: { 'retry-after': '20' } })
  await refused
  ;(await came('2'))({ headers: told(time.now(), 99, 25) })
  await sentBefore
  expect(client.left()).toBe(0)
  const after = client.call(getContact, { id: '3' })
  ;(await came('3'))({ headers: {} })
  await after
  expect(time.slept).toEqual([20_000])
})

test('a refusal that tells no time counts anew after an answer', async () => {
  const { baseUrl } = await serve((_, count) => (count === 2 ? { body: contact } : refusal))
  const time = stillTime()
  const client = connect(baseUrl, { ...time, limits: { attempts: 2 } })
  await client.call(getContact, { id: '5' })
  await failureOf(client.call(getContact, { id: '5' }))
  expect(time.slept).toEqual([1000, 1000])
})

test('a call that the window has room for is sent, though the window ends after its time', async () => {
  const time = stillTime()
  const { baseUrl, arrived } = await serve(() => ({ headers: told(time.now(), 4, 10), body: contact }))
  const client = connect(baseUrl, time)
  await client.call(getContact, { id: '1' })
  await client.call(getContact, { id: '2' }, { deadlineMs: 5000 })
  expect([arrived.length, time.slept]).toEqual([2, [2000]])
})

test('a call whose time is up when the window ends is refused at once', async () => {
  const time = stillTime()
  const { baseUrl, arrived } = await serve(() => ({ ...refusal, headers: { 'retry-after': '20' } }))
  const client = connect(baseUrl, { ...time, limits: { attempts: 1 } })
  await failureOf(client.call(getContact, { id: '5' }))
  expect(await failureOf(client.call(getContact, { id: '5' }, { deadlineMs: 20_000 }))).toMatchObject({ code: 'rate_limited', outcome: 'not_sent' })
  await failureOf(client.call(getContact, { id: '5' }, { deadlineMs: 20_001 }))
  expect(arrived).toHaveLength(2)
})

test('whoever was refused comes before those who asked later', async () => {
  const time = stillTime()
  const { baseUrl, arrived } = await serve((_, count) => (count === 1 ? { ...refusal, headers: { 'retry-after': '5' } } : { body: contact }))
  const client = connect(baseUrl, { ...time, limits: { connections: 1 } })
  const first = client.call(getContact, { id: '1' })
  while (arrived.length === 0) await new Promise((resolve) => setImmediate(resolve))
  while (client.left() === undefined) await new Promise((resolve) => setImmediate(resolve))
  const second = client.call(getContact, { id: '2' })
  await Promise.all([first, second])
  expect(arrived.map(({ path }) => path)).toEqual(['/contacts/1', '/contacts/1', '/contacts/2'])
})

test('an Intercom inside the process is asked no more at once than allowed', async () => {
  const open = new Set<string>()
  let most = 0
  const fetch = async ({ url }: Request) => {
    most = Math.max(most, open.add(url).size)
    await new Promise((resolve) => setImmediate(resolve))
    open.delete(url)
    return Response.json(contact)
  }
  const client = createClient({ upstream: { baseUrl: 'http://workspace', token: 't', fetch }, limits: { connections: 3 } })
  await Promise.all(Array.from({ length: 10 }, (_, id) => client.call(getContact, { id: String(id) })))
  expect(most).toBe(3)
})

test('a call cancelled before it starts takes no place in line', async () => {
  const { baseUrl, arrived, came } = await answeredByHand()
  const client = connect(baseUrl, { limits: { connections: 1 } })
  const first = client.call(getContact, { id: '1' })
  expect(await failureOf(client.call(getContact, { id: '2' }, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'cancelled', outcome: 'not_sent' })
  const third = client.call(getContact, { id: '3' })
  ;(await came('1'))({ headers: {} })
  ;(await came('3'))({ headers: {} })
  await Promise.all([first, third])
  expect(arrived.map(({ path }) => path)).toEqual(['/contacts/1', '/contacts/3'])
})

test('whoever watches is told how many wait for their turn', async () => {
  const answered: (() => void)[] = []
  const fetch = () => new Promise<Response>((resolve) => answered.push(() => resolve(Response.json(contact))))
  const client = createClient({ upstream: { baseUrl: 'http://workspace', token: 't', fetch }, limits: { connections: 1 } })
  const calls = ['1', '2', '3'].map((id) => client.call(getContact, { id }))
  await expect.poll(() => client.waiting()).toBe(2)
  for (let count = 1; count <= calls.length; count++) {
    await expect.poll(() => answered.length).toBe(count)
    answered.at(-1)!()
  }
  await Promise.all(calls)
  expect(client.waiting()).toBe(0)
})
