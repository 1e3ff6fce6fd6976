import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { allOperations } from '../../src/contract/nouns.ts'
import { sample } from '../contract/generate.ts'
import { hello, Program } from '../cli/program.ts'
import { Lines } from './lines.ts'
import { type Stranger, stranger } from '../tools/stranger.ts'
import { cases, tally } from './figures.ts'

const { held } = tally('A secret in a token, a message, an attribute, a name or an error stands in no log and no audit line (secrets)')
const { held: heldBack } = tally('A token stands in no answer of a tool, also where Intercom repeats it (answers)')

/** Secrets are told by their number, so that one that leaks tells where it came from. */
const secrets = new Map<string, string>()
const secret = (from: string, kind = 'word'): string => {
  const known = secrets.get(from) ?? `${kind}-canary-${String(secrets.size).padStart(4, '0')}`
  secrets.set(from, known)
  return known
}
const token = (from: string): string => secret(from, 'token')

/** Each secret in a text, with where it came from. */
const leaksIn = (text: string): string[] => [...secrets].filter(([, value]) => text.includes(value)).map(([from]) => from)

const accessToken = token('INTERCOM_ACCESS_TOKEN')
const environment = Object.fromEntries(['AWS_SECRET_ACCESS_KEY', 'GITHUB_TOKEN', 'NPM_TOKEN', 'INTERCOM_CLIENT_SECRET', 'DATABASE_SECRET_URL', 'OPENAI_API_KEY'].map((name) => [name, token(name)]))

/** Every field that a customer or a teammate may have filled, but ids. */
const written = (field: string): string => (/(^|_)ids?$|^type$/.test(field) ? '7' : secret(`answered ${field}`))

/** What the model says: each text is a secret of its own. */
const said = (operation: string, value: unknown, key = ''): unknown => {
  if (Array.isArray(value)) return value.map((each) => said(operation, each, key))
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, said(operation, inner, name)]))
  return /^(body|name|email|phone|title|subject|note|custom_attributes|description|the key|summary|external_id)$/.test(key) && typeof value === 'string' ? secret(`${operation} ${key}`) : value
}

const troubles: Readonly<Record<string, (response: ServerResponse) => void>> = {
  'an error that repeats the token': (response) => response.writeHead(401).end(JSON.stringify({ type: 'error.list', errors: [{ code: 'unauthorized', message: `${accessToken} is wrong, ${secret('error message')}` }] })),
  'a refusal that repeats what was sent': (response) => response.writeHead(422).end(JSON.stringify({ type: 'error.list', errors: [{ code: 'parameter_invalid', message: `Bearer ${accessToken}: ${secret('refusal')}`, field: secret('field') }] })),
  'a page of HTML': (response) => response.writeHead(502, { 'content-type': 'text/html' }).end(`<h1>${secret('page of HTML')}</h1> authorization: Bearer ${accessToken}`),
  'half an answer': (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(`{"type":"contact","name":"${secret('half an answer')}`),
  'another shape': (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify([secret('another shape'), accessToken])),
  'a redirect': (response) => response.writeHead(302, { location: `http://127.0.0.1:1/${secret('redirect')}?t=${accessToken}` }).end(secret('body of a redirect')),
  'a connection cut': (response) => void response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' }).write(secret('a connection cut'), () => response.destroy()),
  'too many requests': (response) => response.writeHead(429, { 'retry-after': '0', 'x-message': secret('header') }).end(secret('too many requests')),
}

/** What befalls requests, in turn. */
let troubled: readonly string[] = []
let requests = 0
let source: Stranger
const upstream = createServer((request, response) => {
  const trouble = troubled[requests++ % troubled.length]
  if (trouble) return troubles[trouble]!(response)
  request.resume()
  void fetch(`${source.url}${request.url}`, { method: request.method! }).then(async (answer) => {
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' }).end(Buffer.from(await answer.arrayBuffer()))
  })
})

afterEach(() => {
  troubled = []
})

const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-secrets-'))
const audit = join(folder, 'audit.jsonl')

beforeAll(async () => {
  source = await stranger(written)
  upstream.listen(0, '127.0.0.1')
  await once(upstream, 'listening')
})
afterAll(async () => {
  upstream.closeAllConnections()
  upstream.close()
  await source.close()
  rmSync(folder, { recursive: true })
})

const started = (args: readonly string[], more: Record<string, string> = {}): Program => {
  const { port } = upstream.address() as AddressInfo // it listens on a port
  return new Program([...args, '--toolsets', 'all', '--log-level', 'debug', '--audit', audit], { ...environment, INTERCOM_ACCESS_TOKEN: accessToken, INTERCOM_BASE_URL: `http://127.0.0.1:${port}`, ...more })
}

/** Its far end, once it has been greeted. */
const greeted = async ({ child }: Program): Promise<Lines> => {
  child.stdout.removeAllListeners('data')
  const lines = new Lines(child.stdin, child.stdout)
  lines.write(`${JSON.stringify({ jsonrpc: '2.0', ...hello })}\n`)
  await lines.answer(hello.id)
  return lines
}

const ended = async (program: Program): Promise<string> => {
  program.child.stdin.end()
  await program.ended()
  return program.stderr
}

const operations = (await allOperations()).map(({ operation }) => operation)

/** All answers to these, asked for at once under ids of their own: what fails is tried again after a while. */
const askAll = (server: Lines, asked: readonly object[]): Promise<string[]> =>
  Promise.all(
    asked.map(async (message) => {
      const id = `asked-${ids++}`
      server.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...message })}\n`)
      return JSON.stringify(await server.answer(id))
    }),
  )
let ids = 0

/** Of the operations, one in so many. */
const every = (step: number) => operations.filter((_, place) => place % step === 0)

const calls = (some: typeof operations) => some.map((operation) => ({ method: 'tools/call', params: { name: operation.name, arguments: said(operation.name, sample(operation)) as object } }))

const questions = () => [
  ...['contacts/7', 'conversations/7', 'companies/7', 'tickets/7', 'admins', 'tags'].map((path) => ({ method: 'resources/read', params: { uri: `intercom://${path}` } })),
  ...['search', 'who_is_customer', 'get_account'].map((name) => ({ method: 'tools/call', params: { name, arguments: { [{ search: 'query', who_is_customer: 'customer', get_account: 'company' }[name]!]: secret(`asked ${name}`) } } })),
]

