import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAuthentication } from '../../src/cli/authentication.ts'
import { effectScopes } from '../../src/server/http/auth/effect-scopes.ts'
import type { Authenticate } from '../../src/server/http/identity.ts'
import { guarded, type Guarded } from '../server/guarded.ts'
import { IdentityProvider } from '../server/identity-provider.ts'
import { type Ask, before, since, wired } from '../server/wire-request.ts'
import { tally } from './figures.ts'
import { audience, rightClaims, type Said, type Verdict, wrongCases } from './token-cases.ts'

const { during } = tally('A token that is not exactly right is refused with the right challenge, and nothing goes upstream (requests)')

const get = { name: 'get_contact', arguments: { id: '7' } }
const asks: readonly Ask[] = [
  before('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } }),
  before('ping'),
  before('tools/list'),
  before('tools/call', get),
  before('resources/read', { uri: 'intercom://contacts/7' }),
  { name: '2025-11-25 GET', verb: 'GET', headers: ['mcp-protocol-version: 2025-11-25'] },
  { name: '2025-11-25 DELETE', verb: 'DELETE', headers: ['mcp-protocol-version: 2025-11-25', 'mcp-session-id: 0'] },
  since('server/discover'),
  since('tools/list'),
  since('tools/call', get),
  since('resources/read', { uri: 'intercom://contacts/7' }),
  since('subscriptions/listen', { notifications: { toolsListChanged: true } }),
  { name: 'GET', verb: 'GET', headers: [] },
]

const where = 'resource_metadata="http://localhost:8213/.well-known/oauth-protected-resource/mcp"'
const scope = `scope="${effectScopes.join(' ')}"`
const told: Readonly<Record<Verdict, readonly [status: number, challenge: string | undefined]>> = {
  unknown: [401, `Bearer ${scope}, ${where}`],
  malformed: [400, `Bearer error="invalid_request", ${where}`],
  invalid: [401, `Bearer error="invalid_token", ${scope}, ${where}`],
  insufficient: [403, `Bearer error="insufficient_scope", ${scope}, ${where}`],
  431: [431, undefined],
  400: [400, undefined],
}

let provider: IdentityProvider
let server: Guarded
let cases: Awaited<ReturnType<typeof wrongCases>>
const opened: Guarded[] = []
beforeAll(async () => {
  provider = await IdentityProvider.start(['RS256', 'PS256', 'ES256', 'EdDSA'])
  await provider.add('retired', 'RS256')
  provider.retire('retired')
  cases = await wrongCases(provider)
  server = await started()
})
afterAll(async () => {
  await Promise.all(opened.map(({ close }) => close()))
  provider.close()
})

/** Everything as the command line opens it, or with another way to tell who calls. */
const started = async (instead?: (real: Authenticate) => Authenticate): Promise<Guarded> => {
  const one = await guarded(async (log) => {
    const said = { publicUrl: audience, oauthIssuer: provider.issuer, keys: undefined, oauthAudience: undefined, oauthTenantClaim: undefined }
    const { authenticate, routes } = await openAuthentication(said, '127.0.0.1', log)
    return { authenticate: instead?.(authenticate) ?? authenticate, routes }
  })
  opened.push(one)
  return one
}

/** Throws unless the request is refused as it should be, and nobody upstream hears of it. */
const check = async ({ url, sent }: Guarded, ask: Ask, verdict: Verdict, { lines, query }: Said): Promise<void> => {
  const [status, challenge] = told[verdict]
  const [before, came] = [sent.length, await wired(url, ask, lines, query)]
  expect({ status: came.status, challenge: came.headers['www-authenticate'], upstream: sent.length - before }).toEqual({ status, challenge, upstream: 0 })
}

test('every token that is not exactly right is refused, whatever it asks for, in both eras', async () => {
  expect(cases.length).toBeGreaterThan(90)
  for (const [name, verdict, said] of cases)
    await Promise.all(asks.map((ask) => during(() => check(server, ask, verdict, said)).catch((error: unknown) => expect.fail(`${name}, ${ask.name}: ${String(error)}`))))
  expect(server.sent).toEqual([])
}, 60_000)

test('what is right is admitted, in whatever way it may be said', async () => {
  const claims = rightClaims(provider.issuer)
  const soon = Math.floor(Date.now() / 1_000)
  const tokens = [
    ...(await Promise.all(['RS256', 'PS256', 'ES256', 'EdDSA'].map((alg) => provider.sign(claims, { alg })))),
    await provider.sign(claims, { alg: 'RS256', kid: undefined }),
    ...(await Promise.all(['JWT', 'at+jwt', 'application/at+jwt', 'AT+JWT'].map((typ) => provider.sign(claims, { typ })))),
    ...(await Promise.all([{ aud: ['x', audience] }, { exp: soon - 5 }, { nbf: soon + 5 }, { scope: undefined, scp: ['intercom:read'] }, { scope: undefined, scp: 'openid intercom:read' }, { scope: 'x intercom:write' }].map((more) => provider.sign({ ...claims, ...more })))),
  ]
  for (const token of tokens) expect(await wired(server.url, before('tools/list'), [`Authorization: bearer  ${token}`])).toMatchObject({ status: 200 })
  for (const ask of asks.slice(0, -1)) expect({ name: ask.name, refused: [400, 401, 403].includes((await wired(server.url, ask, [`authorization: Bearer ${tokens[0]}`])).status) }).toEqual({ name: ask.name, refused: false })
  expect(server.sent.length).toBeGreaterThan(0)
})

test('a credential of a caller goes nowhere: not to Intercom, not into the log, not back', async () => {
  const token = await provider.sign(rightClaims(provider.issuer, { jti: 'the one that must not be seen', scope: 'intercom:read intercom:write' }))
  const answers = []
  for (const ask of [...asks, before('tools/call', { name: 'create_tag', arguments: { name: 'vip' } })]) answers.push(await wired(server.url, ask, [`authorization: Bearer ${token}`]))
  const parts = token.split('.').slice(1)
  const everywhere = [...server.sent, server.logged(), JSON.stringify(answers)].join('\n')
  expect(server.sent.join()).toContain('own-token-of-the-server')
  for (const part of parts) expect(everywhere.includes(part)).toBe(false)
})

/** Ways to tell who calls that leave out one thing each, and a case in which it matters. */
const twins: Readonly<Record<string, readonly [noticed: string, (real: Authenticate) => Authenticate]>> = {
  'that lets everybody in': ['nothing', () => () => ({ principal: 'local', key: 'local' })],
  'that believes what tokens claim': ['a changed character of the signature', (real) => async (request) => {
    try {
      const { sub } = decodeJwt(request.headers.authorization?.split(' ')[1] ?? '')
      return { principal: String(sub), key: String(sub) }
    } catch {
      return real(request)
    }
  }],
  'that also looks in the URL': ['a good token in the query', (real) => async (request) => {
    const token = new URL(request.url!, 'http://x').searchParams.get('access_token')
    return real(token === null ? request : Object.assign(request, { headers: { ...request.headers, authorization: `Bearer ${token}` } }))
  }],
  'that forgets to say where to go': ['nothing', (real) => async (request) => {
    const found = await real(request)
    return 'status' in found ? { ...found, headers: {} } : found
  }],
  'that reads the first of two headers': ['a bad one after a good one', (real) => async (request) => {
    const { authorization } = request.headers
    return real(Object.assign(request, { rawHeaders: ['authorization', authorization] }))
  }],
}

test.each(Object.entries(twins))('the same check fails on a server %s', async (_, [noticed, instead]) => {
  const broken = await started(instead)
  const failures: string[] = []
  await Promise.all(cases.map(([name, verdict, said]) => check(broken, before('tools/list'), verdict, said).catch(() => failures.push(name))))
  expect(failures).toContain(noticed)
})
