import type { Alarm } from './alarm.ts'
import { Ending, within } from './ending.ts'

/**
 * One end for everything a call does, its place in the queue, its retries, the last byte of the answer, reading back: when
 * its time is up or its caller leaves, whichever comes first.
 */
export const deadline = (alarm: Alarm) => {
  const following = follow()
  const nobody = new Ending()
  return <Result>(ms: number, signal: AbortSignal | undefined, run: (ending: Ending) => Promise<Result>): Promise<Result> =>
    signal ? following(signal, (caller) => within(alarm, ms, caller, run)) : within(alarm, ms, nobody, run)
}

interface Followed {
  readonly caller: Ending
  readonly leave: () => void
  calls: number
}

/** Listens to a signal while calls depend on it, once however many do: Node takes more than ten listeners for a leak. */
const follow = () => {
  const signals = new Map<AbortSignal, Followed>()

  const join = (signal: AbortSignal): Followed => {
    const followed = signals.get(signal) ?? listen(signal)
    followed.calls += 1
    signals.set(signal, followed)
    return followed
  }
  const part = (signal: AbortSignal, followed: Followed): void => {
    followed.calls -= 1
    if (followed.calls > 0) return
    signal.removeEventListener('abort', followed.leave)
    signals.delete(signal)
  }
  return async <Result>(signal: AbortSignal, run: (caller: Ending) => Promise<Result>): Promise<Result> => {
    const followed = join(signal)
    try {
      return await run(followed.caller)
    } finally {
      part(signal, followed)
    }
  }
}

const listen = (signal: AbortSignal): Followed => {
  const caller = new Ending()
  const leave = () => caller.end('cancelled')
  signal.addEventListener('abort', leave)
  if (signal.aborted) leave()
  return { caller, leave, calls: 0 }
}