test('no secret is logged by a server that logs all it can, whatever Intercom answers', { timeout: 300_000 }, async () => {
  const program = started([])
  const server = await greeted(program)
  const answers = await askAll(server, [...calls(operations), ...questions()])
  const [wrongToken, refusal, ...others] = Object.keys(troubles) as [string, string, ...string[]] // the first two are told at once
  const patient = every(cases(5, 1)).filter(({ effect }) => effect === 'read' || cases(0, 1) === 1) // a write is read back until its time is up
  for (const [names, some] of [[[wrongToken, refusal], every(2)], [others, patient]] as const) {
    troubled = names
    answers.push(...(await askAll(server, calls(some))))
  }
  const log = await ended(program)
  expect(leaksIn(log)).toEqual([])
  expect(leaksIn(readFileSync(audit, 'utf8'))).toEqual([])
  expect(log.split('\n').length).toBeGreaterThan(operations.length)
  expect(secrets.size).toBeGreaterThanOrEqual(200)
  held(secrets.size)

  expect(answers.filter((answer) => answer.includes('token-canary'))).toEqual([])
  expect(leaksIn(answers.join()).length).toBeGreaterThan(50) // what customers wrote is what was asked for
  heldBack(answers.length)
})

test('nor over HTTP, whoever calls and with whatever headers', async () => {
  const program = started(['http', '--port', '0'])
  const url = await program.said(/serving MCP at (\S+)/)
  const headers = { accept: 'application/json, text/event-stream', 'content-type': 'application/json', authorization: `Bearer ${token('of a caller')}`, cookie: token('cookie'), 'x-api-key': token('key') }
  for (const call of calls(every(cases(12, 1)))) {
    const answer = await (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...call }) })).text()
    expect(answer).not.toContain('token-canary')
    heldBack()
  }
  await fetch(url, { method: 'POST', headers, body: `{"broken": "${secret('broken JSON')}` })
  await fetch(`${url}?token=${token('in an address')}`, { headers })
  program.child.kill()
  expect(leaksIn(await ended(program))).toEqual([])
})

test('and a log that printed what is sent would be seen', async () => {
  const printing = `import net from 'node:net'; const { write } = net.Socket.prototype; net.Socket.prototype.write = function (...args) { if (this !== process.stderr && this !== process.stdout) process.stderr.write(String(args[0])); return write.apply(this, args) }`
  const program = started([], { NODE_OPTIONS: `${process.env.NODE_OPTIONS} --import data:text/javascript,${encodeURIComponent(printing)}` })
  await askAll(await greeted(program), calls(operations.filter(({ name }) => name === 'create_contact')))
  expect(leaksIn(await ended(program))).toEqual(expect.arrayContaining(['INTERCOM_ACCESS_TOKEN', 'create_contact email', 'create_contact name']))
})
