import { createHmac } from 'node:crypto'
import type { JWTPayload } from 'jose'
import type { IdentityProvider } from '../server/identity-provider.ts'

/** What a caller is to be told: nobody was named, the header is no credential, it is not good, it allows too little, or what Node itself says. */
export type Verdict = 'unknown' | 'malformed' | 'invalid' | 'insufficient' | 431 | 400

/** What is sent to be recognised by, as lines of a head; or as a query. */
export interface Said {
  readonly lines: readonly string[]
  readonly query?: string
}

type Case = readonly [name: string, verdict: Verdict, said: Said]

export const audience = 'http://localhost:8213/mcp'

/** What a token that is admitted claims. */
export const rightClaims = (issuer: string, more: JWTPayload = {}): JWTPayload => ({ iss: issuer, aud: audience, sub: 'ada', exp: seconds(300), scope: 'intercom:read', ...more })

const seconds = (ahead: number): number => Math.floor(Date.now() / 1_000) + ahead

const bearer = (token: string): Said => ({ lines: [`authorization: Bearer ${token}`] })
const encoded = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** Every way to be wrong that somebody could try, each of it alone. */
export const wrongCases = async (provider: IdentityProvider): Promise<readonly Case[]> => {
  const claims = (more: JWTPayload = {}) => rightClaims(provider.issuer, more)
  const good = await provider.sign(claims())
  return [...notSaid(good), ...misspelt(good), ...(await mangled(good, provider)), ...(await forged(provider, claims())), ...(await claimed(provider, claims)), ...(await scoped(provider, claims)), ...unreadable(good)]
}

const notSaid = (good: string): Case[] => {
  const lines: Readonly<Record<string, readonly string[]>> = {
    nothing: [],
    'an empty header': ['authorization:'],
    'Basic': [`authorization: Basic ${encoded('ada:secret')}`],
    'Basic with a good token': [`authorization: Basic ${good}`],
    'Digest': ['authorization: Digest username="ada"'],
    'DPoP': [`authorization: DPoP ${good}`],
    'a scheme that begins as the right one': [`authorization: Bearers ${good}`],
    'no scheme': [`authorization: ${good}`],
    'a tab after the scheme': [`authorization: Bearer\t${good}`],
    'another header': [`x-authorization: Bearer ${good}`],
    "a proxy's header": [`proxy-authorization: Bearer ${good}`],
    'a cookie': [`cookie: authorization=Bearer ${good}; access_token=${good}`],
    'the header of an Intercom token': [`x-access-token: ${good}`],
  }
  const inQuery: Said = { lines: [], query: `?access_token=${good}&authorization=Bearer%20${good}` }
  return [...Object.entries(lines).map(([name, of]): Case => [name, 'unknown', { lines: of }]), ['a good token in the query', 'unknown', inQuery]]
}

const misspelt = (good: string): Case[] =>
  Object.entries({
    'no token': ['authorization: Bearer'],
    'two tokens': [`authorization: Bearer ${good} ${good}`],
    'two with a comma': [`authorization: Bearer ${good}, Bearer ${good}`],
    'a quoted token': [`authorization: Bearer "${good}"`],
    'something after it': [`authorization: Bearer ${good};x=1`],
    'percent signs': ['authorization: Bearer %61%62'],
    'no ASCII': ['authorization: Bearer tökén'],
    'a parameter': [`authorization: Bearer token="${good}"`],
    'the same header twice': [`authorization: Bearer ${good}`, `authorization: Bearer ${good}`],
    'a bad one after a good one': [`authorization: Bearer ${good}`, 'authorization: Bearer bad'],
    'a good one after a bad one': ['authorization: Bearer bad', `Authorization: Bearer ${good}`],
    'Basic after a good one': [`authorization: Bearer ${good}`, 'AUTHORIZATION: Basic YTpi'],
    'a good one after Basic': ['authorization: Basic YTpi', `authorization: Bearer ${good}`],
  }).map(([name, lines]): Case => [name, 'malformed', { lines }])

const mangled = async (good: string, provider: IdentityProvider): Promise<Case[]> => {
  const [head = '', body = '', signature = ''] = good.split('.')
  const other = await provider.sign(rightClaims(provider.issuer, { sub: 'grace' }))
  const flipped = `${signature.slice(0, -6)}${signature.at(-6) === 'A' ? 'B' : 'A'}${signature.slice(-5)}`
  const tokens: Readonly<Record<string, string>> = {
    'a word': 'abc',
    'a key of the other kind': `imcp_${'A'.repeat(43)}`,
    'two parts': `${head}.${body}`,
    'four parts': `${good}.x`,
    'five parts, encrypted': `${good}.x.y`,
    'an empty signature': `${head}.${body}.`,
    'an empty head': `.${body}.${signature}`,
    'a signature cut short': good.slice(0, -8),
    'a changed character of the signature': `${head}.${body}.${flipped}`,
    "another token's signature": `${other.split('.').slice(0, 2).join('.')}.${signature}`,
    "another token's claims": `${head}.${other.split('.')[1]}.${signature}`,
    'another algorithm in the head': `${encoded({ alg: 'RS512', kid: 'RS256' })}.${body}.${signature}`,
    'claims that are no JSON': `${head}.${encoded('{')}.${signature}`,
    'claims that are a list': `${head}.${encoded([])}.${signature}`,
    'padding': `${good}=`,
    'a token of 12 kB': `${head}.${'A'.repeat(12_000)}.${signature}`,
  }
  return Object.entries(tokens).map(([name, token]): Case => [name, 'invalid', bearer(token)])
}

