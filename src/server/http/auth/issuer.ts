import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { Kept } from './kept.ts'
import { keysOf } from './discovery.ts'

/** Milliseconds after which keys are asked for again, while those at hand go on. */
const fresh = 10 * 60_000
/** Milliseconds for which keys go on while their issuer cannot be reached. */
const usable = 24 * 60 * 60_000
/** Milliseconds between two times an issuer is asked: anyone can make up tokens of unknown keys. */
const pause = { afterAnswer: 30_000, afterTrouble: 5_000 }

/** The keys an issuer signs with now, and what was found good by them: it goes when they change. */
export interface Keys {
  readonly find: JWTVerifyGetKey
  readonly kept: Kept
}

/** The issuer's keys are not to be had; nothing can be said of a token. */
export class Away extends Error {
  /** In seconds. */
  readonly retryAfter: number

  constructor(milliseconds: number) {
    super('The issuer of access tokens cannot be reached')
    this.retryAfter = Math.max(1, Math.ceil(milliseconds / 1_000))
  }
}

export interface IssuerOptions {
  readonly issuer: string
  /** Milliseconds of a clock that nobody sets: keys must not grow old unnoticed when the time of day is put right. */
  readonly clock: () => number
  /** Told why keys could not be had. */
  readonly onTrouble: (error: unknown) => void
}

/** An issuer of tokens, and the keys of it that are known. */
export class Issuer {
  readonly #options: IssuerOptions
  #keys: (Keys & { readonly text: string }) | undefined
  #gotAt = 0
  #askedAt = -Infinity
  #failed = false
  #asking: Promise<void> | undefined

  constructor(options: IssuerOptions) {
    this.#options = options
  }

  /** The keys at hand; undefined when there are none that may still be used. Asks for newer ones by the way. */
  get current(): Keys | undefined {
    const age = this.#options.clock() - this.#gotAt
    if (age > fresh && this.#wait <= 0) void this.#ask()
    return age > usable ? undefined : this.#keys
  }

  /** Keys by which to check. Throws {@link Away} when there are none. */
  async keys(): Promise<Keys> {
    if (!this.current && (this.#asking || this.#wait <= 0)) await this.#ask()
    const { current } = this
    if (current) return current
    throw new Away(this.#wait)
  }

  /** Keys that are newer than those which did not know a token; undefined when there are none. Throws {@link Away} when nobody can tell. */
  async newer(than: Keys): Promise<Keys | undefined> {
    if (this.#asking || this.#wait <= 0) await this.#ask()
    const { current } = this
    if (current && current !== than) return current
    if (this.#failed) throw new Away(this.#wait)
    return undefined
  }

  /** Milliseconds until it may be asked again. */
  get #wait(): number {
    return this.#askedAt + (this.#failed ? pause.afterTrouble : pause.afterAnswer) - this.#options.clock()
  }

  /** Those who ask at once ask together. Never rejects. */
  #ask(): Promise<void> {
    return (this.#asking ??= this.#fetch().finally(() => (this.#asking = undefined)))
  }

  async #fetch(): Promise<void> {
    const { issuer, clock, onTrouble } = this.#options
    this.#askedAt = clock()
    try {
      const set = await keysOf(issuer)
      const text = JSON.stringify(set)
      if (this.#keys?.text !== text) this.#keys = { text, find: createLocalJWKSet(set as JSONWebKeySet), kept: new Kept() } // it throws when it is none
      this.#gotAt = clock()
      this.#failed = false
    } catch (error) {
      this.#failed = true
      onTrouble(error)
    }
  }
}
