import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { asking } from '../../src/server/http/auth/asking.ts'
import { challenges } from '../../src/server/http/auth/challenge.ts'
import { tokens } from '../../src/server/http/auth/tokens.ts'
import { type Authenticate, type Identity, isRefused } from '../../src/server/http/identity.ts'
import { published } from '../../src/tools/published.ts'
import { audience, rightClaims } from '../hardening/token-cases.ts'
import { guarded, type Guarded } from './guarded.ts'
import { IdentityProvider } from './identity-provider.ts'
import { before, type Came, wired } from './wire-request.ts'

const minute = 60_000
const metadata = '/.well-known/oauth-authorization-server/realm'

let provider: IdentityProvider
let server: Guarded
let now: number
let elapsed: () => number
let troubles: string[]
const opened: { close: () => unknown }[] = []

beforeAll(() => void (now = Date.now()))
beforeEach(async () => {
  elapsed = () => now
  provider = await IdentityProvider.start()
  troubles = []
  opened.push(provider)
})
afterAll(async () => void (await Promise.all(opened.map(async (each) => each.close()))))

/** A server whose clock the test turns. */
const start = async (around: (real: Authenticate) => Authenticate = (real) => real): Promise<void> => {
  const challenged = challenges()
  const tools = await published()
  const options = { issuer: provider.issuer, audience: [audience], tenantClaim: 'tenant', tools, challenges: challenged, now: () => now, clock: () => elapsed(), onTrouble: (error: unknown) => troubles.push(String(error)) }
  server = await guarded(async () => ({ authenticate: around(asking({ tokens: tokens(options) }, challenged)), routes: {} }))
  opened.push(server)
}

const lasting = { exp: Math.floor(Date.now() / 1_000) + 7 * 24 * 60 * 60 }
const ask = async (token: string): Promise<Came> => wired(server.url, before('ping'), [`authorization: Bearer ${token}`])
const statusOf = async (token: string): Promise<number> => (await ask(token)).status
const signed = (kid = 'RS256'): Promise<string> => provider.sign(rightClaims(provider.issuer, lasting), { alg: 'RS256', kid })
const fetched = (): number => provider.asked.get('/realm/keys') ?? 0

test('keys are fetched once for many calls, and once more when a new key is met', async () => {
  await start()
  const token = await signed()
  expect(await Promise.all(Array.from({ length: 10 }, () => statusOf(token)))).toEqual(Array(10).fill(200))
  expect(fetched()).toBe(1)
  await provider.add('next', 'RS256')
  now += minute
  expect(await Promise.all([statusOf(await signed('next')), statusOf(await signed('next'))])).toEqual([200, 200])
  expect(await statusOf(token)).toBe(200)
  expect(fetched()).toBe(2)
})

test('a token that names no key makes it look for a newer one too', async () => {
  await start()
  const nameless = () => provider.sign(rightClaims(provider.issuer, lasting), { kid: undefined })
  expect(await statusOf(await nameless())).toBe(200)
  await provider.add('RS256', 'RS256')
  expect(await statusOf(await nameless())).toBe(401)
  now += minute
  expect([await statusOf(await nameless()), fetched()]).toEqual([200, 2])
})

test('a clock that is set back by a day keeps it from nothing', async () => {
  await start()
  expect(await statusOf(await signed())).toBe(200)
  await provider.add('next', 'RS256')
  const ahead = 24 * 60 * minute
  now -= ahead
  elapsed = () => now + ahead + minute
  expect(await statusOf(await signed('next'))).toBe(200)
})

test('made-up keys make it ask the issuer at most every half minute', async () => {
  await start()
  await statusOf(await signed())
  const strange = async (count: number) => Promise.all(Array.from({ length: count }, async (_, index) => statusOf(await provider.forge(rightClaims(provider.issuer), { alg: 'RS256', kid: `no ${index}` }))))
  expect(await strange(20)).toEqual(Array(20).fill(401))
  expect(fetched()).toBe(1)
  now += minute
  expect(await strange(20)).toEqual(Array(20).fill(401))
  expect(fetched()).toBe(2)
})

/** Admitted before its key is taken back, refused after. */
const expectRefusedOnceRetired = async (): Promise<void> => {
  const token = await signed()
  expect(await statusOf(token)).toBe(200)
  await provider.add('next', 'RS256')
  provider.retire('RS256')
  now += 11 * minute
  await expect.poll(() => statusOf(token)).toBe(401)
  expect(await statusOf(await signed('next'))).toBe(200)
}

