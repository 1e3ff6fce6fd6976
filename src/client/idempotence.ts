import { createHash } from 'node:crypto'
import { digest } from './approval.ts'
import { type Call, failed, type Send, unlessEnded } from './call.ts'
import { Failure } from './failure.ts'
import type { Ended, Entry, Ledger } from './ledger.ts'
import type { Lost } from './settle.ts'

/** A write with its key, as it is to be entered. */
interface Keyed {
  readonly call: Call
  readonly id: string
  readonly entry: Entry
}

type Run = (keyed: Keyed) => Promise<unknown>

/** What a repeated call is answered with. */
interface Repeating {
  readonly look: Look
  /** Gets every call under which nothing was sent, since another had been. */
  readonly repeats: WeakSet<Call>
}

/** What became of a write that was lost; rejects as long as that cannot be told. */
type Look = (call: Call, lost: Lost) => Promise<unknown>

/**
 * Runs a write under an idempotency key once: whoever asks again with the key gets the first answer, or waits for it, and nothing is
 * sent. It is entered before it is sent, so that one that was under way when its process died is known to be unknown. What is unknown
 * is looked for, with `look`, and never sent again; only what certainly did not happen frees its key. Keys are the principal's own, and
 * of `scope`: one workspace.
 */
export const atMostOnce = (now: () => number, ledger: Ledger, scope: readonly string[], { look, repeats }: Repeating) => (next: Send): Send => {
  const run = together(entering(ledger, { look, repeats }, next), repeats)
  return (call) => {
    if (call.effect === 'read' || call.idempotencyKey === undefined) return next(call)
    return run({ call, id: idOf(scope, call.caller.principal, call.idempotencyKey), entry: { digest: digest(call.operation.name, call.input), at: now() } })
  }
}

/** Whether anything is entered under a principal's key, so that nothing more will be sent under it. */
export const isTaken = (ledger: Ledger, scope: readonly string[]) => async (principal: string, key: string): Promise<boolean> =>
  (await ledger.find(idOf(scope, principal, key)).catch(() => undefined)) !== undefined

/** Those who ask while the first is under way wait for its answer, and ask again when it left too early to know. */
const together = (run: Run, repeats: WeakSet<Call>): Run => {
  const underWay = new Map<string, { readonly digest: string; readonly answer: Promise<unknown> }>()

  const lead = ({ call, id, entry }: Keyed): Promise<unknown> => {
    const answer = run({ call, id, entry }).finally(() => underWay.delete(id))
    underWay.set(id, { digest: entry.digest, answer })
    return answer
  }
  const join = async (keyed: Keyed): Promise<unknown> => {
    const { call, id, entry } = keyed
    const leader = underWay.get(id)
    if (!leader) return lead(keyed)
    if (leader.digest !== entry.digest) throw otherwise(call)
    repeats.add(call)
    return unlessEnded(call, leader.answer).catch((failure: unknown) => {
      if (call.ending.reason || !(failure instanceof Failure) || !gaveUp(failure)) throw failure
      return join(keyed)
    })
  }
  return join
}

/** Enters a write before it runs, and how it ended; sends nothing when that is entered already. */
const entering = (ledger: Ledger, { look, repeats }: Repeating, next: Send): Run => {
  const entered = async (id: string, entry: Entry, work: () => Promise<unknown>): Promise<unknown> => {
    const end = (ended: Ended) => ledger.end(id, { ...entry, ended }).catch(() => {}) // unknown it stays then, and so is never sent again
    try {
      const answer = await work()
      await end({ answer })
      return answer
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure
      await (failure.neverHappened ? ledger.free(id).catch(() => {}) : end({ failure: saved(failure) }))
      throw failure
    }
  }
  return async ({ call, id, entry }) => {
    const taken = await ledger.begin(id, entry).catch((cause: unknown) => {
      throw failed(call, 'policy_denied', { outcome: 'not_sent', note: 'This server cannot keep idempotency keys now, and without it nothing is sent', cause })
    })
    repeats.delete(call) // whom it waited for may have left
    if (!taken) return entered(id, entry, () => next(call))
    if (taken.digest !== entry.digest) throw otherwise(call)
    repeats.add(call)
    const lost = lostOf(call, taken)
    return lost ? entered(id, taken, () => look(call, lost)) : answerOf(call, taken.ended!)
  }
}

const idOf = (scope: readonly string[], principal: string, key: string): string =>
  createHash('sha256').update(JSON.stringify([...scope, principal, key])).digest('hex')

const otherwise = (call: Call): Failure =>
  failed(call, 'invalid_input', { outcome: 'not_sent', note: 'its idempotency key was used before, for a call with other arguments; take a new key for this one' })

/** Whether the first who asked left too early to know. */
const gaveUp = ({ code, outcome }: Failure): boolean => outcome === 'unknown' || code === 'cancelled' || code === 'timeout'

const saved = ({ code, cause: _cause, name: _name, ...detail }: Failure) => ({ code, detail })

/** How a write that is entered was lost; undefined when it is known how it ended. */
const lostOf = (call: Call, { at, ended }: Entry): Lost | undefined => {
  if (!ended) return { since: at, failure: failed(call, 'unavailable', { outcome: 'unknown', note: 'the server ended before the answer came' }) }
  if (!('failure' in ended) || ended.failure.detail.outcome !== 'unknown') return undefined
  return { since: at, failure: new Failure(ended.failure.code, ended.failure.detail) }
}

const answerOf = (call: Call, ended: Ended): unknown => {
  if ('failure' in ended) throw new Failure(ended.failure.code, ended.failure.detail)
  if ('answer' in ended) return ended.answer
  throw failed(call, 'too_large', { outcome: 'committed', note: 'it was not kept for a repetition' })
}
