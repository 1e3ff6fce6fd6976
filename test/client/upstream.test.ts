import { execFileSync } from 'node:child_process'
import { expect, onTestFinished, test } from 'vitest'
import type { Call } from '../../src/client/call.ts'
import { anyone } from '../../src/client/caller.ts'
import { createClient, type LogEvent, regions } from '../../src/client/client.ts'
import { Ending } from '../../src/client/ending.ts'
import { Failure } from '../../src/client/failure.ts'
import { inProcess } from '../../src/client/in-process.ts'
import { defaults } from '../../src/client/limits.ts'
import { addressOf, headersFor } from '../../src/client/upstream.ts'
import { network, type Wire } from '../../src/client/wire.ts'
import { listAdmins } from '../../src/contract/admins.ts'
import { getContact, updateContact } from '../../src/contract/contacts.ts'
import { createTicket } from '../../src/contract/tickets.ts'
import { connect, errorList, failureOf, serve, serveSockets, stillTime } from './servers.ts'

const contact = { type: 'contact', id: '5' }
const json = (body: unknown, init?: ResponseInit) => new Response(JSON.stringify(body), init)

test('Intercom has three regions', () => {
  expect(regions).toEqual({ us: 'https://api.intercom.io', eu: 'https://api.eu.intercom.io', au: 'https://api.au.intercom.io' })
})

test.each(Object.values(regions))('%s is asked at that very address', async (baseUrl) => {
  const asked: string[] = []
  const client = createClient({ upstream: { baseUrl, token: 't', fetch: async ({ url }) => (asked.push(url), json(contact)) } })
  await client.call(getContact, { id: 'a/b?c' })
  expect(asked).toEqual([`${baseUrl}/contacts/a%2Fb%3Fc`])
})

test.each(['/intercom', '/intercom/', '/intercom//'])('an address may have a path before every path: %s', async (prefix) => {
  const { baseUrl, arrived } = await serve(() => ({ body: contact }))
  await connect(baseUrl + prefix).call(getContact, { id: '5' })
  expect(arrived[0]!.path).toBe('/intercom/contacts/5')
})

test.each(['', 'intercom.io', 'ftp://api.intercom.io', 'file:///etc', 'https://user:pass@api.intercom.io', 'https://api.intercom.io?x=1', 'https://api.intercom.io#x'])(
  'refuses %j as an address',
  (baseUrl) => expect(() => createClient({ upstream: { baseUrl, token: 't' } })).toThrow(Failure),
)

test.each(['', ' ', 'a b', 'a\r\nx: y', 'a\n', 'tokén', 'a\0'])('refuses %j as a token, without repeating it', (token) => {
  const make = () => createClient({ upstream: { baseUrl: regions.us, token } })
  expect(make).toThrow(/INTERCOM_ACCESS_TOKEN/)
  if (token.trim()) expect(make).not.toThrow(token)
})

test('an Intercom inside the process gets the same requests and needs no network', async () => {
  const asked: unknown[] = []
  const fetch = async (request: Request) => {
    asked.push([request.method, request.headers.get('authorization'), request.headers.get('intercom-version'), await request.json()])
    return json(contact)
  }
  const client = createClient({ upstream: { baseUrl: 'http://workspace', token: 't', fetch } })
  expect(await client.call(updateContact, { id: '5', name: 'Ada' })).toEqual(contact)
  expect(asked).toEqual([['PUT', 'Bearer t', '2.13', { name: 'Ada' }]])
})

test.each<[string, () => Promise<Response>, string]>([
  ['a redirect', async () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }), 'redirected'],
  ['an error list', async () => json(errorList('not_found', 'User Not Found'), { status: 404 }), 'not_found'],
  ['a web page', async () => new Response('<html>'), 'bad_answer'],
  ['too much', async () => new Response('x'.repeat(2000)), 'too_large'],
  ['a thrown error', () => Promise.reject(new Error('broken')), 'unavailable'],
  ['silence', () => new Promise(() => {}), 'timeout'],
])('%s inside the process is %3$s', async (_, fetch, code) => {
  const client = createClient({ upstream: { baseUrl: 'http://workspace', token: 't', fetch }, ...stillTime(), limits: { responseBytes: 1000 } })
  expect(await failureOf(client.call(getContact, { id: '5' }, { deadlineMs: 100 }))).toMatchObject({ code })
})

