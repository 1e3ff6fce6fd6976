import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAuthentication } from '../../src/cli/authentication.ts'
import { clients } from './connect.ts'
import { audience, rightClaims } from '../hardening/token-cases.ts'
import { guarded, type Guarded } from './guarded.ts'
import { IdentityProvider } from './identity-provider.ts'
import { type Ask, before, type Came, since, wired } from './wire-request.ts'

let provider: IdentityProvider
let server: Guarded
const opened: Guarded[] = []
beforeAll(async () => {
  provider = await IdentityProvider.start()
  server = await start()
})
afterAll(async () => {
  await Promise.all(opened.map(async (each) => each.close()))
  provider.close()
})

const start = async (flags: Readonly<Record<string, unknown>> = {}, publicUrl = audience): Promise<Guarded> => {
  const said = { publicUrl, oauthIssuer: provider.issuer, keys: undefined, oauthAudience: audience, oauthTenantClaim: undefined }
  const one = await guarded((log) => openAuthentication(said, '127.0.0.1', log), flags)
  opened.push(one)
  return one
}

const token = (scope: string, more = {}): Promise<string> => provider.sign(rightClaims(provider.issuer, { scope, ...more }))
const asked = async (scope: string, ask: Ask, lines: readonly string[] = [], to = server): Promise<Came> => wired(to.url, ask, [`authorization: Bearer ${await token(scope)}`, ...lines])
const eras = [before, since] as const

const toolsOf = async (scope: string, lines?: readonly string[], to?: Guarded): Promise<string[]> => {
  const { text } = await asked(scope, since('tools/list'), lines, to)
  return [...text.matchAll(/"name":"(\w+)","title"/g)].map(([, name]) => name!)
}

test('scopes decide what is listed', async () => {
  const all = await toolsOf('intercom:read intercom:write intercom:send intercom:destroy')
  expect(all).toEqual(expect.arrayContaining(['get_conversation', 'reply_conversation', 'call_destructive_operation', 'create_ticket']))
  expect(await toolsOf('intercom:read')).not.toEqual(expect.arrayContaining(['call_write_operation']))
  expect((await toolsOf('intercom:read')).filter((name) => /^(reply|create|manage|upsert)_|write|destructive/.test(name))).toEqual([])
  expect(await toolsOf('intercom:write')).toEqual(expect.arrayContaining(['search_contacts', 'create_ticket', 'call_write_operation']))
  expect(await toolsOf('intercom:write')).not.toContain('call_destructive_operation')
  const two = await toolsOf('intercom:read intercom:toolset:tags intercom:toolset:teams')
  expect(two).toEqual(expect.arrayContaining(['list_tags', 'list_teams']))
  expect(two).not.toContain('search_contacts')
})

test('no scope widens what the server or a header leaves', async () => {
  const readOnly = await start({ readOnly: true })
  const everything = 'intercom:read intercom:write intercom:send intercom:destroy'
  expect(await toolsOf(everything, [], readOnly)).toEqual(await toolsOf('intercom:read'))
  expect(await toolsOf(everything, ['x-mcp-readonly: true'])).toEqual(await toolsOf('intercom:read'))
  expect((await asked('intercom:read intercom:toolset:tags', since('tools/list'), ['x-mcp-toolsets: contacts'])).status).toBe(400)
})

const run = (executor: string, operation: string) => ({ name: executor, arguments: { operation, input: {} } })

/** Scopes, the call, and all that would be needed for it. */
const stepUps: readonly (readonly [has: string, call: { name: string; arguments?: object }, needs: string])[] = [
  ['intercom:read', { name: 'create_tag', arguments: { name: 'x' } }, 'intercom:read intercom:write'],
  ['intercom:read', { name: 'reply_conversation' }, 'intercom:read intercom:send'],
  ['intercom:read', { name: 'delete_contact' }, 'intercom:read intercom:destroy'],
  ['intercom:write', { name: 'delete_contact' }, 'intercom:read intercom:write intercom:destroy'],
  ['intercom:read', run('call_write_operation', 'create_tag'), 'intercom:read intercom:write'],
  ['intercom:send', run('call_destructive_operation', 'delete_contact'), 'intercom:read intercom:send intercom:destroy'],
  ['intercom:read', run('call_write_operation', 'reply_conversation'), 'intercom:read intercom:write'],
  ['intercom:read intercom:toolset:tags', { name: 'get_contact', arguments: { id: '7' } }, 'intercom:read intercom:toolset:tags intercom:toolset:contacts'],
  ['intercom:read intercom:toolset:tags', { name: 'delete_contact' }, 'intercom:read intercom:destroy intercom:toolset:tags intercom:toolset:contacts'],
]