const forged = async (provider: IdentityProvider, claims: JWTPayload): Promise<Case[]> => {
  const unsigned = (alg: unknown) => `${encoded({ alg })}.${encoded(claims)}.`
  const byPublicKey = (secret: string) => {
    const signed = `${encoded({ alg: 'HS256', kid: 'RS256' })}.${encoded(claims)}`
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
  }
  const jwk = { ...provider.publicKey('ES256'), alg: undefined }
  const tokens: Readonly<Record<string, string>> = {
    'alg none': unsigned('none'),
    'alg None': unsigned('None'),
    'alg nOnE with a signature': `${unsigned('nOnE')}AA`,
    'no alg': unsigned(undefined),
    'an alg that is a list': unsigned(['RS256']),
    'HS256 with the public key for a secret': byPublicKey(JSON.stringify(provider.publicKey('RS256'))),
    'HS256 with its modulus for a secret': byPublicKey(provider.publicKey('RS256').n!),
    'HS256 with the empty secret': byPublicKey(''),
    'a key of the same name': await provider.forge(claims),
    'a key nobody knows': await provider.forge(claims, { alg: 'RS256', kid: 'unknown' }),
    'a key without a name': await provider.forge(claims, { alg: 'RS256' }),
    'a key that is a path': await provider.forge(claims, { alg: 'RS256', kid: '../../realm/keys' }),
    'its own key in its head': await provider.forge(claims, { alg: 'ES256', kid: 'own', jwk }),
    'an address of keys in its head': await provider.forge(claims, { alg: 'RS256', kid: 'own', jku: 'http://127.0.0.1:1/keys' }),
    'certificates in its head': await provider.forge(claims, { alg: 'RS256', kid: 'own', x5u: 'http://127.0.0.1:1/c', x5c: ['AA'] }),
    'a key meant for another algorithm': await provider.forge(claims, { alg: 'ES256', kid: 'RS256' }),
    'a key that is published no more': await provider.sign(claims, { alg: 'RS256', kid: 'retired' }),
    'a head that demands what nobody knows': await provider.sign(claims, { crit: ['x'], x: 1 }),
  }
  return Object.entries(tokens).map(([name, token]): Case => [name, 'invalid', bearer(token)])
}

const claimed = async (provider: IdentityProvider, claims: (more?: JWTPayload) => JWTPayload): Promise<Case[]> => {
  const bad: Readonly<Record<string, JWTPayload>> = {
    'another issuer': { iss: 'https://evil.example' },
    'an issuer with a slash more': { iss: `${provider.issuer}/` },
    'no issuer': { iss: undefined },
    'another audience': { aud: 'https://other.example/mcp' },
    'an audience with a slash more': { aud: `${audience}/` },
    'an audience that is only its host': { aud: 'http://localhost:8213' },
    'a list of other audiences': { aud: ['a', 'b'] },
    'no audience': { aud: undefined },
    'an empty audience': { aud: '' },
    'an end a minute ago': { exp: seconds(-60) },
    'an end long ago': { exp: 1 },
    'an end before time': { exp: -1 },
    'no end': { exp: undefined },
    'a beginning in a minute': { nbf: seconds(60) },
    'nobody it speaks for': { sub: undefined },
    'an empty name': { sub: '' },
    'a name of 256 characters': { sub: 'x'.repeat(256) },
    'an empty tenant': { tenant: '' },
    'a tenant that is a number': { tenant: 7 },
    'a tenant that is a list': { tenant: ['acme'] },
    'a toolset that is none': { scope: 'intercom:read intercom:toolset:nonsense' },
    'a toolset without a name': { scope: 'intercom:read intercom:toolset:' },
  }
  const odd: Readonly<Record<string, object>> = { 'an issuer that is a list': { iss: [provider.issuer] }, 'an end in words': { exp: 'tomorrow' }, 'an end that is null': { exp: null }, 'a beginning in words': { nbf: 'now' }, 'a name that is a number': { sub: 7 } }
  const kinds = ['dpop+jwt', 'logout+jwt', 'secevent+jwt', 'JOSE']
  return Promise.all([
    ...Object.entries({ ...bad, ...odd }).map(async ([name, more]): Promise<Case> => [name, 'invalid', bearer(await provider.sign(claims(more as JWTPayload)))]), // wrong on purpose
    ...kinds.map(async (typ): Promise<Case> => [`the type ${typ}`, 'invalid', bearer(await provider.sign(claims(), { typ }))]),
  ])
}

const scoped = async (provider: IdentityProvider, claims: (more?: JWTPayload) => JWTPayload): Promise<Case[]> => {
  const scopes: Readonly<Record<string, unknown>> = {
    'no scope': undefined,
    'an empty scope': '',
    "others' scopes": 'openid profile email',
    'a scope in capitals': 'Intercom:Read',
    'a scope that begins as one': 'intercom:reader',
    'a scope with commas': 'intercom:read,intercom:write',
    'a toolset alone': 'intercom:toolset:contacts',
    'a scope that is an object': { 'intercom:read': true },
    'the scope of everything': '* intercom:*',
  }
  return Promise.all(Object.entries(scopes).map(async ([name, scope]): Promise<Case> => [name, 'insufficient', bearer(await provider.sign(claims({ scope })))]))
}

/** What Node itself refuses, before anybody is asked. */
const unreadable = (good: string): Case[] => [
  ['a token of 64 kB', 431, bearer(`${good}${'A'.repeat(65_536)}`)],
  ['a line break in the token', 400, { lines: [`authorization: Bearer ${good.slice(0, 20)}\n ${good.slice(20)}\rx`] }],
  ['a NUL in the token', 400, bearer(`${good}\0`)],
]
