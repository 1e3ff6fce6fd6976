import { timingSafeEqual } from 'node:crypto'
import type { Identity } from '../identity.ts'
import type { Ways } from './asking.ts'
import type { Challenges } from './challenge.ts'

/** A key that admits whoever has it. */
export interface Key {
  /** SHA-256 of it; the key itself is nowhere. */
  readonly digest: Buffer
  readonly identity: Identity
  /** When it stops, in milliseconds since 1970. */
  readonly expires?: number
}

/** Tells whose a key is, by the keys there are now. */
export const keys = (current: () => readonly Key[], now: () => number, { invalid }: Pick<Challenges, 'invalid'>): NonNullable<Ways['keys']> => (digest) => {
  const found = among(current(), digest)
  if (found?.expires !== undefined && found.expires <= now()) return invalid('has expired')
  return found?.identity
}

/** Each is compared to the end, so that the time it takes tells nothing of any. */
const among = (all: readonly Key[], digest: Buffer): Key | undefined => {
  let found: Key | undefined
  for (const key of all) if (timingSafeEqual(key.digest, digest)) found = key
  return found
}
