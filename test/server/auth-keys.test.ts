import { createHash } from 'node:crypto'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAuthentication } from '../../src/cli/authentication.ts'
import { Program, run } from '../cli/program.ts'
import { guarded, type Guarded } from './guarded.ts'
import { before, since, wired } from './wire-request.ts'

const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-'))
const file = join(folder, 'keys.json')
const keyOf = (name: string): string => `imcp_${createHash('sha256').update(name).digest('base64url')}`
const digestOf = (name: string): string => createHash('sha256').update(keyOf(name)).digest('hex')

type Entry = Readonly<Record<string, unknown>>

/** Put in place whole, as an editor or a volume of secrets does it. */
const write = (text: string): void => {
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}

/** Each key by its name, with what else is said of it. */
const hold = (keys: Readonly<Record<string, Entry>>): void => write(JSON.stringify({ keys: Object.fromEntries(Object.entries(keys).map(([name, more]) => [name, { sha256: digestOf(name), ...more }])) }))

let server: Guarded
let stop: () => void
beforeAll(async () => {
  hold({ ada: {}, reader: { policy: { read_only: true } }, over: { expires: '2020-01-31' }, ahead: { expires: '2999-01-31T12:00:00Z' }, elsewhere: { tenant: 'acme' } })
  server = await guarded(async (log) => {
    const opened = await openAuthentication({ keys: file, publicUrl: undefined, oauthIssuer: undefined, oauthAudience: undefined, oauthTenantClaim: undefined }, '127.0.0.1', log)
    stop = opened.close
    return opened
  })
})
afterAll(async () => {
  stop()
  await server.close()
  rmSync(folder, { recursive: true })
})

const ask = (name: string, to = before('tools/list')) => wired(server.url, to, [`authorization: Bearer ${keyOf(name)}`])
const statusOf = async (name: string): Promise<number> => (await ask(name)).status

test('who has a key is admitted, who has none is told so', async () => {
  expect(await Promise.all(['ada', 'reader', 'ahead'].map(statusOf))).toEqual([200, 200, 200])
  expect(await ask('stranger')).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token", realm="intercom-mcp"' } })
  expect(await wired(server.url, before('ping'), [])).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer realm="intercom-mcp"' } })
  expect((await wired(server.url, before('ping'), [`authorization: Bearer ${digestOf('ada')}`])).status).toBe(401)
  expect((await wired(server.url, before('ping'), [`authorization: Bearer ${keyOf('ada').slice(0, -1)}`])).status).toBe(401)
})

test('a key that has expired says so', async () => {
  expect(await ask('over')).toMatchObject({ status: 401, text: expect.stringContaining('has expired') as string })
})

test('the policy of a key holds for its calls only', async () => {
  const write = before('tools/call', { name: 'call_write_operation', arguments: { operation: 'create_tag', input: { name: 'vip' } } })
  const sent = server.sent.length
  expect((await ask('reader', write)).text).toContain('read-only')
  expect((await ask('reader')).text).not.toContain('call_write_operation')
  expect(server.sent.length).toBe(sent)
  await ask('ada', write)
  expect(server.sent.length).toBeGreaterThan(sent)
})

test('a key for a tenant that is not served opens no other', async () => {
  expect(await statusOf('elsewhere')).toBe(403)
})

test('a key goes nowhere: not to Intercom, not into the log, not back', async () => {
  const asks = [before('ping'), since('tools/list'), since('tools/call', { name: 'get_contact', arguments: { id: '7' } }), since('tools/call', { name: 'create_tag', arguments: { name: 'vip' } })]
  const answers = await Promise.all(asks.flatMap((each) => ['ada', 'stranger', 'over'].map((name) => ask(name, each))))
  const everywhere = [...server.sent, server.logged(), JSON.stringify(answers)].join('\n')
  for (const name of ['ada', 'stranger', 'over']) for (const secret of [keyOf(name).slice(5), digestOf(name)]) expect(everywhere.includes(secret)).toBe(false)
})

test('keys come and go with the file; one that is broken changes nothing', async () => {
  hold({ reader: {}, late: {} })
  await expect.poll(() => statusOf('late'), { timeout: 5_000 }).toBe(200)
  expect([await statusOf('ada'), await statusOf('reader')]).toEqual([401, 200])
  expect((await ask('reader')).text).toContain('call_write_operation')
  write('{\n  "keys": {\n    "late": {"sha256": "short"}\n  }\n}')
  await expect.poll(server.logged, { timeout: 5_000 }).toMatch(/keys\.json:3: keys\.late\.sha256: use the 64 small hexadecimal digits.*; the keys stay as they were/)
  expect(await statusOf('late')).toBe(200)
  hold({})
  await expect.poll(() => statusOf('late'), { timeout: 5_000 }).toBe(401)
})

