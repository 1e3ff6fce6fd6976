import { errors, type JWTPayload, jwtVerify, type JWTVerifyOptions, type JWTVerifyResult } from 'jose'
import type { Keys } from './issuer.ts'

/** What a token must say of itself. */
export interface Expected {
  readonly issuer: string
  /** One of these is enough. */
  readonly audience: string[]
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** A token says something that does not hold, in words that follow "The credential". */
export class BadToken extends Error {}

/** What a token claims that can be believed. */
export type Claims = JWTPayload & { readonly exp: number }

/** Seconds by which clocks may differ. */
export const tolerance = 10

/** Signatures that only the issuer can make. With a shared secret, whoever can check could also sign. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

/** What a token may call itself; others are made for other ends, and signed with the same keys. */
const kinds: readonly unknown[] = [undefined, 'jwt', 'at+jwt']

/** Keys tried for a token that does not say which is its own. */
const mostKeys = 10

/** The claims of a token that one of the issuer's keys signed, for us, for now. Throws jose's errors, or {@link BadToken}. */
export const verified = async (token: string, { find }: Keys, { issuer, audience, now }: Expected): Promise<Claims> => {
  const options = { issuer, audience, algorithms, requiredClaims: ['exp'], clockTolerance: tolerance, currentDate: new Date(now()) }
  const { payload, protectedHeader } = await jwtVerify(token, find, options).catch((error: unknown) => byAny(error, token, options))
  if (!kinds.includes(protectedHeader.typ?.toLowerCase().replace(/^application\//, ''))) throw new BadToken('is no access token, by its typ')
  return payload as Claims // exp was required, and is a number wherever it is given
}

/** One of several keys may fit a token that names none. */
const byAny = async (error: unknown, token: string, options: JWTVerifyOptions): Promise<JWTVerifyResult> => {
  if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
  let tried = 0
  for await (const key of error) {
    const found = await jwtVerify(token, key, options).catch(unlessSignedByAnother)
    if (found) return found
    if ((tried += 1) === mostKeys) break
  }
  throw new errors.JWSSignatureVerificationFailed()
}

const unlessSignedByAnother = (error: unknown): undefined => {
  if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error
}