test('a token that was admitted is admitted no more once its key is published no more', async () => {
  await start()
  await expectRefusedOnceRetired()
})

test('the same check fails on a server that keeps whom it admitted', async () => {
  const kept = new Map<string | undefined, Identity>()
  await start((real) => async (request) => {
    const found = kept.get(request.headers.authorization) ?? (await real(request))
    if (!isRefused(found)) kept.set(request.headers.authorization, found)
    return found
  })
  await expect(expectRefusedOnceRetired()).rejects.toThrow(/401/)
})

test('a token that was admitted is admitted no more once it has expired', async () => {
  await start()
  const token = await provider.sign(rightClaims(provider.issuer, { exp: Math.floor(now / 1_000) + 60 }))
  expect(await statusOf(token)).toBe(200)
  now += 71_000
  expect(await statusOf(token)).toBe(401)
})

test('while the issuer is away, what is known goes on, and of the rest nothing is believed', async () => {
  await start()
  const [known, fresh] = [await signed(), await provider.sign(rightClaims(provider.issuer, { ...lasting, sub: 'grace' }))]
  expect(await statusOf(known)).toBe(200)
  await provider.add('next', 'RS256')
  provider.instead = { status: 503 }
  now += 60 * minute
  expect([await statusOf(known), await statusOf(fresh)]).toEqual([200, 200])
  const unsure = await ask(await signed('next'))
  expect({ status: unsure.status, after: Number(unsure.headers['retry-after']) }).toEqual({ status: 503, after: expect.any(Number) as number })
  expect(unsure.headers['retry-after']).toMatch(/^[1-5]$/)
  expect(await statusOf(await provider.forge(rightClaims(provider.issuer)))).toBe(401)
  now += 24 * 60 * minute
  expect(await statusOf(known)).toBe(503)
  provider.instead = undefined
  now += minute
  expect([await statusOf(known), await statusOf(await signed('next'))]).toEqual([200, 200])
  expect(troubles[0]).toContain('answers 503')
})

test('before the issuer was ever reached, nobody is admitted', async () => {
  provider.instead = { status: 500 }
  await start()
  expect(await ask(await signed())).toMatchObject({ status: 503, headers: { 'retry-after': expect.stringMatching(/^[1-5]$/) as string } })
  expect(await statusOf('no token')).toBe(400)
  provider.instead = undefined
  now += minute
  expect(await statusOf(await signed())).toBe(200)
})

test.each<[string, { status: number; headers?: Record<string, string>; body?: string }, RegExp]>([
  ['redirects', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, /answers 302, a redirect, which is not followed/],
  ['is no JSON', { status: 200, body: '<html>' }, /is not JSON/],
  ['is without end', { status: 200, body: `"${'x'.repeat(300_000)}"` }, /is larger than 262144 bytes/],
  ['is of another issuer', { status: 200, body: '{"issuer": "https://evil.example", "jwks_uri": "https://evil.example/keys"}' }, /is about the issuer "https:\/\/evil\.example".*--oauth-issuer/],
  ['names no keys', { status: 200, body: '{"issuer": "x"}' }, /names no issuer and jwks_uri/],
])('an issuer whose document %s is not believed', async (_, instead, said) => {
  provider.instead = instead
  await start()
  expect(await statusOf(await signed())).toBe(503)
  expect(troubles.join()).toMatch(said)
})

test('keys at an address that is neither https nor on this machine are not fetched', async () => {
  provider.instead = { status: 200, body: JSON.stringify({ issuer: provider.issuer, jwks_uri: 'http://keys.example/' }) }
  await start()
  expect(await statusOf(await signed())).toBe(503)
  expect(troubles.join()).toContain('a jwks_uri that is not https')
})

test('an issuer that never answers makes callers wait for a few seconds, not for ever', async () => {
  await start()
  now += 25 * 60 * minute
  provider.hangs = true
  const began = Date.now()
  expect(await statusOf(await signed())).toBe(503)
  expect(Date.now() - began).toBeLessThan(12_000)
}, 20_000)

test('its metadata is found where either standard has it', async () => {
  await start()
  expect(await statusOf(await signed())).toBe(200)
  expect(provider.asked.get(metadata)).toBe(1)
  provider.movedTo = '/realm/.well-known/openid-configuration'
  now += 25 * 60 * minute
  expect(await statusOf(await signed())).toBe(200)
})
