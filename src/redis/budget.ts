import { allowance, longestWindowMs, retryAt } from '../client/allowance.ts'
import { blindWait, type Budget, isRefusal, ownBudget, reserve, type Seen, slackMs } from '../client/budget.ts'
import type { Answer } from '../client/call.ts'
import { alone } from './alone.ts'
import { type Ahead, narrowed } from './clock.ts'
import type { Link } from './link.ts'
import { ask, type Granted, type Report } from './permits.ts'

/** Permits that this process holds. Times are by its own clock. */
interface Lease {
  left: number
  /** How many there were. */
  readonly size: number
  readonly reset: number
  readonly closes: number
}

/** The window as Redis told last. */
type Pool = Pick<Granted, 'left' | 'limit' | 'reset'> & { readonly opens: number }

/** Permits asked for at once at most, those that are kept though nobody calls, and milliseconds of calls to ask for. */
const [most, kept, ahead] = [256, 4, 100]

/** Milliseconds after which permits that nobody used are given back, and until Redis is asked again after it failed. */
const [idleMs, failedMs] = [300, 250]

/** Longest margin before a window's end, in milliseconds. */
const longestMargin = 500

/**
 * Intercom's budget as replicas share it. Permits come from Redis a few at a time and ahead of need, so that a call seldom waits for
 * them; what answers tell goes with the next request for more. While Redis cannot be asked, a part of the budget is spent alone.
 */
export const sharedBudget = (link: Link, key: string, now: () => number): Budget => {
  const own = ownBudget()
  const reports = reporting()
  let lease: Lease | undefined
  let pool: Pool | undefined
  let demand = { look: () => {}, waiting: () => 0 }
  let pace = { spent: 0, since: now(), lastSpent: 0 }
  let [notBefore, heldUntil] = [0, 0]
  let asking = false
  let failing = false

  const lonely = alone(own, () => ({ limit: reports.limit(), edge: pool?.opens ?? 0 }))
  const isAlone = () => failing || !link.state().reachable
  const usable = (at: number) => (lease && lease.left > 0 && at < lease.closes ? lease : undefined)

  const wanted = (at: number) => {
    const perMs = pace.spent / Math.max(ahead, at - pace.since)
    return Math.min(most, Math.max(kept, demand.waiting() + 1, Math.ceil(perMs * ahead)))
  }
  const exchange = async (want: number, unused: number) => {
    const sentAt = now()
    const { report, refused, margin } = reports.taken(sentAt)
    const reset = lease?.reset ?? 0
    if (lease) lease.left -= unused
    const granted = await ask(link, key, { want, unused: { count: unused, reset }, report, refused: Math.max(0, refused - sentAt), margin }, slackMs)
    if (refused > sentAt) link.tell(key, 'refused')
    take(granted, sentAt, now())
  }
  const take = ({ permits, closes, opens, wait, ...told }: Granted, sentAt: number, at: number) => {
    const over = lease?.reset !== told.reset || at >= lease.closes
    pool = { ...told, opens: at + opens }
    const size = permits + (over ? 0 : lease!.left)
    lease = { left: size, size, reset: told.reset, closes: sentAt + closes }
    notBefore = at + (permits > 0 ? wait : Math.max(1, wait))
    heldUntil = told.reset > 0 && told.left === 0 ? at + opens : 0
    pace = { spent: 0, since: at, lastSpent: pace.lastSpent }
  }
  const more = (want: number, unused = 0) => {
    if (asking || !link.state().reachable) return
    asking = true
    exchange(want, unused).then(() => (failing = false), () => {
      failing = true
      lease = undefined
      notBefore = now() + failedMs
    }).finally(() => {
      asking = false
      demand.look()
    })
  }
  const drop = () => {
    lease = undefined
    notBefore = 0
    demand.look()
  }
  const giveBack = () => {
    const held = usable(now())
    if (!held || now() - pace.lastSpent < idleMs || demand.waiting() > 0) return
    const spare = isLittle(pool) ? held.left : held.left - kept
    if (spare > 0) more(0, spare)
  }
  const ending = [link.watch(drop), link.hear(key, drop)]
  const timer = setInterval(giveBack, idleMs).unref()

  return {
    delay: (at) => {
      if (isAlone()) {
        if (at >= notBefore) more(wanted(at))
        return lonely.delay(at)
      }
      if (usable(at)) return 0
      if (at < notBefore) return notBefore - at
      more(wanted(at))
      return Infinity
    },
    spend: (at) => {
      own.spend(at)
      lonely.spend(at)
      pace.spent += 1
      pace.lastSpent = at
      if (!lease) return
      lease.left -= 1
      if (lease.left <= lease.size / 2 && at >= notBefore) more(wanted(at))
    },
    learn: (answer, seen) => {
      own.learn(answer, seen)
      const urgent = reports.add(answer, seen)
      if (urgent) lease = undefined
      if (urgent || pool?.reset === 0) more(0)
    },
    window: (at) => {
      if (isAlone()) return lonely.window(at)
      if (heldUntil > at) return { left: usable(at)?.left ?? 0, resetAt: heldUntil }
      return pool && isLittle(pool) && pool.opens > at ? { left: pool.left + (usable(at)?.left ?? 0), resetAt: pool.opens } : undefined
    },
    watch: (look, waiting) => (demand = { look, waiting }),
    close: () => {
      clearInterval(timer)
      for (const end of ending) end()
    },
  }
}

const isLittle = (pool: Pool | undefined): boolean => pool !== undefined && pool.reset > 0 && pool.left <= pool.limit * reserve

/** Gathers what answers tell until it is taken to Redis. */
const reporting = () => {
  let clock: Ahead | undefined
  let seen = { limit: 0, used: 0, reset: 0 }
  let [strikes, refused, slowest] = [0, 0, 0]
  return {
    /** What a window takes; 0 when nothing was told. */
    limit: () => seen.limit,
    /** Whether it is so urgent that it cannot wait for the next request for permits. */
    add: (answer: Answer, at: Seen): boolean => {
      clock = narrowed(clock, answer.headers.date, at)
      slowest = Math.max(slowest * 0.95, at.now - at.sentAt)
      const told = allowance(answer)
      const reset = Number(answer.headers['x-ratelimit-reset']) * 1000
      if (told && reset > 0 && reset >= seen.reset) {
        const used = told.limit - told.left
        seen = { limit: told.limit, used: reset === seen.reset ? Math.max(seen.used, used) : used, reset }
      }
      if (!isRefusal(answer)) strikes = 0
      else refused = Math.min(retryAt(answer, at.now) ?? at.now + blindWait(strikes++), at.now + longestWindowMs)
      return isRefusal(answer)
    },
    taken: (at: number): { report: Report; refused: number; margin: number } => {
      const report = { ...seen, least: clock ? at + clock.least : 0, most: clock ? at + clock.most : 0 }
      const taken = { report, refused, margin: Math.min(longestMargin, slowest) }
      clock = undefined
      refused = 0
      return taken
    },
  }
}