test('undici is not loaded without a network, nor before it is needed', () => {
  const script = `
    import { createClient } from './src/client/client.ts'
    import { getContact } from './src/contract/contacts.ts'
    const loaded = () => Object.keys(require.cache).some((file) => file.includes('/undici/'))
    import { createRequire } from 'node:module'
    const require = createRequire(import.meta.url)
    const upstream = { baseUrl: 'http://127.0.0.1:9', token: 't' }
    await createClient({ upstream: { ...upstream, fetch: async () => new Response('{"id":"5"}') } }).call(getContact, { id: '5' })
    const networked = createClient({ upstream, limits: { attempts: 1 } })
    const before = loaded()
    await networked.call(getContact, { id: '5' }).catch(() => {})
    console.log(before, loaded())
  `
  const output = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], { encoding: 'utf8', cwd: `${import.meta.dirname}/../..` })
  expect(output.trim()).toBe('false true')
})

test('the log tells every request, and nothing of what it was about', async () => {
  const told: Record<string, string> = { 'x-request-id': 'r1', 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '42' }
  const { baseUrl } = await serve((_, count) => (count === 1 ? { status: 500, headers: { 'x-request-id': 'ada@example.com' } } : { headers: told, body: { ...contact, email: 'ada@example.com' } }))
  const events: LogEvent[] = []
  await connect(baseUrl, { ...stillTime(), log: (event) => events.push(event) }).call(getContact, { id: '5ba682d23d7cf92bef87bfd4' })
  const [first, second] = events.map(({ at }) => at)
  const { host } = new URL(baseUrl)
  expect(first).toBe(stillTime().now())
  expect(events).toEqual([
    { operation: 'get_contact', effect: 'read', method: 'GET', route: 'GET /contacts/{id}', host, at: first, ms: 0, status: 500, requestId: undefined },
    { operation: 'get_contact', effect: 'read', method: 'GET', route: 'GET /contacts/{id}', host, at: second, ms: 0, status: 200, requestId: 'r1', left: 42 },
  ])
})

test('the log tells a request that had no answer', async () => {
  const events: LogEvent[] = []
  const client = connect('http://127.0.0.1:9', { ...stillTime(), limits: { attempts: 1 }, log: (event) => events.push(event) })
  await failureOf(client.call(createTicket, { ticket_type_id: '1', contacts: [{ id: '2' }] }))
  expect(events).toEqual([{ operation: 'create_ticket', effect: 'write', method: 'POST', route: 'POST /tickets', host: '127.0.0.1:9', at: events[0]!.at, ms: 0, failure: 'unreachable' }])
})

test('a caller may have a log of its own, which tells no other caller’s requests', async () => {
  const { baseUrl } = await serve(() => ({ body: contact }))
  const [all, own]: LogEvent[][] = [[], []]
  const client = connect(baseUrl, { log: (event) => all!.push(event) })
  await client.call(getContact, { id: '1' })
  await client.for({ log: (event) => own!.push(event) }).call(getContact, { id: '2' })
  expect(all).toHaveLength(2)
  expect(own).toEqual([all![1]])
})

test('whoever asks is told which reads of reference lists needed no request', async () => {
  const { baseUrl } = await serve(() => ({ body: { type: 'admin.list', admins: [] } }))
  const kept: boolean[] = []
  const client = connect(baseUrl, { onRecall: (found) => kept.push(found) })
  await Promise.all([client.call(listAdmins, {}), client.call(listAdmins, {})])
  await client.call(listAdmins, {})
  await failureOf(client.call(getContact, { id: '1' }))
  expect(kept.toSorted()).toEqual([false, true, true])
})

test('a log that fails fails no call', async () => {
  const { baseUrl } = await serve(() => ({ body: contact }))
  const log = () => {
    throw new Error('disk full')
  }
  expect(await connect(baseUrl, { log }).call(getContact, { id: '5' })).toEqual(contact)
})

test('what breaks inside the process is asked again for a read, and leaves a write unknown', async () => {
  const asked: string[] = []
  const fetch = async ({ method, url }: Request) => {
    asked.push(`${method} ${new URL(url).pathname}`)
    throw new Error('broken')
  }
  const client = createClient({ upstream: { baseUrl: 'http://workspace', token: 't', fetch }, ...stillTime() })
  expect(await failureOf(client.call(getContact, { id: '5' }))).toMatchObject({ code: 'unavailable', outcome: 'not_committed', cause: new Error('broken') })
  expect(asked).toEqual(Array(3).fill('GET /contacts/5'))
  expect(await failureOf(client.call(createTicket, { ticket_type_id: '1', contacts: [{ id: '2' }] }))).toMatchObject({ code: 'unavailable', outcome: 'unknown' })
  expect(asked.filter((request) => request === 'POST /tickets')).toHaveLength(1)
})