test.each(stepUps)('with %s, %j is answered with what it needs', async (has, call, needs) => {
  const sent = server.sent.length
  for (const era of eras) {
    const { status, headers, text } = await asked(has, era('tools/call', call))
    expect({ status, challenge: headers['www-authenticate'] }).toEqual({
      status: 403,
      challenge: `Bearer error="insufficient_scope", scope="${needs}", resource_metadata="http://localhost:8213/.well-known/oauth-protected-resource/mcp"`,
    })
    expect(text).toContain(call.name)
  }
  expect(server.sent.length).toBe(sent)
})

test.each(stepUps)('with what it needed, the call is not answered so again (%s, %j)', async (_, call, needs) => {
  for (const era of eras) expect((await asked(needs, era('tools/call', call))).status).toBe(200)
})

test('what more scopes would not help is refused in a sentence, as ever', async () => {
  const readOnly = await start({ readOnly: true })
  for (const era of eras) {
    const answers = [
      await asked('intercom:read', era('tools/call', { name: 'create_tag', arguments: { name: 'x' } }), [], readOnly),
      await asked('intercom:read', era('tools/call', { name: 'create_tag', arguments: { name: 'x' } }), ['x-mcp-readonly: true']),
    ]
    for (const { status, text } of answers) expect({ status, text }).toEqual({ status: 200, text: expect.stringMatching(/read-only.*Nothing was sent/) as string })
    expect((await asked('intercom:read', era('tools/call', { name: 'no_such_tool' }))).text).toContain('There is no tool')
  }
})

test('of a batch, one call that needs more is enough', async () => {
  const batch = [before('ping').body!, before('tools/call', { name: 'create_tag' }).body!]
  expect((await asked('intercom:read', { ...before('batch'), body: batch })).status).toBe(403)
})

test('clients are told where to get a token, from any page that may call', async () => {
  const elsewhere = await start({}, 'https://example.com/intercom/mcp')
  const places = [[server, ''], [server, '/mcp'], [elsewhere, ''], [elsewhere, '/mcp'], [elsewhere, '/intercom/mcp']] as const
  for (const [{ url }, path] of places) {
    const response = await fetch(new URL(`/.well-known/oauth-protected-resource${path}`, url))
    expect({ status: response.status, cors: response.headers.get('access-control-allow-origin') }).toEqual({ status: 200, cors: '*' })
    expect(await response.json()).toEqual({
      resource: url === server.url ? audience : 'https://example.com/intercom/mcp',
      authorization_servers: [provider.issuer],
      scopes_supported: ['intercom:read', 'intercom:write', 'intercom:send', 'intercom:destroy'],
      bearer_methods_supported: ['header'],
      resource_name: 'Intercom over MCP',
    })
  }
  const at = (method: string, headers = {}) => fetch(new URL('/.well-known/oauth-protected-resource', server.url), { method, headers })
  expect([(await at('HEAD')).status, (await at('OPTIONS', { origin: 'http://localhost:6274' })).status, (await at('POST')).status]).toEqual([200, 204, 405])
  expect((await at('GET', { origin: 'https://evil.example' })).status).toBe(403)
  expect((await wired(elsewhere.url, before('ping'), [])).headers['www-authenticate']).toBe('Bearer scope="intercom:read intercom:write intercom:send intercom:destroy", resource_metadata="https://example.com/.well-known/oauth-protected-resource/intercom/mcp"')
})

test('a public URL without a path is known by either spelling, and by no other', async () => {
  const said = { publicUrl: 'https://example.com', oauthIssuer: provider.issuer, keys: undefined, oauthAudience: undefined, oauthTenantClaim: undefined }
  const atRoot = await guarded((log) => openAuthentication(said, '127.0.0.1', log))
  opened.push(atRoot)
  const statusFor = async (aud: string): Promise<number> => (await wired(atRoot.url, before('ping'), [`authorization: Bearer ${await token('intercom:read', { aud })}`])).status
  expect(await Promise.all(['https://example.com', 'https://example.com/', 'https://example.com//', 'https://example.com/mcp'].map(statusFor))).toEqual([200, 200, 401, 401])
})

test.each(Object.keys(clients))('%s calls with a token, and is told when it has none', async (kind) => {
  const address = { url: server.url.href }
  const client = await clients[kind]!({ ...address, headers: { authorization: `Bearer ${await token('intercom:read')}` } })
  expect((await client.listTools()).tools.map(({ name }) => name)).toContain('get_conversation')
  expect(JSON.stringify(await client.callTool({ name: 'get_contact', arguments: { id: '7' } }))).toContain('found nothing')
  await client.close()
  await expect(clients[kind]!(address)).rejects.toThrow(/40[13]|nauthorized|Say who calls/)
})
