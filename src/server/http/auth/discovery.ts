import * as z from 'zod'
import { documentAt } from './document.ts'

const Metadata = z.object({ issuer: z.string(), jwks_uri: z.string() })

/** Milliseconds an issuer has to tell its keys, all requests together. */
const patience = 5_000

/** The keys an issuer publishes, as its JWKS has them: its metadata says where. Throws an Error that says what is wrong. */
export const keysOf = async (issuer: string): Promise<unknown> => {
  const signal = AbortSignal.timeout(patience)
  const { jwks_uri: keys } = await metadataOf(issuer, signal)
  return documentAt(new URL(keys), signal)
}

/** The first document about the issuer that there is. Throws what was wrong with the first that could have been it. */
const metadataOf = async (issuer: string, signal: AbortSignal): Promise<z.output<typeof Metadata>> => {
  const problems: unknown[] = []
  for (const url of placesOf(new URL(issuer))) {
    try {
      return checked(issuer, url, await documentAt(url, signal))
    } catch (error) {
      problems.push(error)
    }
  }
  throw problems[0]
}

/** Where RFC 8414 and OpenID put it, in the order in which MCP clients look. */
const placesOf = ({ origin, pathname }: URL): URL[] => {
  const path = pathname.replace(/\/$/, '')
  const places = [`/.well-known/oauth-authorization-server${path}`, `/.well-known/openid-configuration${path}`, `${path}/.well-known/openid-configuration`]
  return [...new Set(places)].map((place) => new URL(place, origin))
}

const checked = (issuer: string, { href }: URL, found: unknown): z.output<typeof Metadata> => {
  const { success, data } = Metadata.safeParse(found)
  if (!success) throw new Error(`${href} names no issuer and jwks_uri`)
  if (data.issuer !== issuer) throw new Error(`${href} is about the issuer ${JSON.stringify(data.issuer.slice(0, 200))}; if that is yours, set --oauth-issuer to it exactly`)
  if (!isAsSafe(data.jwks_uri, issuer)) throw new Error(`${href} has a jwks_uri that is not https`)
  return data
}

/** https, or on this machine where the issuer is too. */
const isAsSafe = (url: string, issuer: string): boolean => {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' }
  const of = new URL(issuer)
  return protocol === 'https:' || (protocol === 'http:' && of.protocol === 'http:' && hostname === of.hostname)
}
