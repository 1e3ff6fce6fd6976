import { type Call, isPlainRead, pause, type Send, type World } from './call.ts'
import { Failure } from './failure.ts'
import type { Limits } from './limits.ts'

/**
 * Intercom counts a request before it runs it, so one that was answered 429 never ran and may be sent again, even a write.
 * Not documented by Intercom; true of every limiter that stands in front of what it protects.
 */
export const rateLimitedNeverRan = true

/**
 * Sends a read again after a lost connection, a 408 or a 5xx, with exponential backoff and full jitter, so that callers do
 * not come back all at once. A write only when it provably never ran. When much fails, hardly anything is repeated: retries
 * spend a credit that only new calls earn.
 */
export const retry = (world: World, { attempts }: Pick<Limits, 'attempts'>) => {
  const credit = creditOf(10, 0.1)
  return (next: Send): Send =>
    async (call) => {
      credit.earn()
      for (let attempt = 1; ; attempt++) {
        try {
          return await next(call)
        } catch (failure) {
          if (!(failure instanceof Failure) || attempt >= attempts || !mayRepeat(call, failure)) throw failure
          const again = isRateLimit(failure) ? (failure.retryAt ?? 0) : world.now() + backoff(attempt, failure, world)
          if (again >= call.expires || !(isRateLimit(failure) || credit.spend())) throw failure
          if (!isRateLimit(failure)) await pause(world, again - world.now(), call) // a rate limit is waited out in line, by `pace`
        }
      }
    }
}

const mayRepeat = (call: Call, failure: Failure): boolean => failure.transient === true && (isPlainRead(call) || neverRan(failure))

const neverRan = (failure: Failure): boolean => failure.outcome === 'not_sent' || (rateLimitedNeverRan && isRateLimit(failure))

const isRateLimit = ({ code }: Failure): boolean => code === 'rate_limited'

const firstBackoffMs = 250
const longestBackoffMs = 5000

const backoff = (attempt: number, { retryAt = 0 }: Failure, { now, random }: World): number =>
  Math.max(retryAt - now(), random() * Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempt - 1)))

const creditOf = (most: number, perCall: number) => {
  let credit = most
  return {
    earn: () => {
      credit = Math.min(most, credit + perCall)
    },
    spend: () => {
      if (credit < 1) return false
      credit -= 1
      return true
    },
  }
}