test('an answer inside the process may be as large as one over the network', async () => {
  const text = JSON.stringify(contact).padEnd(1000)
  const client = createClient({ upstream: { baseUrl: 'http://workspace', token: 't', fetch: async () => new Response(text) }, limits: { responseBytes: 1000 } })
  expect(await client.call(getContact, { id: '5' })).toEqual(contact)
})

test('whoever looks on sees every answer, and no failure', async () => {
  const { baseUrl } = await serve((_, count) => (count === 2 ? { status: 400 } : { body: contact }))
  const seen: unknown[] = []
  const client = connect(baseUrl, { observe: (answer) => seen.push(answer) })
  expect(await client.call(getContact, { id: '5' })).toEqual(contact)
  await failureOf(client.call(getContact, { id: '6' }))
  expect(seen).toEqual([contact])
})

const asking: Call = { operation: createTicket, input: {}, effect: 'write', method: 'POST', path: '/tickets', ending: new Ending(), expires: Infinity, caller: anyone, fresh: false }

test('what is asked for, and in whose name', () => {
  const address = addressOf({ baseUrl: 'https://host/v1/', token: 't' })
  const headers = { authorization: 'Bearer t', accept: 'application/json', 'accept-encoding': 'gzip', 'intercom-version': '2.13', 'user-agent': 'intercom-mcp' }
  expect([address.origin, address.prefix]).toEqual(['https://host', '/v1'])
  expect(headersFor(address, asking)).toEqual(headers)
  expect(headersFor(address, { ...asking, body: '{}' })).toEqual({ ...headers, 'content-type': 'application/json' })
  expect(headersFor(address, { ...asking, operation: { ...createTicket, file: 'text/csv' } })).toEqual({ ...headers, accept: 'text/csv' })
})

test.each<[string, string, object]>([
  ['ftp://host', 't', { code: 'unreachable', note: 'its address must be like https://host, without user, query or fragment' }],
  ['xhttp://host', 't', { code: 'unreachable' }],
  ['httpsx://host', 't', { code: 'unreachable' }],
  ['https://host', '', { code: 'unauthorized' }],
])('%s with token %j is refused before anything is sent', async (baseUrl, token, expected) => {
  expect(await failureOf(Promise.resolve().then(() => addressOf({ baseUrl, token })))).toMatchObject({ outcome: 'not_sent', ...expected })
})

test.each<[string, Wire]>([
  ['inside the process', inProcess(() => Promise.reject(new Error('was asked')), addressOf({ baseUrl: 'http://workspace', token: 't' }), defaults)],
  ['over the network', network(addressOf({ baseUrl: 'http://127.0.0.1:9', token: 't' }), defaults)],
])('%s nothing is sent of a call that is over', async (_, wire) => {
  const ending = new Ending()
  ending.end('cancelled')
  expect(await failureOf(wire.send({ ...asking, ending }))).toMatchObject({ code: 'cancelled', outcome: 'not_sent' })
  await wire.close()
})

const wireTo = (baseUrl: string) => {
  const wire = network(addressOf({ baseUrl, token: 't' }), { ...defaults, responseBytes: 10 })
  onTestFinished(() => wire.close())
  return wire
}

test.each<[string, string, object]>([
  ['breaks off', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{"id"', { code: 'bad_answer', outcome: 'unknown', transient: true, note: 'it broke off', status: 200 }],
  ['never begins', '', { code: 'unavailable', outcome: 'unknown', transient: true, note: 'UND_ERR_SOCKET' }],
  ['is announced as too large', 'HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n', { code: 'too_large', outcome: 'unknown' }],
])('an answer that %s leaves open what became of a write', async (_, said, expected) => {
  const { baseUrl } = await serveSockets((socket) => socket.once('data', () => socket.end(said)))
  expect(await failureOf(wireTo(baseUrl).send(asking))).toMatchObject(expected)
})

test('an answer announced as large as may be is taken', async () => {
  const { baseUrl } = await serveSockets((socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{"id":"5"}')))
  expect(await wireTo(baseUrl).send(asking)).toMatchObject({ status: 200, text: '{"id":"5"}' })
})

test('where nobody listens nothing was sent', async () => {
  expect(await failureOf(wireTo('http://127.0.0.1:9').send(asking))).toMatchObject({ code: 'unreachable', outcome: 'not_sent', transient: true, note: 'ECONNREFUSED' })
})
