import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { run } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-'))
afterAll(() => rmSync(folder, { recursive: true }))

const notes = join(folder, 'notes.txt')
writeFileSync(notes, 'not a database, just a text that is long enough to have a header of its own')
writeFileSync(join(folder, 'confirm.key'), 'short')
writeFileSync(join(folder, 'keys.json'), '{"keys": {}}')

const real = { INTERCOM_ACCESS_TOKEN: 'token' }

/** Arguments, environment, and what the one line says. */
const misuses: [line: string | readonly string[], { env?: Record<string, string> }, RegExp][] = [
  ['--nonsense', {}, /unknown option '--nonsense'/],
  ['--read-onyl', {}, /unknown option '--read-onyl' \(Did you mean --read-only\?\)/],
  ['htpp --port 0', {}, /unknown command "htpp". Did you mean "http"\? Commands: stdio, http, doctor, workspace/],
  ['--read-only http', {}, /put the command first: intercom-mcp http/],
  ['--region uk', {}, /--region: "uk" is not one of us, eu, au/],
  ['', { env: { INTERCOM_REGION: 'uk', ...real } }, /INTERCOM_REGION: "uk" is not one of us, eu, au/],
  ['--toolsets contact', {}, /--toolsets: unknown toolset "contact". Did you mean "contacts"\?/],
  ['', { env: { INTERCOM_MCP_TOOLSETS: ',' } }, /INTERCOM_MCP_TOOLSETS: name at least one toolset/],
  ['', { env: { INTERCOM_MCP_READ_ONLY: 'maybe' } }, /INTERCOM_MCP_READ_ONLY: "maybe" is neither true nor false/],
  ['--log-level loud', {}, /--log-level: "loud" is not one of silent, error, warn, info, debug/],
  ['', { env: { INTERCOM_ACCESS_TOKEN: 'two words' } }, /INTERCOM_ACCESS_TOKEN: it holds a space/],
  ['', { env: { INTERCOM_BASE_URL: 'http://127.0.0.1:1' } }, /INTERCOM_BASE_URL is set, but INTERCOM_ACCESS_TOKEN is not/],
  ['', { env: { INTERCOM_BASE_URL: 'http://intercom.example', ...real } }, /INTERCOM_BASE_URL: use https for intercom.example/],
  ['', { env: { INTERCOM_BASE_URL: 'https://u:p@intercom.example', ...real } }, /INTERCOM_BASE_URL: leave out user, password/],
  ['', { env: { INTERCOM_BASE_URL: 'intercom.example', ...real } }, /INTERCOM_BASE_URL: "intercom.example" is not a URL/],
  ['http --port eighty', {}, /--port: "eighty" is not a port/],
  ['http --sessions many', {}, /--sessions: "many" is not a whole number from 0 to 100,000/],
  ['http --session-minutes 0', {}, /--session-minutes: "0" is not a whole number from 1 to 1,440/],
  ['http --port 65536', {}, /--port: "65536" is not a port/],
  [`http --host 192.0.2.1 --port 0 --keys ${folder}/keys.json`, {}, /192\.0\.2\.1 is not an address of this machine/],
  ['http --host 0.0.0.0 --port 0', {}, /--host 0\.0\.0\.0: others could call, and nobody would be asked who they are; give --keys or --oauth-issuer/],
  ['http --host :: --port 0', {}, /--host ::: others could call/],
  ['http --port 0 --oauth-issuer https://id.example', {}, /--oauth-issuer needs --public-url, the URL clients use/],
  ['http --port 0 --oauth-issuer http://id.example --public-url https://mcp.example', {}, /--oauth-issuer: use https for id\.example/],
  ['http --port 0 --oauth-audience x', {}, /--oauth-audience says nothing without --oauth-issuer/],
  ['http --port 0 --public-url https://mcp.example.com/mcp?', {}, /--public-url: leave out user, password, query and fragment/],
  ['http --port 0 --public-url mcp.example.com', {}, /--public-url: "mcp\.example\.com" is not a URL like/],
  ['http --port 0', { env: { INTERCOM_MCP_KEYS: join(folder, 'none.json') } }, /none\.json: the file of keys cannot be read: ENOENT/],
  ['http --port 0 --metrics-host 0.0.0.0', {}, /--metrics-host says nothing without --metrics-port/],
  ['http --port 0', { env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' } }, /OTEL_EXPORTER_OTLP_ENDPOINT: "localhost:4318" is not a URL like/],
  ['http --port 0', { env: { REDIS_URL: 'redis://127.0.0.1:6379/abc' } }, /REDIS_URL: it is not a URL like/],
  [['key', '--name', 'Ada L'], {}, /--name: a key's name has letters/],
  [['http', '--host', ''], {}, /--host: it is empty/],
  [['http', '--allow-host', ''], {}, /--allow-host: "" is not a host name/],
  ['http --allow-host https://mcp.example.com/', {}, /--allow-host: .* is not a host name; give the name alone/],
  ['help nope', {}, /unknown command "nope"/],
  [['two\nlines'], {}, /unknown command "two\\nlines"/],
  [['--region', 'e\nu'], {}, /--region: "e\\nu" is not one of/],
  [['--workspace-file', ''], {}, /--workspace-file: it is empty/],
  ['--workspace-file w.db', { env: real }, /leave out one of the two/],
  [['workspace', '--token', ''], {}, /--token: it is empty/],
  [['workspace', '--token', 'two\nlines'], {}, /--token: it holds a space/],
  ['', { env: { INTERCOM_BASE_URL: 'https://intercom\n.example', ...real } }, /INTERCOM_BASE_URL: .* is not a URL/],
  [['workspace', '--file', ' '], {}, /--file: it is empty/],
  ['workspace --port', {}, /option '--port <number>' argument missing/],
  ['workspace --port 0 --scope read_tickets', {}, /--scope: unknown permission "read_tickets".*Permissions: .*Read tickets/],
  [`workspace --port 0 --file ${notes}`, {}, /cannot use .*notes\.txt as a workspace: it is not a SQLite database/],
  [`workspace --port 0 --file ${folder}/none/w.db`, {}, /cannot use .*w\.db as a workspace: it cannot be opened/],
  [`--workspace-file ${notes}`, {}, /cannot use .*notes\.txt as a workspace: it is not a SQLite database/],
  [`--policy ${folder}/none.json`, {}, /none\.json: the policy file cannot be read: ENOENT/],
  [`--policy ${notes}`, {}, /notes\.txt:1: it is not JSON from here on/],
  [`--state-dir ${folder}`, {}, /confirm\.key is not a key of 32 bytes; delete it/],
  [`--state-dir ${notes}`, {}, /the state folder cannot be used/],
  ['', { env: { INTERCOM_WORKSPACE_FILE: folder } }, /cannot use .* as a workspace: it cannot be opened/],
]

test.concurrent.each(misuses)('intercom-mcp %s ends with one line and code 2 (%#)', async (line, { env }, expected) => {
  const { code, stdout, stderr } = await run(typeof line === 'string' ? line.split(' ').filter(Boolean) : line, { env })
  expect(stderr).toMatch(expected)
  expect(stderr).toMatch(/^intercom-mcp: [^\n]+\n$/)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
})

test.each(['http', 'workspace'])('a port in use ends %s with one line and code 2', async (command) => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const { code, stdout, stderr } = await run([command, '--port', String(port)])
  taken.close()
  expect(stderr).toBe(`intercom-mcp: port ${port} on 127.0.0.1 is in use; stop what uses it, or choose another with --port (0: any free one)\n`)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
})

test.each<[string, Record<string, string>]>([
  ['--region EU --log-level ERROR --toolsets Contacts,ALL', {}],
  ['', { INTERCOM_REGION: ' Au ', ...real }],
])('settings may be written in any case (%j %j)', async (line, env) => {
  expect(await run(line.split(' ').filter(Boolean), { env })).toEqual({ code: 0, stdout: '', stderr: '' })
})

test('a token is never repeated in an error', async () => {
  const { stderr } = await run([], { env: { INTERCOM_ACCESS_TOKEN: 'secret word' } })
  expect(stderr).not.toContain('secret')
})
