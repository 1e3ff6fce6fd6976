import { allowance, longestWindowMs, retryAt, windowEnd } from '../client/allowance.ts'
import { blindWait, type Budget, isAhead, isRefusal, ownBudget, reserve, type Seen, slackMs, type Window } from '../client/budget.ts'
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
export class SharedBudget implements Budget {
  readonly #link: Link
  readonly #key: string
  readonly #now: () => number
  readonly #own = ownBudget()
  readonly #reports = reporting()
  readonly #alone = alone(this.#own, () => ({ limit: this.#reports.limit(), edge: this.#pool?.opens ?? 0 }))
  readonly #ending: readonly (() => void)[]
  #lease: Lease | undefined
  #pool: Pool | undefined
  #demand = { look: () => {}, waiting: () => 0 }
  /** Requests sent since Redis was asked last, and when the last of all was. */
  #pace: { spent: number; readonly since: number; lastSpent: number }
  #notBefore = 0
  #heldUntil = 0
  #asking = false
  #failing = false

  constructor(link: Link, key: string, now: () => number) {
    this.#link = link
    this.#key = key
    this.#now = now
    this.#pace = { spent: 0, since: now(), lastSpent: 0 }
    const timer = setInterval(() => this.#giveBack(), idleMs).unref()
    this.#ending = [link.watch(() => this.#drop()), link.hear(key, () => this.#drop()), () => clearInterval(timer)]
  }

  delay(at: number): number {
    if (this.#isAlone()) {
      if (!isAhead(this.#notBefore - at)) this.#more(this.#wanted(at))
      return this.#alone.delay(at)
    }
    if (this.#usable(at)) return 0
    if (isAhead(this.#notBefore - at)) return this.#notBefore - at
    this.#more(this.#wanted(at))
    return Infinity
  }

  spend(at: number): void {
    this.#own.spend(at)
    this.#alone.spend(at)
    this.#pace.spent += 1
    this.#pace.lastSpent = at
    if (!this.#lease) return
    this.#lease.left -= 1
    if (this.#lease.left <= this.#lease.size / 2 && !isAhead(this.#notBefore - at)) this.#more(this.#wanted(at))
  }

  learn(answer: Answer, seen: Seen): void {
    this.#own.learn(answer, seen)
    const urgent = this.#reports.add(answer, seen)
    if (urgent) this.#lease = undefined
    if (urgent || this.#pool?.reset === 0) this.#more(0)
  }

  window(at: number): Window | undefined {
    if (this.#isAlone()) return this.#alone.window(at)
    const held = this.#usable(at)?.left ?? 0
    if (isAhead(this.#heldUntil - at)) return { left: held, resetAt: this.#heldUntil }
    const pool = this.#pool
    return pool && isLittle(pool) && isAhead(pool.opens - at) ? { left: pool.left + held, resetAt: pool.opens } : undefined
  }

  watch(look: () => void, waiting: () => number): void {
    this.#demand = { look, waiting }
  }

  close(): void {
    for (const end of this.#ending) end()
  }

  #isAlone(): boolean {
    return this.#failing || !this.#link.state().reachable
  }

  #usable(at: number): Lease | undefined {
    const lease = this.#lease
    return lease && lease.left > 0 && isAhead(lease.closes - at) ? lease : undefined
  }

  #wanted(at: number): number {
    const perMs = this.#pace.spent / Math.max(ahead, at - this.#pace.since)
    return Math.min(most, Math.max(kept, this.#demand.waiting() + 1, Math.ceil(perMs * ahead)))
  }

  /** Asks for permits, unless it is asking already, and looks who may go then. */
  #more(want: number, unused = 0): void {
    if (this.#asking || !this.#link.state().reachable) return
    this.#asking = true
    const failed = () => {
      this.#failing = true
      this.#lease = undefined
      this.#notBefore = this.#now() + failedMs
    }
    void this.#exchange(want, unused).then(() => void (this.#failing = false), failed).finally(() => {
      this.#asking = false
      this.#demand.look()
    })
  }

  async #exchange(want: number, unused: number): Promise<void> {
    const sentAt = this.#now()
    const { report, refused, margin } = this.#reports.taken(sentAt)
    const reset = this.#lease?.reset ?? 0
    if (this.#lease) this.#lease.left -= unused
    const granted = await ask(this.#link, this.#key, { want, unused: { count: unused, reset }, report, refused: Math.max(0, refused - sentAt), margin }, slackMs)
    if (refused > sentAt) this.#link.tell(this.#key, 'refused')
    this.#take(granted, sentAt, this.#now())
  }

  #take({ permits, closes, opens, wait, ...told }: Granted, sentAt: number, at: number): void {
    const before = this.#lease?.reset === told.reset ? (this.#usable(at)?.left ?? 0) : 0
    const size = permits + before
    this.#pool = { ...told, opens: at + opens }
    this.#lease = { left: size, size, reset: told.reset, closes: sentAt + closes }
    this.#notBefore = at + (permits > 0 ? wait : Math.max(1, wait))
    this.#heldUntil = told.reset > 0 && told.left === 0 ? at + opens : 0
    this.#pace = { spent: 0, since: at, lastSpent: this.#pace.lastSpent }
  }

  /** What others know now may be better than what this process does. */
  #drop(): void {
    this.#lease = undefined
    this.#notBefore = 0
    this.#demand.look()
  }

  #giveBack(): void {
    const held = this.#usable(this.#now())
    if (!held || this.#now() - this.#pace.lastSpent < idleMs || this.#demand.waiting() > 0) return
    const spare = isLittle(this.#pool) ? held.left : held.left - kept
    if (spare > 0) this.#more(0, spare)
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
      if (told && windowEnd(answer, at.now) !== undefined && reset >= seen.reset) {
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
      seen = { ...seen, used: 0, reset: 0 }
      return taken
    },
  }
}
