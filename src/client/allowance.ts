import type { Answer } from './call.ts'

/** How many requests Intercom's current 10-second window takes, and how many of them are left. */
export interface Allowance {
  readonly limit: number
  readonly left: number
}

/** A reset further off than this is a wrong clock, not a window; a pause longer than that is nonsense. */
export const longestWindowMs = 60_000
const longestPauseMs = 3_600_000

/** Read from the `X-RateLimit` headers; undefined when they are absent or make no sense, and then nothing is known. */
export const allowance = ({ headers }: Answer): Allowance | undefined => {
  const left = count(headers['x-ratelimit-remaining'])
  const limit = count(headers['x-ratelimit-limit'])
  return left === undefined || limit === undefined ? undefined : { limit, left }
}

/** A 429 also tells that a job of the same kind is still running. That is no matter of requests, and ends with no window. */
export const isAboutJobs = ({ status, text }: Answer): boolean => status === 429 && /rate limit of \d+ pending/i.test(text)

/** When a request that was answered 429 may be sent again: as told, or else at the end of the window. */
export const retryAt = (answer: Answer, now: number): number | undefined => retryAfter(answer, now) ?? windowEnd(answer, now)

/** `Retry-After`, in either of its forms. */
export const retryAfter = ({ headers }: Answer, now: number): number | undefined => {
  const value = String(headers['retry-after'])
  const wait = count(value) === undefined ? Date.parse(value) - theirClock(headers, now) : Number(value) * 1000
  return wait > 0 && wait <= longestPauseMs ? now + wait : undefined
}

/** When the current window ends, in milliseconds by our own clock; undefined when that is absent or makes no sense. */
export const windowEnd = ({ headers }: Answer, now: number): number | undefined => {
  const wait = (count(headers['x-ratelimit-reset']) ?? NaN) * 1000 - theirClock(headers, now)
  return wait > 0 && wait <= longestWindowMs ? now + wait : undefined
}

/** Their times are compared with their clock, where they tell it: ours may be hours off. */
const theirClock = (headers: Answer['headers'], now: number): number => {
  const date = Date.parse(String(headers.date))
  return Number.isNaN(date) ? now : date
}

const count = (value: string | string[] | undefined): number | undefined => (typeof value === 'string' && /^\d{1,12}$/.test(value.trim()) ? Number(value) : undefined)
