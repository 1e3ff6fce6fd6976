import type { Refused } from '../exchange.ts'
import { effectScopes } from './effect-scopes.ts'

/** What is wrong with a credential, in the words of RFC 6750. */
type Fault = 'invalid_request' | 'invalid_token' | 'insufficient_scope'

/** How callers without a credential that will do are told so, and where they get one. */
export interface Challenges {
  /** Nothing was shown, or nothing of this kind. */
  readonly unknown: Refused
  /** The header cannot be read as one credential. */
  readonly malformed: Refused
  /** A credential was shown and is not good, for a reason that completes "The credential …". */
  readonly invalid: (why: string) => Refused
  /** A token is good, but not for this: with these scopes it would be. */
  readonly insufficient: (scopes: readonly string[], message: string) => Refused
}

/** `metadata` is where the document of RFC 9728 stands; undefined where keys are all there is. */
export const challenges = (metadata?: string): Challenges => {
  const refused = (status: number, message: string, fault?: Fault, scopes?: readonly string[]): Refused => ({
    status,
    message,
    headers: { 'www-authenticate': header({ error: fault, scope: scopes?.join(' '), ...where }), 'cache-control': 'no-store' },
  })
  const where = metadata === undefined ? { realm: 'intercom-mcp' } : { resource_metadata: metadata }
  const any = metadata === undefined ? undefined : effectScopes // whoever asks for a token learns which scopes there are
  const ways = metadata === undefined ? 'a key' : 'an access token'
  return {
    unknown: refused(401, `Say who calls: send ${ways} in the header Authorization: Bearer ….`, undefined, any),
    malformed: refused(400, 'Send one header Authorization: Bearer …, with one credential and nothing else.', 'invalid_request'),
    invalid: (why) => refused(401, `The credential ${why}.`, 'invalid_token', any),
    insufficient: (scopes, message) => refused(403, message, 'insufficient_scope', scopes),
  }
}

const header = (parts: Readonly<Record<string, string | undefined>>): string =>
  `Bearer ${Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${value}"`])).join(', ')}`
