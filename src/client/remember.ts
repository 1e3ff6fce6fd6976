import type { Operation } from '../contract/operation.ts'
import { isWithin } from './alarm.ts'
import { type Call, isPlainRead, type Send, unlessEnded } from './call.ts'
import { Failure } from './failure.ts'
import type { Limits } from './limits.ts'

/** Makes what is kept stale: of these resources, or all of it. Later reads are not answered by any that began before. */
export type Forget = (changed?: ReadonlySet<string | undefined>) => void

/** Other processes with clients of the same token. */
export interface Peers {
  /** Tells them what became stale. */
  readonly tell: Forget
  /** Calls `forget` when one of them told so, or may have; answers how to stop that. */
  readonly heed: (forget: Forget) => () => void
}

interface Kept {
  readonly at: number
  readonly value: unknown
  readonly operation: Operation
}

interface Flight {
  readonly answer: Promise<unknown>
  readonly operation: Operation
}

interface Remembering {
  readonly remembered: Send
  readonly forget: Forget
  /** Heeds its peers no longer. */
  readonly leave: () => void
}

/**
 * Keeps reference data (admins, ticket types) a while, and makes one request of identical reads under way. All of one
 * client, so of one token: another token's answers are never seen. A write (or a scroll, for simplicity) makes everything stale.
 * What is kept is given to all who ask, frozen, so that none changes another's: a copy of a long list takes longer than the call it is for.
 * `forget` makes peers forget too.
 */
export const remember = (now: () => number, { referenceMs }: Pick<Limits, 'referenceMs'>, next: Send, peers?: Peers): Remembering => {
  const kept = new Map<string, Kept>()
  const underWay = new Map<string, Flight>()

  const drop: Forget = (changed) => {
    for (const held of [kept, underWay]) for (const [key, { operation }] of held) if (isStale(operation, changed)) held.delete(key)
  }
  const forget: Forget = (changed) => {
    drop(changed)
    peers?.tell(changed)
  }
  const leave = peers?.heed(drop) ?? (() => {})
  const lead = async (call: Call, key: string): Promise<unknown> => {
    const flight: Flight = { answer: next(call), operation: call.operation }
    underWay.set(key, flight)
    try {
      const value = await flight.answer
      // A write that ended meanwhile took the flight off the list: its answer may be older than that write.
      if (call.operation.reference && underWay.get(key) === flight) kept.set(key, { at: now(), value: frozen(structuredClone(value)), operation: call.operation })
      return value
    } finally {
      if (underWay.get(key) === flight) underWay.delete(key)
    }
  }
  const read = (call: Call): Promise<unknown> => {
    const key = `${call.method} ${call.path} ${call.body ?? ''}`
    if (call.fresh) return lead(call, key)
    const found = kept.get(key)
    if (found && isWithin(referenceMs, found.at, now())) return Promise.resolve(found.value)
    const flight = underWay.get(key)
    return flight ? follow(call, flight.answer, () => read(call)) : lead(call, key)
  }
  return { remembered: (call) => (isPlainRead(call) ? read(call) : next(call).finally(() => forget())), forget, leave }
}

/** Lists that are kept are of a resource each; any other read may have seen what changed. */
const isStale = ({ reference, resource }: Operation, changed: ReadonlySet<string | undefined> | undefined): boolean => !changed || !reference || changed.has(resource)

/** Waits with the one who asked first; asks again when that one left before the answer. */
const follow = async (call: Call, flight: Promise<unknown>, again: () => Promise<unknown>): Promise<unknown> => {
  try {
    return structuredClone(await unlessEnded(call, flight))
  } catch (failure) {
    if (!(failure instanceof Failure) || call.ending.reason || !leftEarly(failure)) throw failure
    return again()
  }
}

/** Frozen all through. */
const frozen = (value: unknown): unknown => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen)
  return value
}

/** Failures that are about the caller who led, not about the answer. */
const leftEarly = ({ code, outcome }: Failure): boolean => code === 'cancelled' || code === 'timeout' || (code === 'rate_limited' && outcome === 'not_sent')
