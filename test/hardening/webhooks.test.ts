import fc from 'fast-check'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { awayOf, Front, notification, seconds, secret, type Served, signed, type Watcher } from '../server/webhooks-front.ts'
import { seed } from './bytes.ts'
import { cases, tally } from './figures.ts'

const forgeries = tally('A webhook that the app did not sign, byte for byte, is refused and tells nobody (forgeries)')
const replays = tally('A webhook that comes again tells nobody, however late and in whatever order (replays)')
const orders = tally('Webhooks in any order, repeated, and wrong in what they say: what is read afterwards is the truth (permutations)')

const front = new Front()
const [uri, last] = ['intercom://contacts/5', 'intercom://companies/last']
let server: Served
let watcher: Watcher
beforeAll(async () => {
  server = await front.serve(['--log-level', 'error'])
  watcher = await server.watch('2026-07-28', [uri, last])
})
afterAll(async () => {
  await watcher.close()
  await front.end()
})

/** How a failed case is told: with what makes it happen again. */
const told = ({ counterexample, errorInstance }: { readonly counterexample: unknown; readonly errorInstance: unknown }): string => `FUZZ_SEED=${seed}: ${JSON.stringify(counterexample)} ${String(errorInstance)}`

const contact = (own: object = {}) => notification('contact.user.updated', { type: 'contact', id: '5', name: 'Ada' }, own)

/** Whoever takes notifications, and what they were told. */
interface Receiver {
  readonly post: (body: string | Buffer, signature: string | null) => Promise<number>
  /** How often something was taken since it was asked last. */
  readonly taken: () => Promise<number>
}

const ours: Receiver = {
  post: (body, signature) => server.post(body, signature),
  taken: async () => {
    await server.post(notification('company.updated', { type: 'company', id: 'last' }))
    await expect.poll(() => watcher.heard).toContain(last) // so all before it were dealt with
    return watcher.heard.splice(0).length - 1
  },
}

/** A receiver as many are written. */
const naive = async (isSigned: (body: string, signature: string) => boolean): Promise<Receiver & { readonly end: () => void }> => {
  let count = 0
  const answer = async (asked: IncomingMessage, answering: ServerResponse): Promise<void> => {
    const body = Buffer.concat(await asked.toArray()).toString()
    const genuine = isSigned(body, asked.headers['x-hub-signature']?.toString() ?? '')
    if (genuine) count += 1
    answering.writeHead(genuine ? 200 : 401).end()
  }
  const listener = createServer((asked, answering) => void answer(asked, answering)).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo // it listens on a port
  const post: Receiver['post'] = async (body, signature) => {
    const asked = request({ port, host: '127.0.0.1', method: 'POST', headers: { ...(signature !== null && { 'x-hub-signature': signature }) } })
    asked.end(body)
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    response.resume()
    return response.statusCode!
  }
  return { post, taken: async () => count - (count = 0), end: () => listener.close() }
}

interface Forgery {
  readonly body: string | Buffer
  readonly signature: string | null
}

const changed = (text: string, at: number): string => {
  const place = at % text.length
  return `${text.slice(0, place)}${text[place] === '0' ? '1' : '0'}${text.slice(place + 1)}`
}

/** Each makes something of a signed notification that nobody signed. */
const forging: Readonly<Record<string, (body: string, at: number) => Forgery>> = {
  'a byte of it changed': (body, at) => ({ body: changed(body, at), signature: signed(body) }),
  'cut short': (body, at) => ({ body: body.slice(0, at % body.length), signature: signed(body) }),
  'bytes after it': (body, at) => ({ body: body + ' '.repeat(1 + (at % 9)), signature: signed(body) }),
  'written in another way': (body, at) => ({ body: JSON.stringify(JSON.parse(body), null, 1 + (at % 4)), signature: signed(body) }),
  'a digit of the signature changed': (body, at) => ({ body, signature: `sha1=${changed(signed(body).slice(5), at)}` }),
  'signed by another': (body, at) => ({ body, signature: signed(body, `${secret}${at}`) }),
  'signed by nobody': (body, at) => ({ body, signature: [null, '', 'sha1=', 'sha1', 'sha1=null'][at % 5]! }),
  'signed in another way': (body, at) => {
    const [algorithm, name] = ([['sha256', 'sha256'], ['md5', 'md5'], ['sha1', 'sha256'], ['sha256', 'sha1'], ['sha1', 'SHA1']] as const)[at % 5]!
    return { body, signature: `${name}=${createHmac(algorithm, secret).update(body).digest('hex')}` }
  },
  'signed for another': (body) => ({ body, signature: signed(contact()) }),
}

const kinds = Object.keys(forging)

/** Throws unless what is forged is refused. */
const refuses = ({ post, taken }: Receiver, numRuns: number, count: <T>(work: () => Promise<T>) => Promise<T> = (work) => work()) =>
  fc.check(
    fc.asyncProperty(fc.constantFrom(...kinds), fc.nat(10_000), (kind, at) =>
      count(async () => {
        const { body, signature } = forging[kind]!(contact(), at)
        const status = await post(body, signature)
        if (status !== 401) throw new Error(`${kind}: answered ${status}`)
        if (at % 10 === 0 && (await taken()) > 0) throw new Error(`${kind}: taken`)
      })),
    { seed, numRuns },
  )

