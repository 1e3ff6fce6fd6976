import type { Budget } from '../client/budget.ts'
import { windowMs } from './permits.ts'

/** The part of a window that each replica takes while they cannot agree. */
const part = 1 / 4

/** Intercom's smallest limit that we know of, where none was told: 1,000 a minute, in windows of ten seconds [inferred]. */
const smallest = 166

/** A budget of which no more than a part of each window is spent. `edge` is when some window began, `limit` what it took; 0 when not known. */
export const alone = (own: Budget, known: () => { readonly limit: number; readonly edge: number }) => {
  let [window, sent] = [0, 0]
  const present = (now: number) => Math.floor((now - known().edge) / windowMs)
  const most = () => Math.max(1, Math.floor((known().limit || smallest) * part))
  const used = (now: number) => (present(now) === window ? sent : 0)
  return {
    delay: (now: number): number => {
      const closed = used(now) >= most() ? known().edge + (present(now) + 1) * windowMs - now : 0
      return Math.max(closed, own.delay(now))
    },
    spend: (now: number): void => {
      sent = used(now) + 1
      window = present(now)
    },
    window: (now: number) => {
      const left = most() - used(now)
      return own.window(now) ?? (left <= 0 ? { left: 0, resetAt: known().edge + (present(now) + 1) * windowMs } : undefined)
    },
  }
}
