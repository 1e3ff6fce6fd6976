import type { Alarm } from './alarm.ts'

export type Reason = 'timeout' | 'cancelled'

/**
 * The end of a call, told to everyone who works for it: whoever holds a socket, a place in a queue or a timer lets go and
 * rejects. What an AbortSignal does at a fiftieth of its price, which every call would pay.
 */
export class Ending {
  readonly #watchers = new Set<(reason: Reason) => void>()
  #reason: Reason | undefined
  #controller: AbortController | undefined

  /** Why nobody waits for the answer any more; undefined while somebody does. */
  get reason(): Reason | undefined {
    return this.#reason
  }

  end(reason: Reason): void {
    if (this.#reason) return
    this.#reason = reason
    this.#controller?.abort(reason)
    for (const stop of this.#watchers) stop(reason)
  }

  /** Calls `stop` at the end, or now if that has come. */
  watch(stop: (reason: Reason) => void): void {
    if (this.#reason) stop(this.#reason)
    else this.#watchers.add(stop)
  }

  unwatch(stop: (reason: Reason) => void): void {
    this.#watchers.delete(stop)
  }

  /** For what knows nothing but an AbortSignal. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#reason) this.#controller.abort(this.#reason)
    return this.#controller.signal
  }
}

/** Runs with an ending of its own, which comes with the outer one or after `ms`. */
export const within = async <Result>(alarm: Alarm, ms: number, outer: Ending, run: (ending: Ending) => Promise<Result>): Promise<Result> => {
  const ending = new Ending()
  const disarm = alarm(ms, () => ending.end('timeout'))
  const follow = (reason: Reason) => ending.end(reason)
  outer.watch(follow)
  try {
    return await run(ending)
  } finally {
    disarm()
    outer.unwatch(follow)
  }
}
