import { decodeProtectedHeader, errors } from 'jose'
import type { Refused } from '../exchange.ts'
import { type Identity, isRefused } from '../identity.ts'
import type { Ways } from './asking.ts'
import { callerOf, type Reading } from './claims.ts'
import { Away, Issuer, type IssuerOptions, type Keys } from './issuer.ts'
import { BadToken, type Expected, tolerance, verified } from './verified.ts'

export type TokenOptions = IssuerOptions & Expected & Reading

/**
 * Tells whose a JWT of the issuer is. One that was found good is known by its digest as long as it lasts and the issuer's keys stay
 * the same. Asks for those keys at once, so that the first caller need not wait.
 */
export const tokens = (options: TokenOptions): NonNullable<Ways['tokens']> => {
  const issuer = new Issuer(options)
  issuer.keys().catch(() => {}) // each caller is told, and so was onTrouble
  return (token, digest) => {
    const id = digest.toString('base64')
    return issuer.current?.kept.get(id, options.now()) ?? check(issuer, options, token, id)
  }
}

const check = async (issuer: Issuer, options: TokenOptions, token: string, id: string): Promise<Identity | Refused> => {
  try {
    if (!isJwt.test(token)) throw new BadToken('is no access token of the issuer')
    const keys = await issuer.keys()
    return await believed(keys, options, token, id).catch(async (error: unknown) => {
      const newer = isOfUnknownKey(error, token) ? await issuer.newer(keys) : undefined
      if (!newer) throw error
      return believed(newer, options, token, id)
    })
  } catch (error) {
    return refusalFor(error, options)
  }
}

/** Whether a newer key of the issuer's might fit. Where a token names none, a signature that does not fit says no more. */
const isOfUnknownKey = (error: unknown, token: string): boolean =>
  error instanceof errors.JWKSNoMatchingKey || (error instanceof errors.JWSSignatureVerificationFailed && decodeProtectedHeader(token).kid === undefined)

/** Three parts, signed; one of five is encrypted. */
const isJwt = /^[\w-]+\.[\w-]+\.[\w-]+$/

const believed = async (keys: Keys, options: TokenOptions, token: string, id: string): Promise<Identity | Refused> => {
  const claims = await verified(token, keys, options)
  const caller = callerOf(claims, options)
  if (!isRefused(caller)) keys.kept.add(id, caller, (claims.exp + tolerance) * 1_000)
  return caller
}

/** What a caller is told. Whatever is wrong, nobody is admitted for it. */
const refusalFor = (error: unknown, { challenges: { invalid }, onTrouble }: TokenOptions): Refused => {
  if (error instanceof Away) return { status: 503, message: `${error.message}; try again in ${error.retryAfter} s.`, headers: { 'retry-after': String(error.retryAfter) } }
  if (error instanceof BadToken) return invalid(error.message)
  if (error instanceof errors.JOSEError) return invalid(reason(error))
  onTrouble(error) // such as a key of the issuer that is too weak
  return invalid('cannot be checked')
}

const reason = (error: errors.JOSEError): string => {
  if (error instanceof errors.JWTExpired) return 'has expired'
  if (error instanceof errors.JWTClaimValidationFailed) return reasons[error.claim] ?? `has a claim ${error.claim} that does not hold`
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed) return 'is not signed by a key of the issuer'
  return 'is no access token of the issuer'
}

const reasons: Readonly<Record<string, string>> = {
  iss: 'is from another issuer',
  aud: 'is meant for another audience than this server',
  exp: 'says nothing sensible of when it expires',
  nbf: 'is not valid yet',
}
