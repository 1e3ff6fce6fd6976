import { allowance, isAboutJobs, longestWindowMs, retryAt, windowEnd } from './allowance.ts'
import { type Answer, type Call, failed, type Send, type World } from './call.ts'
import type { Limits } from './limits.ts'
import { queue } from './queue.ts'

/**
 * Spends Intercom's rate budget: freely while there is plenty, evenly over what remains of the window when little is left,
 * not at all when it is used up. Callers are served in the order they came. Directly around the wire, so that every
 * request passes, retries and read-backs included.
 */
export const pace = (world: World, { connections }: Pick<Limits, 'connections'>) => {
  const line = queue(world, () => delay(state, world.now()))
  const state: State = { inFlight: 0, connections, strikes: 0, lastSent: 0 }
  const paced = (next: Send<Answer>): Send<Answer> =>
    async (call) => {
      if (!line.isEmpty() || delay(state, world.now()) > 0) await turn(call)
      else depart()
      try {
        const answer = await next(call)
        learn(state, answer, world.now())
        return answer
      } finally {
        state.inFlight -= 1
        line.serve()
      }
    }
  return { paced, left }

  /** Requests left in the present window; undefined while there are plenty. Those in the line take theirs first. */
  function left(): number | undefined {
    const { window } = state
    return window && isAhead(window.resetAt - world.now()) ? Math.max(0, window.left - line.length()) : undefined
  }

  function depart() {
    state.inFlight += 1
    state.lastSent = world.now()
    if (state.window) state.window.left -= 1
  }

  function turn(call: Call): Promise<void> {
    const { window } = state
    const hopeless = window && window.left <= line.length() && window.resetAt >= call.expires
    if (hopeless) throw failed(call, 'rate_limited', { outcome: 'not_sent', retryAt: window.resetAt })
    return line.join(call, depart)
  }
}

interface State {
  inFlight: number
  readonly connections: number
  /** Refusals in a row that did not say how long to wait. */
  strikes: number
  lastSent: number
  /** The present window, only while little is left of it. */
  window?: { left: number; readonly resetAt: number; readonly refused?: true }
}

/** Less than this part of a window is little. */
const reserve = 0.1

/** Wait after a 429 that tells no time; doubled each time in a row. */
const blindWaitMs = 1000

/** Two answers of one window may put its end this far apart: servers tell time in whole seconds. */
const slackMs = 1500

/** How long the next request has to wait; Infinity until another has been answered. */
const delay = (state: State, now: number): number => {
  if (state.inFlight >= state.connections) return Infinity
  if (state.window && !isAhead(state.window.resetAt - now)) state.window = undefined
  const { window } = state
  if (!window) return 0
  const evenly = (window.resetAt - state.lastSent) / (window.left + 1)
  return Math.max(0, state.lastSent + evenly - now)
}

/** None is further off than the longest: then the clock was set back. */
const isAhead = (ms: number): boolean => ms > 0 && ms <= longestWindowMs

const learn = (state: State, answer: Answer, now: number): void => {
  if (answer.status === 429 && !isAboutJobs(answer)) return refused(state, answer, now)
  state.strikes = 0
  const seen = allowance(answer)
  if (!seen || state.window?.refused) return
  const left = Math.max(0, seen.left - (state.inFlight - 1)) // those in flight may not be counted yet
  const little = left <= seen.limit * reserve
  if (!little && !state.window) return
  const resetAt = windowEnd(answer, now)
  if (resetAt === undefined || (state.window && resetAt < state.window.resetAt - slackMs)) return // of a window that is over
  state.window = little ? { left, resetAt } : undefined
}

const refused = (state: State, answer: Answer, now: number): void => {
  const resetAt = retryAt(answer, now) ?? now + blindWaitMs * 2 ** state.strikes++
  state.window = { left: 0, resetAt: Math.min(resetAt, now + longestWindowMs), refused: true }
}
