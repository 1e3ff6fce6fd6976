import type { Call, Reason, Send } from './call.ts'

/**
 * Runs with a signal that aborts after `ms` with reason `timeout`, or with the outer signal's reason when that aborts.
 * Whoever holds a socket, a place in a queue or a timer rejects when it does.
 */
export const within = async <Result>(ms: number, outer: AbortSignal | undefined, run: (signal: AbortSignal) => Promise<Result>): Promise<Result> => {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort('timeout' satisfies Reason), ms)
  const stop = () => controller.abort(outer?.reason === 'timeout' ? 'timeout' : ('cancelled' satisfies Reason))
  outer?.addEventListener('abort', stop)
  if (outer?.aborted) stop()
  try {
    return await run(controller.signal)
  } finally {
    clearTimeout(timer)
    outer?.removeEventListener('abort', stop)
  }
}

/** A call that has no deadline yet. The signal is the caller's, if they gave one. */
export type Asked = Omit<Call, 'signal'> & { readonly signal?: AbortSignal }

/** One deadline for everything a call does: its place in the queue, its retries, the last byte of the answer, reading back. */
export const deadline = (now: () => number) => (next: Send) => (asked: Asked): Promise<unknown> =>
  within(asked.expires - now(), asked.signal, (signal) => next({ ...asked, signal }))
