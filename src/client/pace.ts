import { type Budget, ownBudget } from './budget.ts'
import { type Answer, type Call, failed, type Send, type World } from './call.ts'
import type { Limits } from './limits.ts'
import { queue } from './queue.ts'

/**
 * Spends Intercom's rate budget, with no more requests in flight than there are connections. Callers are served in the order they
 * came. Directly around the wire, so that every request passes, retries and read-backs included.
 */
export const pace = (world: World, { connections }: Pick<Limits, 'connections'>, budget: Budget = ownBudget()) => {
  let inFlight = 0
  const delay = () => (inFlight >= connections ? Infinity : budget.delay(world.now()))
  const line = queue(world, delay)
  const paced = (next: Send<Answer>): Send<Answer> =>
    async (call) => {
      if (!line.isEmpty() || delay() > 0) await turn(call)
      else depart()
      const sentAt = world.now()
      try {
        const answer = await next(call)
        budget.learn(answer, { sentAt, now: world.now(), others: inFlight - 1 })
        return answer
      } finally {
        inFlight -= 1
        line.serve()
      }
    }
  budget.watch?.(line.serve, line.length)
  return { paced, left, waiting: line.length }

  /** Requests left in the present window; undefined while there are plenty. Those in the line take theirs first. */
  function left(): number | undefined {
    const window = budget.window(world.now())
    return window && Math.max(0, window.left - line.length())
  }

  function depart() {
    inFlight += 1
    budget.spend(world.now())
  }

  function turn(call: Call): Promise<void> {
    const window = budget.window(world.now())
    const hopeless = window && window.left <= line.length() && window.resetAt >= call.expires
    if (hopeless) throw failed(call, 'rate_limited', { outcome: 'not_sent', retryAt: window.resetAt })
    return line.join(call, depart)
  }
}
