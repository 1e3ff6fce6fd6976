import type { Identity } from '../identity.ts'

/** Most that are kept. */
const most = 10_000

/** Whose tokens were, that were found good: by their digests, until they expire. Those used longest ago make room. */
export class Kept {
  readonly #all = new Map<string, { readonly identity: Identity; readonly until: number }>()

  /** Undefined when it is not known to be good at this time, in milliseconds since 1970. */
  get(digest: string, now: number): Identity | undefined {
    const found = this.#all.get(digest)
    if (!found) return undefined
    this.#all.delete(digest)
    if (found.until <= now) return undefined
    this.#all.set(digest, found) // those used last stand last
    return found.identity
  }

  add(digest: string, identity: Identity, until: number): void {
    this.#all.set(digest, { identity, until })
    if (this.#all.size > most) this.#all.delete(this.#all.keys().next().value!)
  }
}
