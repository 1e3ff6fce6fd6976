import type { Effect, Operation } from '../contract/operation.ts'
import type { Approval } from './approval.ts'
import type { Caller } from './caller.ts'
import type { Ending } from './ending.ts'
import { type Code, Failure, type FailureDetail, type Outcome } from './failure.ts'

/** One call on its way to Intercom. */
export interface Call {
  readonly operation: Operation
  readonly input: Record<string, unknown>
  /** What this very call would do. */
  readonly effect: Effect
  readonly method: string
  /** Encoded path with query string, without host. */
  readonly path: string
  /** JSON text. */
  readonly body?: string
  readonly ending: Ending
  /** When the call's time is up, by the client's clock, in milliseconds. */
  readonly expires: number
  readonly caller: Caller
  /** Of a write that is to happen at most once, however often it is asked for. */
  readonly idempotencyKey?: string
  /** That a person has agreed to it, where one was asked. */
  readonly approval?: Approval
  /** Neither a kept answer nor an identical read under way will do. */
  readonly fresh: boolean
}

/** An HTTP answer, whole and decompressed. Header names are in lower case. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** In place of the text, where the answer is a file. */
  readonly file?: Buffer
}

export type Send<Result = unknown> = (call: Call) => Promise<Result>

/** The outside world as the client sees it. Times are in milliseconds; `sleep` rejects when its signal aborts. */
export interface World {
  readonly now: () => number
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  readonly random: () => number
}

/** A failure of this call. A lost request is `unknown` only when it could change something, be it the place in a scroll. */
export const failed = (call: Call, code: Code, detail: FailureDetail): Failure => new Failure(code, { ...about(call), ...detail, outcome: outcomeOf(call, detail) })

/** Whether running it twice does the same as once. */
export const isIdempotent = ({ operation: { idempotent = false, idempotentBy }, input }: Call): boolean =>
  idempotent && (idempotentBy === undefined || input[idempotentBy] !== undefined)

const about = (call: Call) => {
  const { operation: { name, readBack = [] }, effect, input } = call
  const reads = [readBack].flat()
  const check = (reads.find((read) => read.input(input)) ?? reads[0])?.operation.name
  return {
    operation: name,
    effect,
    ...(isIdempotent(call) && { idempotent: true }),
    ...(check !== undefined && { check }),
    ...(call.idempotencyKey !== undefined && { keyed: true }),
  }
}

const outcomeOf = (call: Call, { outcome }: FailureDetail): Outcome => (outcome === 'unknown' && isPlainRead(call) ? 'not_committed' : outcome)

/** A read that can be asked again, or shared, as if it had never been asked. Not so a scroll: it moves on with each call. */
export const isPlainRead = ({ effect, operation }: Call): boolean => effect === 'read' && operation.idempotent !== false

/** The failure of a call that nobody waits for any more. */
export const interrupted = (call: Call, outcome: 'not_sent' | 'unknown'): Failure =>
  failed(call, call.ending.reason!, { outcome })

/** Waits for what another call does, unless this one ends first. */
export const unlessEnded = <Result>(call: Call, flight: Promise<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    if (call.ending.reason) return reject(interrupted(call, 'not_sent'))
    const stop = () => reject(interrupted(call, 'unknown'))
    call.ending.watch(stop)
    flight.then(resolve, reject).finally(() => call.ending.unwatch(stop))
  })

/** Sleeps unless the call ends first; nothing of it is under way meanwhile. */
export const pause = async (world: World, ms: number, call: Call): Promise<void> => {
  if (ms <= 0) return
  await world.sleep(ms, call.ending.signal).catch(() => {
    throw interrupted(call, 'not_sent') // nothing else wakes it
  })
}
