import { type ClientOptions, createClient } from '../../src/client/client.ts'
import { Failure } from '../../src/client/failure.ts'
import { encode } from '../../src/contract/wire.ts'
import { openWorkspace } from '../../src/workspace/workspace.ts'
import { chanceOf } from './histories-chance.ts'
import type { History, Lived } from './histories-check.ts'
import { frontOf, type Plan } from './histories-front.ts'
import { plansOf } from './histories-plan.ts'
import { virtualTime } from './histories-time.ts'
import { ready, roomOf, seed as seedWith, writes } from './histories-writes.ts'

/** Whatever calls: the client, or one without its protections. */
export type Caller = (call: { readonly history: Omit<History, 'lived'>; readonly plan: Plan; readonly signal: AbortSignal }) => Promise<Lived['told']>

/** Makes a caller for one history, and what ends it. */
export type Making = (options: ClientOptions) => { readonly call: Caller; readonly close: () => Promise<unknown> }

const toldBy = (error: unknown): Lived['told'] => {
  if (error instanceof Failure) return error.outcome
  throw error
}

/** The client as it is. */
export const ours: Making = (options) => {
  const client = createClient(options)
  const call: Caller = ({ history: { operation, input }, plan, signal }) =>
    client.call(operation, input, { signal, idempotencyKey: plan.key }).then((): Lived['told'] => 'success', toldBy)
  return { call, close: () => client.close() }
}

/** A workspace serves so many histories before it is made anew, lest its lists grow long. */
const perWorkspace = 150

/** Lives histories one after the other, each following from its seed alone, and hands each to `judge`. */
export const live = async (seeds: readonly number[], judge: (history: History) => void | Promise<void>, making: Making = ours): Promise<void> => {
  for (let from = 0; from < seeds.length; from += perWorkspace) await liveIn(seeds.slice(from, from + perWorkspace), judge, making)
}

const liveIn = async (seeds: readonly number[], judge: (history: History) => void | Promise<void>, making: Making): Promise<void> => {
  const time = virtualTime()
  const workspace = openWorkspace({ now: time.now, random: chanceOf(1).next, seed: seedWith(perWorkspace), rateLimit: 1_000_000 })
  const [room, front] = [roomOf(workspace, time.now), await frontOf(workspace, time)]

  const one = async (seed: number): Promise<History> => {
    time.pass(60_000) // exports end, and rate windows
    const chance = chanceOf(seed)
    const operation = writes[seed % writes.length]!
    const input = await chance.of(ready[operation.name]!)(room)
    const { method, path } = encode(operation, input)
    const history = { seed, operation, input }
    let pauses = 0
    const sleep = async (ms: number, signal: AbortSignal) => {
      await front.paused(++pauses)
      await time.sleep(ms, signal)
    }
    const { call, close } = making({ upstream: { baseUrl: front.baseUrl, token: workspace.token }, ...time, sleep, random: chance.next })
    const lived: Lived[] = []
    for (const plan of plansOf(chance)) {
      const leaving = new AbortController()
      pauses = 0
      front.begin(plan, `${method} ${path}`, () => leaving.abort())
      if (plan.cancel === 'before') leaving.abort()
      const told = await call({ history, plan, signal: leaving.signal })
      lived.push({ plan, told, truth: await front.end() })
    }
    await close()
    return { ...history, lived }
  }
  try {
    for (const seed of seeds) await judge(await one(seed))
  } finally {
    front.close()
    workspace.close()
  }
}
