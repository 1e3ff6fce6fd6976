import type { Attempt, Notification } from './notification.ts'

type Verdict = Pick<Notification, 'state' | 'due_at'>

/** Seconds until what failed is tried for the second and last time. */
const retryAfter = [60]

/** [docs] Who answers 429 is left alone for a minute, growing to two hours. [inferred] It doubles. */
const pauses = [60, 120, 240, 480, 960, 1920, 3840, 7200]

const isThrottled = ({ status }: Attempt): boolean => status === 429

const isDelivered = ({ status }: Attempt): boolean => status !== null && status >= 200 && status < 300

/** What is to become of a notification after these attempts, of which there is at least one. */
export const verdict = (attempts: readonly Attempt[], now: number): Verdict => {
  const last = attempts.at(-1)!
  if (isDelivered(last)) return { state: 'delivered', due_at: now }
  const wait = last.status === 410 ? undefined : waitAfter(last, attempts)
  return wait === undefined ? { state: 'dropped', due_at: now } : { state: 'waiting', due_at: now + wait }
}

/** Seconds until the next attempt; undefined when there is none. Being throttled is no failure. */
const waitAfter = (last: Attempt, attempts: readonly Attempt[]): number | undefined => {
  const alike = attempts.filter((attempt) => isThrottled(attempt) === isThrottled(last)).length
  return (isThrottled(last) ? pauses : retryAfter)[alike - 1]
}
