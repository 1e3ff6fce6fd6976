import { usual } from '../server/http/admission.ts'
import { yesOrNo } from '../tools/rules.ts'
import { baseUrl, type Entry, filled, maybe, readAll, type Readings, type Setting, token } from './setting.ts'

/** A name or an address, as a Host header holds it before the port. */
const hostName = (text: string): string => {
  if (/^([\w.-]+|[\da-f:.]+|\[[\da-f:.]+\])$/i.test(text)) return text
  throw new Error(`${JSON.stringify(text)} is not a host name; give the name alone, such as mcp.example.com`)
}

/** A whole number from `least` on; `initial` when none is given. */
const wholeNumber = (least: number, most: number, initial: number) => (text = String(initial)): number => {
  const number = /^\d+$/.test(text.trim()) ? Number(text) : NaN
  if (number >= least && number <= most) return number
  throw new Error(`${JSON.stringify(text)} is not a whole number from ${least.toLocaleString('en')} to ${most.toLocaleString('en')}`)
}

/** The URL of an identity provider, exactly as its tokens have it: a slash at its end is a part of its name. */
const issuerUrl = (text: string): string => {
  baseUrl(text)
  return text
}

/** Its password must not be shown, so its text never is. */
const redisUrl = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^rediss?:$/.test(url.protocol) && url.hostname !== '' && /^(\/\d*)?$/.test(url.pathname)) return text
  throw new Error('it is not a URL like redis://host:6379 or rediss://user:password@host:6379/0')
}

const table = {
  publicUrl: {
    env: 'INTERCOM_MCP_PUBLIC_URL',
    flag: '--public-url <url>',
    about: 'the URL clients use, such as https://mcp.example.com/mcp; its host is allowed too',
    read: maybe(baseUrl),
  },
  keys: {
    env: 'INTERCOM_MCP_KEYS',
    flag: '--keys <path>',
    about: 'JSON file of keys that admit who has one; intercom-mcp key makes them',
    path: true,
    read: maybe(filled),
  },
  oauthIssuer: {
    env: 'INTERCOM_MCP_OAUTH_ISSUER',
    flag: '--oauth-issuer <url>',
    about: 'identity provider whose access tokens admit callers, exactly as their "iss" has it',
    read: maybe(issuerUrl),
  },
  oauthAudience: {
    env: 'INTERCOM_MCP_OAUTH_AUDIENCE',
    flag: '--oauth-audience <uri>',
    about: 'whom those tokens have to be meant for ("aud"); the public URL by default',
    read: maybe(filled),
  },
  oauthTenantClaim: {
    env: 'INTERCOM_MCP_OAUTH_TENANT_CLAIM',
    flag: '--oauth-tenant-claim <name>',
    about: 'the claim of those tokens that names the tenant (default: tenant)',
    read: maybe(filled),
  },
  allowHost: {
    env: 'INTERCOM_MCP_ALLOW_HOST',
    flag: '--allow-host <name>',
    about: 'another name clients may reach this server under; several with commas, or by giving it again',
    repeatable: true,
    read: maybe((text) => text.split(',').map((name) => hostName(name.trim()))),
  },
  tenants: {
    env: 'INTERCOM_MCP_TENANTS',
    flag: '--tenants <path>',
    about: 'JSON file of several Intercom workspaces, each with its access token and policy; see docs/http.md',
    path: true,
    read: maybe(filled),
  },
  callerTokens: {
    env: 'INTERCOM_MCP_CALLER_TOKENS',
    flag: '--caller-tokens',
    about: 'let callers bring the access token of their own Intercom, in the header Intercom-Token',
    read: (text) => text !== undefined && yesOrNo(text),
  },
  webhookSecret: {
    env: 'INTERCOM_MCP_WEBHOOK_SECRET',
    about: "your Intercom app's client secret, by which its webhooks are known",
    secret: true,
    read: maybe(token),
  },
  redisUrl: {
    env: 'REDIS_URL',
    flag: '--redis-url <url>',
    about: 'Redis 7 that replicas share, such as redis://:password@host:6379; see docs/http.md',
    secret: true,
    read: maybe(redisUrl),
  },
  sessions: {
    env: 'INTERCOM_MCP_SESSIONS',
    flag: '--sessions <number>',
    about: 'sessions of clients that speak the 2025-11-25 protocol, at most (default: 1000); 0 for none, as replicas want it',
    read: wholeNumber(0, 100_000, 1_000),
  },
  sessionMinutes: {
    env: 'INTERCOM_MCP_SESSION_MINUTES',
    flag: '--session-minutes <number>',
    about: 'minutes after which a session ends that nobody uses (default: 30)',
    read: wholeNumber(1, 1_440, 30),
  },
  maxConcurrentCalls: {
    env: 'INTERCOM_MCP_MAX_CONCURRENT_CALLS',
    flag: '--max-concurrent-calls <number>',
    about: `calls of one caller that are answered at once (default: ${usual.perCaller}); more wait for their turn`,
    read: wholeNumber(1, 100_000, usual.perCaller),
  },
  maxTenantCalls: {
    env: 'INTERCOM_MCP_MAX_TENANT_CALLS',
    flag: '--max-tenant-calls <number>',
    about: `calls of all callers of one tenant that are answered at once (default: ${usual.perTenant})`,
    read: wholeNumber(1, 100_000, usual.perTenant),
  },
  maxCalls: {
    env: 'INTERCOM_MCP_MAX_CALLS',
    flag: '--max-calls <number>',
    about: `calls of all callers that are answered at once (default: ${usual.calls})`,
    read: wholeNumber(1, 100_000, usual.calls),
  },
  maxWaiting: {
    env: 'INTERCOM_MCP_MAX_WAITING',
    flag: '--max-waiting <number>',
    about: `calls that may wait for their turn (default: ${usual.waiting}); then whoever has most there is told to come later (429)`,
    read: wholeNumber(0, 100_000, usual.waiting),
  },
  maxStreams: {
    env: 'INTERCOM_MCP_MAX_STREAMS',
    flag: '--max-streams <number>',
    about: `streams of notifications one caller may hold (default: ${usual.streams})`,
    read: wholeNumber(0, 100_000, usual.streams),
  },
  drainDelay: {
    env: 'INTERCOM_MCP_DRAIN_DELAY',
    flag: '--drain-delay <seconds>',
    about: 'seconds at the end in which /readyz says no and calls are still taken, for load balancers to notice (default: 0)',
    read: wholeNumber(0, 300, 0),
  },
  metricsPort: {
    env: 'INTERCOM_MCP_METRICS_PORT',
    flag: '--metrics-port <number>',
    about: 'port on which Prometheus finds /metrics; none by default',
    read: maybe((text) => wholeNumber(0, 65_535, 0)(text)),
  },
  metricsHost: {
    env: 'INTERCOM_MCP_METRICS_HOST',
    flag: '--metrics-host <host>',
    about: 'address on which it is found (default: 127.0.0.1)',
    read: maybe(filled),
  },
} as const satisfies Record<string, Setting>

/** What can be set of serving over HTTP only. */
export type HttpSettings = Readings<typeof table>

/** For help. */
export const httpEntries: readonly Entry[] = Object.values<Entry>(table)

/** Reads them. Throws Misuse. */
export const httpSettings = (flags: Readonly<Record<string, unknown>>, env: Readonly<Record<string, string | undefined>>): HttpSettings => readAll(table, flags, env)