test('a stream ends soon after its key is taken out', async () => {
  hold({ ada: {} })
  await expect.poll(() => statusOf('ada'), { timeout: 5_000 }).toBe(200)
  const { headers, body } = since('subscriptions/listen', { notifications: { toolsListChanged: true } })
  const said = Object.fromEntries(headers.map((line) => line.split(': ')))
  const response = await fetch(server.url, { method: 'POST', headers: { ...said, 'content-type': 'application/json', accept: 'application/json, text/event-stream', authorization: `Bearer ${keyOf('ada')}` }, body: JSON.stringify(body) })
  expect(response.status).toBe(200)
  const ended = response.text().then(() => 'ended', () => 'cut')
  hold({})
  expect(await ended).toBe('cut')
}, 20_000)

test.each<[string, object, RegExp]>([
  ['no digest', { a: { sha256: 'imcp_' } }, /:1: keys\.a\.sha256: use the 64 small/],
  ['a name with a space', { 'a b': { sha256: digestOf('a') } }, /:1: keys\.a b: a key's name has letters/],
  ['one digest twice', { a: { sha256: digestOf('a') }, b: { sha256: digestOf('a') } }, /keys\.b\.sha256: a has the same/],
  ['no date', { a: { sha256: digestOf('a'), expires: 'soon' } }, /keys\.a\.expires: use a date such as/],
  ['a day that is none', { a: { sha256: digestOf('a'), expires: '2027-13-01' } }, /keys\.a\.expires: use a date such as/],
  ['a day that its month does not have', { a: { sha256: digestOf('a'), expires: '2027-02-30' } }, /keys\.a\.expires: use a date such as/],
  ['a moment of no day', { a: { sha256: digestOf('a'), expires: '2027-02-29T12:00:00+01:00' } }, /keys\.a\.expires: use a date such as/],
  ['a time without a zone', { a: { sha256: digestOf('a'), expires: '2027-01-01T00:00:00' } }, /keys\.a\.expires: use a date such as/],
  ['a misspelt key', { a: { sha256: digestOf('a'), expiry: '2027-01-01' } }, /keys\.a\.expiry: there is no such key\. Did you mean "expires"\?/],
  ['a misspelt key in the place of one that has to be there', { a: { sha265: digestOf('a') } }, /keys\.a\.sha265: there is no such key\. Did you mean "sha256"\?/],
  ['a policy that leaves nothing', { a: { sha256: digestOf('a'), policy: { read_only: true, tools: ['create_tag'] } } }, /:1: keys\.a\.policy: these settings together leave no tool/],
  ['a policy nobody can hold to', { a: { sha256: digestOf('a'), policy: { toolsets: ['contact'] } } }, /keys\.a\.policy\.toolsets: unknown toolset "contact"/],
])('a file of keys with %s is refused at start, with the line', async (_, keys, expected) => {
  const wrong = join(folder, 'wrong.json')
  writeFileSync(wrong, JSON.stringify({ keys }))
  await expect(openAuthentication({ keys: wrong, publicUrl: undefined, oauthIssuer: undefined, oauthAudience: undefined, oauthTenantClaim: undefined }, '127.0.0.1', () => {})).rejects.toThrow(expected)
})

test('intercom-mcp key makes a key, and what the file has to say of it', async () => {
  const { code, stdout, stderr } = await run(['key', '--name', 'ada'])
  const [key = '', line] = stdout.split('\n')
  expect({ code, key }).toEqual({ code: 0, key: expect.stringMatching(/^imcp_[\w-]{43}$/) as string })
  expect(JSON.parse(`{${line}}`)).toEqual({ ada: { sha256: createHash('sha256').update(key).digest('hex') } })
  expect(stderr).not.toContain(key)
  expect((await run(['key'])).stdout).not.toContain(key)
})

test('the program asks for a key, also where others can call', async () => {
  hold({ ada: {} })
  const program = new Program(['http', '--port', '0', '--host', '0.0.0.0', '--public-url', 'https://mcp.example.com/mcp', '--keys', file])
  const { port } = new URL(await program.said(/serving MCP at (\S+)/))
  const url = new URL(`http://127.0.0.1:${port}/mcp`)
  expect((await wired(url, since('tools/list'), [])).status).toBe(401)
  expect((await wired(url, since('tools/list'), [`authorization: Bearer ${keyOf('ada')}`, 'origin: https://mcp.example.com'])).status).toBe(200)
  program.child.kill()
  expect(await program.ended()).toBe(0)
})
