/** Where a token stands in the present window. `reset` is the window's end in unix seconds. */
export interface Budget {
  readonly limit: number
  readonly remaining: number
  readonly reset: number
  readonly exceeded: boolean
}

/** Length of a window in seconds, and Intercom's name for it. */
const window = 10
const windowName = '10_seconds'

export const exceeded = (limit: number): string => `Exceeded rate limit of ${limit} in ${windowName}`

/** Counts requests per token in fixed windows. */
export interface RateLimit {
  /** Counts a request of a known token. */
  readonly spend: (token: string, now: number) => Budget
  /** What a stranger is told; their requests are refused anyway and do not count. */
  readonly untouched: (now: number) => Budget
  /** Begins to count anew. */
  readonly clear: () => void
}

export const limiterOf = (limit: number): RateLimit => {
  const used = new Map<string, { reset: number; requests: number }>()
  const resetAt = (now: number): number => now - (now % window) + window

  return {
    spend: (token, now) => {
      const reset = resetAt(now)
      const before = used.get(token)
      const requests = (before?.reset === reset ? before.requests : 0) + 1
      used.set(token, { reset, requests })
      return { limit, remaining: Math.max(0, limit - requests), reset, exceeded: requests > limit }
    },
    untouched: (now) => ({ limit, remaining: limit, reset: resetAt(now), exceeded: false }),
    clear: () => used.clear(),
  }
}
