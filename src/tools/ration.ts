import type { Client } from '../client/client.ts'
import { Failure } from '../client/failure.ts'

/** How much one answer may ask of Intercom. Times are in milliseconds. */
export interface Ration {
  readonly calls: number
  /** For one call, and for all of them from now on. */
  readonly eachMs: number
  readonly wholeMs: number
  readonly now: () => number
}

/** A client that keeps to a ration. */
export interface RationedClient extends Client {
  /** Calls made so far. Some of them the client may have answered from what it keeps. */
  readonly spent: () => number
  /** Calls that may still be made: where few are left in Intercom's window, others want some of them too. */
  readonly rest: () => number
}

export const rationed = (client: Client, { calls, eachMs, wholeMs, now }: Ration): RationedClient => {
  const ends = now() + wholeMs
  let spent = 0
  return {
    ...client,
    call: (operation, input, options) => {
      if (spent >= calls) return Promise.reject(new Failure('policy_denied', { operation: operation.name, outcome: 'not_sent', note: `one answer makes at most ${calls} calls` }))
      spent += 1
      return client.call(operation, input, { ...options, deadlineMs: Math.max(1, Math.min(eachMs, ends - now())) })
    },
    spent: () => spent,
    rest: () => Math.min(calls - spent, fair(client.left())),
  }
}

const fair = (left: number | undefined): number => (left === undefined ? Infinity : Math.floor(left / 2))
