import type { Refused } from './exchange.ts'

/** What one process takes on at once. */
export interface AdmissionLimits {
  /** Calls being answered, of one caller, of all callers of one tenant, and of all. */
  readonly perCaller: number
  readonly perTenant: number
  readonly calls: number
  /** Calls that wait for their turn. */
  readonly waiting: number
  /** Streams of notifications of one caller. */
  readonly streams: number
}

export const usual: AdmissionLimits = { perCaller: 32, perTenant: 128, calls: 256, waiting: 1000, streams: 100 }

/** Milliseconds that a call waits for its turn at most. */
const patience = 30_000

interface Waiting {
  /** How many a batch asks for. */
  readonly calls: number
  readonly go: () => void
  readonly refuse: () => void
}

/** Who calls. */
export interface Whose {
  /** The same for one principal of one tenant. */
  readonly caller: string
  readonly tenant: string
}

interface Caller extends Whose {
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
  /** Calls being answered, by tenant. */
  readonly #tenants = new Map<string, number>()
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
  objection(whose: Whose): Refused | undefined {
    const caller = this.#callers.get(whose.caller) ?? begun(whose)
    const full = this.#waiting >= this.#limits.waiting && (this.#waiting > 0 || !this.#hasRoom(caller)) && this.#longest(caller).line.length <= caller.line.length + 1
    return full ? this.#busy() : undefined
  }

  /** Lets a call in, or the calls of a batch together, now or when its turn comes, until its exchange is `over`. Answers why not, where it may not. */
  async call(whose: Whose, over: AbortSignal, calls = 1): Promise<Refused | undefined> {
    const most = Math.min(this.#limits.perCaller, this.#limits.perTenant, this.#limits.calls)
    if (calls > most) return { status: 400, code: -32_600, message: `A batch holds ${most} requests at most. Send fewer at once.` }
    const caller = this.#caller(whose)
    if (!this.#hasRoom(caller, calls) || this.#waiting > 0) {
      const refused = await this.#turn(caller, over, calls)
      if (refused) return refused
    } else this.#enter(caller, calls)
    const leave = () => this.#leave(caller, calls)
    if (over.aborted) leave()
    else over.addEventListener('abort', leave, { once: true })
    return undefined
  }

  /** Lets a stream begin, until its exchange is `over`. */
  stream(whose: Whose, over: AbortSignal): Refused | undefined {
    const caller = this.#caller(whose)
    if (caller.streams >= this.#limits.streams) return tooMany(`You hold ${caller.streams} streams of notifications, as many as one caller may: end some first.`, 30)
    caller.streams += 1
    over.addEventListener('abort', () => {
      caller.streams -= 1
      this.#forget(caller)
    }, { once: true })
    return undefined
  }

  #caller(whose: Whose): Caller {
    const caller = this.#callers.get(whose.caller) ?? begun(whose)
    this.#callers.set(whose.caller, caller)
    return caller
  }

  #hasRoom({ calls, tenant, line }: Caller, more = line[0]?.calls ?? 1): boolean {
    const { perCaller, perTenant, calls: all } = this.#limits
    return this.#running + more <= all && calls + more <= perCaller && (this.#tenants.get(tenant) ?? 0) + more <= perTenant
  }

  #count(caller: Caller, change: number): void {
    caller.calls += change
    this.#running += change
    const ofTenant = (this.#tenants.get(caller.tenant) ?? 0) + change
    if (ofTenant === 0) this.#tenants.delete(caller.tenant)
    else this.#tenants.set(caller.tenant, ofTenant)
  }

  #enter(caller: Caller, calls: number): void {
    this.#count(caller, calls)
    caller.turn = ++this.#turns
  }

  #leave(caller: Caller, calls: number): void {
    this.#count(caller, -calls)
    this.#gap += (Math.min(this.#now() - this.#endedAt, patience) - this.#gap) / 16
    this.#endedAt = this.#now()
    this.#serve()
    this.#forget(caller)
  }

  #forget({ caller, calls, streams, line }: Caller): void {
    if (calls + streams + line.length === 0) this.#callers.delete(caller)
  }

  #turn(caller: Caller, over: AbortSignal, calls: number): Promise<Refused | undefined> {
    if (this.#waiting >= this.#limits.waiting && !this.#makeRoom(caller)) {
      this.#forget(caller)
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
        calls,
        go: () => {
          this.#enter(caller, calls)
          end()
        },
        refuse: () => {
          caller.line.splice(caller.line.indexOf(waiting), 1)
          end(this.#busy())
          this.#forget(caller)
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

const begun = (whose: Whose): Caller => ({ ...whose, calls: 0, streams: 0, line: [], turn: 0 })

const tooMany = (message: string, seconds: number): Refused => ({ status: 429, message, headers: { 'retry-after': String(seconds) } })
