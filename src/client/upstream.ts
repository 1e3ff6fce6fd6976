import type { Call } from './call.ts'
import { Failure } from './failure.ts'

/** Where Intercom is, and as whom. `fetch` is an Intercom inside this process, asked instead of the network. */
export interface Upstream {
  /** `https://host`, with a path prefix if need be. */
  readonly baseUrl: string
  readonly token: string
  readonly fetch?: (request: Request) => Promise<Response>
}

/** Intercom's own hosts, by the region a workspace lives in. */
export const regions = { us: 'https://api.intercom.io', eu: 'https://api.eu.intercom.io', au: 'https://api.au.intercom.io' } as const

/** The version of the API that the contract describes. */
const version = '2.13'

/** An upstream, read once. */
export interface Address {
  readonly origin: string
  /** Path before every operation's path; mostly empty. */
  readonly prefix: string
  readonly headers: Readonly<Record<string, string>>
  readonly headersWithBody: Readonly<Record<string, string>>
}

/** Throws a {@link Failure} when the base URL or the token cannot be one. The token is never repeated in it. */
export const addressOf = ({ baseUrl, token }: Upstream): Address => {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw new Failure('unreachable', { outcome: 'not_sent', note: 'its address must be like https://host, without user, query or fragment' })
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Failure('unauthorized', { outcome: 'not_sent' })
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    // Lists shrink about tenfold. Only gzip is asked for; `unpack` bounds what comes of it.
    'accept-encoding': 'gzip',
    'intercom-version': version,
    'user-agent': 'intercom-mcp',
  }
  return {
    origin: url.origin,
    prefix: url.pathname.replace(/\/+$/, ''),
    headers,
    headersWithBody: { ...headers, 'content-type': 'application/json' },
  }
}

export const headersFor = ({ headers, headersWithBody }: Address, { body, operation: { file } }: Call): Address['headers'] => {
  const usual = body === undefined ? headers : headersWithBody
  return file === undefined ? usual : { ...usual, accept: file }
}
