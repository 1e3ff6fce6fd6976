import type { Refused } from './exchange.ts'

/** What one process takes on at once. */
export interface AdmissionLimits {
  /** Calls being answered, of one caller and of all. */
  readonly perCaller: number
  readonly calls: number
  /** Calls that wait for their turn. */
  readonly waiting: number
  /** Streams of notifications of one caller. */
  readonly streams: number
}

export const usual: AdmissionLimits = { perCaller: 32, calls: 256, waiting: 1000, streams: 100 }

/** Milliseconds that a call waits for its turn at most. */
const patience = 30_000

interface Waiting {
  readonly go: () => void
  readonly refuse: () => void
}

interface Caller {
  calls: number
  streams: number
  readonly line: Waiting[]
  /** Which of all turns was theirs last. */
  turn: number
}

/**
 * Lets calls in as there is room, of all callers in turn, so that none has to wait for another's many. Where the line is full, who has
 * most in it gives way. What is refused has cost next to nothing and was not begun.
 */
export class Admission {
  readonly #limits: AdmissionLimits
  readonly #now: () => number
  /** Those who have anything here. */
  readonly #callers = new Map<string, Caller>()
  #running = 0
  #turns = 0
  #waiting = 0
  #endedAt: number
  /** Milliseconds between two calls that end, as it was lately. */
  #gap = 0

  constructor(limits: AdmissionLimits, now: () => number) {
    this.#limits = limits
    this.#now = now
    this.#endedAt = now()
  }

  get running(): number {
    return this.#running
  }

  get waiting(): number {
    return this.#waiting
  }

  get streams(): number {
    return [...this.#callers.values()].reduce((sum, { streams }) => sum + streams, 0)
  }

  /** Why a call of this caller would be turned away at once, before anything of it is read. */
  objection(key: string): Refused | undefined {
    const caller = this.#callers.get(key) ?? nobody
    const full = this.#waiting >= this.#limits.waiting && (this.#waiting > 0 || !this.#hasRoom(caller)) && this.#longest(caller).line.length <= caller.line.length + 1
    return full ? this.#busy() : undefined
  }

  /** Lets a call in, now or when its turn comes, until its exchange is `over`. Answers why not, where it may not. */
  async call(key: string, over: AbortSignal): Promise<Refused | undefined> {
    const caller = this.#caller(key)
    if (!this.#hasRoom(caller) || this.#waiting > 0) {
      const refused = await this.#turn(key, caller, over)
      if (refused) return refused
    } else this.#enter(caller)
    const leave = () => this.#leave(key, caller)
    if (over.aborted) leave()
    else over.addEventListener('abort', leave, { once: true })
    return undefined
  }

  /** Lets a stream begin, until its exchange is `over`. */
  stream(key: string, over: AbortSignal): Refused | undefined {
    const caller = this.#caller(key)
    if (caller.streams >= this.#limits.streams) return tooMany(`You hold ${caller.streams} streams of notifications, as many as one caller may: end some first.`, 30)
    caller.streams += 1
    over.addEventListener('abort', () => {
      caller.streams -= 1
      this.#forget(key, caller)
    }, { once: true })
    return undefined
  }

  #caller(key: string): Caller {
    const caller = this.#callers.get(key) ?? { calls: 0, streams: 0, line: [], turn: 0 }
    this.#callers.set(key, caller)
    return caller
  }

  #hasRoom({ calls }: Caller): boolean {
    return this.#running < this.#limits.calls && calls < this.#limits.perCaller
  }

  #enter(caller: Caller): void {
    caller.calls += 1
    caller.turn = ++this.#turns
    this.#running += 1
  }

  #leave(key: string, caller: Caller): void {
    caller.calls -= 1
    this.#running -= 1
    this.#gap += (Math.min(this.#now() - this.#endedAt, patience) - this.#gap) / 16
    this.#endedAt = this.#now()
    this.#serve()
    this.#forget(key, caller)
  }

  #forget(key: string, { calls, streams, line }: Caller): void {
    if (calls + streams + line.length === 0) this.#callers.delete(key)
  }

  #turn(key: string, caller: Caller, over: AbortSignal): Promise<Refused | undefined> {
    if (this.#waiting >= this.#limits.waiting && !this.#makeRoom(caller)) {
      this.#forget(key, caller)
      return Promise.resolve(this.#busy())
    }
    return new Promise((resolve) => {
      const end = (refused?: Refused) => {
        clearTimeout(alarm)
        over.removeEventListener('abort', leave)
        this.#waiting -= 1
        resolve(refused)
      }
      const waiting: Waiting = {
        go: () => {
          this.#enter(caller)
          end()
        },
        refuse: () => {
          caller.line.splice(caller.line.indexOf(waiting), 1)
          end(this.#busy())
          this.#forget(key, caller)
        },
      }
      const leave = waiting.refuse
      const alarm = setTimeout(leave, patience)
      over.addEventListener('abort', leave, { once: true })
      caller.line.push(waiting)
      this.#waiting += 1
      this.#serve()
    })
  }

  /** Sends away the last in the longest line, where that is longer than this caller's would be. */
  #makeRoom(caller: Caller): boolean {
    const longest = this.#longest(caller)
    if (longest.line.length <= caller.line.length + 1) return false
    longest.line.at(-1)!.refuse()
    return true
  }

  #longest(caller: Caller): Caller {
    let longest = caller
    for (const other of this.#callers.values()) if (other.line.length > longest.line.length) longest = other
    return longest
  }

  /** One of each caller in turn, as long as there is room. */
  #serve(): void {
    for (let next = this.#next(); next; next = this.#next()) next.line.shift()!.go()
  }

  /** Of those who wait and may call, whose turn is longest ago. */
  #next(): Caller | undefined {
    let next: Caller | undefined
    if (this.#waiting === 0 || this.#running >= this.#limits.calls) return undefined
    for (const caller of this.#callers.values()) if (caller.line.length > 0 && this.#hasRoom(caller) && !(next && next.turn <= caller.turn)) next = caller
    return next
  }

  #busy(): Refused {
    const seconds = Math.ceil((this.#gap * this.#waiting) / 1000)
    return tooMany('More calls wait here than this server takes, and yours was not begun. Call again later, or fewer at once.', Math.min(Math.max(seconds, 1), 30))
  }
}

const nobody: Caller = { calls: 0, streams: 0, line: [], turn: 0 }

const tooMany = (message: string, seconds: number): Refused => ({ status: 429, message, headers: { 'retry-after': String(seconds) } })
