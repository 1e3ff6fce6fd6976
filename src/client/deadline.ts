import type { Alarm } from './alarm.ts'
import { Ending, within } from './ending.ts'

/**
 * One end for everything a call does, its place in the queue, its retries, the last byte of the answer, reading back: when
 * its time is up or its caller leaves, whichever comes first.
 */
export const deadline = (alarm: Alarm) =>
  async <Result>(ms: number, signal: AbortSignal | undefined, run: (ending: Ending) => Promise<Result>): Promise<Result> => {
    const caller = new Ending()
    const leave = () => caller.end('cancelled')
    signal?.addEventListener('abort', leave)
    if (signal?.aborted) leave()
    try {
      return await within(alarm, ms, caller, run)
    } finally {
      signal?.removeEventListener('abort', leave)
    }
  }