test('what is forged is refused', { timeout: 600_000 }, async () => {
  expect(await ours.post(contact(), signed(contact()))).toBe(401) // two notifications, each of its own
  const genuine = contact()
  expect(await ours.post(genuine, signed(genuine))).toBe(200)
  expect(await ours.taken()).toBe(1)
  const outcome = await refuses(ours, cases(200, 2_000), forgeries.during)
  expect(outcome.failed, told(outcome)).toBe(false)
  expect(await ours.taken()).toBe(0)
})

test('and a receiver that signs what it parsed, one that compares a part, and one that does not look, would be seen', async () => {
  const careless = {
    'signs what it parsed': (body: string, signature: string) => isJson(body) && signature === signed(JSON.stringify(JSON.parse(body))),
    'compares as much as there is': (body: string, signature: string) => signed(body).startsWith(signature),
    'does not look': () => true,
  }
  for (const [how, isSigned] of Object.entries(careless)) {
    const receiver = await naive(isSigned)
    expect((await refuses(receiver, 200)).failed, how).toBe(true)
    receiver.end()
  }
})

const isJson = (text: string): boolean => {
  try {
    return JSON.parse(text) !== undefined
  } catch {
    return false
  }
}

const hour = 3_600

/** Posts notifications that are fresh, some of them again, and old ones. Throws unless each fresh one is taken once. */
const takesOnce = async ({ post, taken }: Receiver, ages: readonly number[], order: readonly number[]): Promise<void> => {
  const bodies = ages.map((age) => contact({ created_at: seconds() - age * hour }))
  for (const place of order) {
    const body = bodies[place % bodies.length]!
    const status = await post(body, signed(body))
    if (status !== 200) throw new Error(`answered ${status}`)
  }
  const came = new Set(order.map((place) => place % bodies.length))
  const fresh = ages.filter((age, index) => Math.abs(age) < 12 && came.has(index)).length
  const count = await taken()
  if (count !== fresh) throw new Error(`${count} taken of ${fresh}`)
}

const posts = fc.tuple(fc.array(fc.constantFrom(-11, 0, 1, 11, 13, 100, 10_000), { minLength: 1, maxLength: 4 }), fc.array(fc.nat(3), { minLength: 1, maxLength: 10 }))

test('what comes again is not taken again', { timeout: 600_000 }, async () => {
  await ours.taken()
  const outcome = await fc.check(fc.asyncProperty(posts, ([ages, order]) => replays.during(() => takesOnce(ours, ages, order))), { seed, numRuns: cases(60, 1_000) })
  expect(outcome.failed, told(outcome)).toBe(false)
})

test('and a receiver without a memory would be seen', async () => {
  const receiver = await naive((body, signature) => signature === signed(body))
  expect((await fc.check(fc.asyncProperty(posts, ([ages, order]) => takesOnce(receiver, ages, order)), { seed, numRuns: 60 })).failed).toBe(true)
  receiver.end()
})

/** Changes an admin behind the server's back, and tells it in this order. Throws unless it then says how things are. */
const converges = async (id: string, away: boolean, sayings: readonly boolean[], tell: (body: string) => Promise<unknown>): Promise<void> => {
  await front.api('PUT', `/admins/${id}/away`, { away_mode_enabled: !away, away_mode_reassign: false })
  await tell(notification('admin.away_mode_updated', { type: 'admin', id }))
  if ((await awayOf(watcher, id)) === away) throw new Error('it did not even know how things were before')
  await front.api('PUT', `/admins/${id}/away`, { away_mode_enabled: away, away_mode_reassign: false })
  const bodies = sayings.map((said) => notification('admin.away_mode_updated', { type: 'admin', id, away_mode_enabled: said }))
  for (const body of [...bodies, ...bodies.slice(0, 2), contact()]) await tell(body)
  if ((await awayOf(watcher, id)) !== away) throw new Error(`it still says ${!away}`)
}

const sayings = fc.array(fc.boolean(), { minLength: 1, maxLength: 5 })

test('whatever is told in whatever order, what is read is the truth', { timeout: 900_000 }, async () => {
  const { id } = await front.api<{ id: string }>('GET', '/me')
  const property = fc.asyncProperty(fc.boolean(), sayings, (away, said) => orders.during(() => converges(id, away, said, (body) => server.post(body))))
  const outcome = await fc.check(property, { seed, numRuns: cases(40, 1_000) })
  expect(outcome.failed, told(outcome)).toBe(false)
})

test('and a server that is told nothing of it would be seen', async () => {
  const { id } = await front.api<{ id: string }>('GET', '/me')
  const once = async (body: string) => (body.includes('away_mode_enabled') || body.includes('"contact"') ? undefined : server.post(body))
  await expect(converges(id, true, [true, false], once)).rejects.toThrow('it still says false')
})
