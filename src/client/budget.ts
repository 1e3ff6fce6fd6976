import { type Allowance, allowance, isAboutJobs, longestWindowMs, retryAt, windowEnd } from './allowance.ts'
import type { Answer } from './call.ts'

/** Requests that may be sent. Times are in milliseconds of the client's clock. */
export interface Budget {
  /** How long the next request has to wait; Infinity until it is told otherwise, to whoever watches. */
  readonly delay: (now: number) => number
  /** Counts a request that is sent now. */
  readonly spend: (now: number) => void
  /** Hears what an answer tells. `others` are in flight, and may not be counted in it yet. */
  readonly learn: (answer: Answer, seen: Seen) => void
  /** The present window, only while little is left of it. */
  readonly window: (now: number) => Window | undefined
  /** Calls `look` when requests may go sooner than was said. `waiting` tells how many would. */
  readonly watch?: (look: () => void, waiting: () => number) => void
  /** Called when its client is closed. */
  readonly close?: () => void
}

export interface Seen {
  readonly sentAt: number
  readonly now: number
  readonly others: number
}

export interface Window {
  readonly left: number
  readonly resetAt: number
}

/**
 * What one process knows of Intercom's budget: free while there is plenty, spread evenly over what remains of the window when little
 * is left, nothing once it is used up.
 */
export const ownBudget = (): Budget => {
  const state: State = { strikes: 0, lastSent: 0 }
  return {
    delay: (now) => delay(state, now),
    spend: (now) => {
      state.lastSent = now
      if (state.window) state.window.left -= 1
    },
    learn: (answer, seen) => learn(state, answer, seen),
    window: (now) => (state.window && isAhead(state.window.resetAt - now) ? state.window : undefined),
  }
}

interface State {
  /** Refusals in a row that did not say how long to wait. */
  strikes: number
  lastSent: number
  /** The present window, only while little is left of it. */
  window?: { left: number; readonly resetAt: number; readonly refused?: true }
}

/** Less than this part of a window is little. */
export const reserve = 0.1

/** Wait after a 429 that tells no time: doubled each time in a row. */
export const blindWait = (before: number): number => 1000 * 2 ** before

/** Two answers of one window may put its end this far apart: servers tell time in whole seconds. */
export const slackMs = 1500

const delay = (state: State, now: number): number => {
  if (state.window && !isAhead(state.window.resetAt - now)) state.window = undefined
  const { window } = state
  if (!window) return 0
  const evenly = (window.resetAt - state.lastSent) / (window.left + 1)
  return Math.max(0, state.lastSent + evenly - now)
}

/** None is further off than the longest: then the clock was set back. */
export const isAhead = (ms: number): boolean => ms > 0 && ms <= longestWindowMs

const learn = (state: State, answer: Answer, { now, others }: Seen): void => {
  if (isRefusal(answer)) return refused(state, answer, now)
  state.strikes = 0
  const seen = allowance(answer)
  if (!seen || state.window?.refused) return
  const left = Math.max(0, seen.left - others)
  const little = isLittle({ ...seen, left })
  if (!little && !state.window) return
  const resetAt = windowEnd(answer, now)
  if (resetAt === undefined || (state.window && resetAt < state.window.resetAt - slackMs)) return // of a window that is over
  state.window = little ? { left, resetAt } : undefined
}

const isLittle = ({ limit, left }: Allowance): boolean => left <= limit * reserve

/** Whether the budget was overdrawn. */
export const isRefusal = (answer: Answer): boolean => answer.status === 429 && !isAboutJobs(answer)

const refused = (state: State, answer: Answer, now: number): void => {
  const resetAt = retryAt(answer, now) ?? now + blindWait(state.strikes++)
  state.window = { left: 0, resetAt: Math.min(resetAt, now + longestWindowMs), refused: true }
}
