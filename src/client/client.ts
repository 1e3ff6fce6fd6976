import { setTimeout as sleep } from 'node:timers/promises'
import { effectOf, type Input, type Operation, type Output } from '../contract/operation.ts'
import { encode, UnsafeSegment } from '../contract/wire.ts'
import { type Alarm, alarmClock } from './alarm.ts'
import { attendance } from './attendance.ts'
import { type Audit, audited } from './audit.ts'
import { authorise, confirmed } from './authorise.ts'
import type { Approval } from './approval.ts'
import type { Budget } from './budget.ts'
import type { Call, Send, World } from './call.ts'
import { anyone, type Caller, type CallerDetail, known } from './caller.ts'
import { collect, type Collected } from './collect.ts'
import { deadline } from './deadline.ts'
import { Failure } from './failure.ts'
import { atMostOnce, isTaken } from './idempotence.ts'
import { inProcess } from './in-process.ts'
import { type Ledger, ledgerInMemory } from './ledger.ts'
import { defaults, type Limits } from './limits.ts'
import { type Log, logged } from './log.ts'
import { pace } from './pace.ts'
import { clamp } from './pages.ts'
import { learn, notebook, type Notebook, type Permissions } from './permissions.ts'
import { recallsFor } from './recall.ts'
import { type Forget, type Peers, remember } from './remember.ts'
import { retry } from './retry.ts'
import { settle } from './settle.ts'
import { understand } from './understand.ts'
import { addressOf, type Upstream } from './upstream.ts'
import { network } from './wire.ts'

export type { Collected } from './collect.ts'
export type { Limits } from './limits.ts'
export type { Log, LogEvent } from './log.ts'
export type { Permissions } from './permissions.ts'
export type { Policy } from './policy.ts'
export { regions, type Upstream } from './upstream.ts'

export interface ClientOptions {
  readonly upstream: Upstream
  /** Who calls, and what the operator allows them; anyone, and everything, by default. */
  readonly caller?: CallerDetail
  readonly limits?: Partial<Limits>
  /** Milliseconds since 1970. */
  readonly now?: () => number
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
  readonly alarm?: Alarm
  /** From 0 up to 1. */
  readonly random?: () => number
  readonly log?: Log
  /** Where to write what is learned of the token's permissions; a new one by default. One for each token. */
  readonly permissions?: Notebook
  /** Told of each read of a reference list whether it was answered without a request of its own. */
  readonly onRecall?: (kept: boolean) => void
  /** Shown every answer of Intercom's before anybody else sees it. */
  readonly observe?: (answer: unknown) => void
  /** Told of every attempted write before it is answered. */
  readonly audit?: Audit
  /** Where writes with an idempotency key are entered; in memory by default. */
  readonly ledger?: Ledger
  /** How many requests may be sent, and when; what this client learns of it by default. One for each token. */
  readonly budget?: Budget
  /** Who else keeps what a write of this client makes stale, and the other way round. */
  readonly peers?: Peers
}

export interface CallOptions {
  /** Aborting it cancels the call, down to the socket. */
  readonly signal?: AbortSignal
  readonly deadlineMs?: number
  /** Past kept answers, identical reads under way and what is known of permissions. */
  readonly fresh?: boolean
  /** That a person has agreed to this very call. */
  readonly approval?: Approval
  /** Under one key the caller's write happens at most once: asked again, it is answered as the first time, and nothing is sent. */
  readonly idempotencyKey?: string
}

export interface CollectOptions {
  /** Most items wanted; never more than the client's limit. */
  readonly items?: number
  readonly signal?: AbortSignal
}

/** The one way to Intercom. Every promise rejects with a {@link Failure} and nothing else. */
export interface Client {
  /**
   * Runs one operation. The answer has its required parts; any other field may be absent or of another type than declared. Lists
   * that are kept a while (admins, tags) may be frozen.
   */
  call<O extends Operation>(operation: O, input: Input<O>, options?: CallOptions): Promise<Output<O>>
  /** Walks a list to its end or the limit, within one deadline. `gap` tells what is missing. */
  collect<O extends Operation>(operation: O, input: Input<O>, options?: CollectOptions): Promise<Collected>
  /** Whether the caller wrote under this idempotency key before: a call under it sends nothing then, and needs no approval. */
  isKnown(idempotencyKey: string): Promise<boolean>
  /** The same client as another caller's, or as one of whom more is known. Never allows more than this one does. */
  for(detail: CallerDetail): Client
  /** On whose behalf it calls. */
  readonly caller: Caller
  /** The same for all clients made of one: what others keep for as long as it lives is kept under it. */
  readonly root: object
  /** What is known of the token so far. */
  readonly permissions: Permissions
  /** Requests left in Intercom's present window of ten seconds; undefined while there are plenty, or none was told of. */
  left(): number | undefined
  /** How many requests wait for their turn. */
  waiting(): number
  /** Makes stale what is kept of resources (`intercom://admins`) that somebody else changed, or all of it. */
  forget(resources?: Iterable<string>): void
  /** Lets calls end that have begun, retries and further pages included, then closes the connections. Later calls fail. */
  close(): Promise<void>
}

export const createClient = (options: ClientOptions): Client => {
  const limits: Limits = { ...defaults, ...options.limits }
  const permissions = options.permissions ?? notebook()
  const world: Clock = { now: options.now ?? Date.now, sleep: options.sleep ?? sleepFor, random: options.random ?? Math.random, alarm: options.alarm ?? alarmClock() }
  const { send, isKnown, left, waiting, forget, close } = sending(options, { limits, permissions, world })
  const inTime = deadline(world.alarm)
  const inside = attendance()
  let closing: Promise<void> | undefined

  const unlessClosed = <Result>({ name }: Operation, work: () => Promise<Result>): Promise<Result> =>
    closing ? Promise.reject(new Failure('cancelled', { operation: name, outcome: 'not_sent', note: 'the client is closed' })) : inside.during(work)
  const clientOf = (caller: Caller): Client => {
    const run = (operation: Operation, input: Record<string, unknown>, { signal, deadlineMs = limits.deadlineMs, fresh = false, approval, idempotencyKey }: CallOptions = {}) => {
      const expires = world.now() + deadlineMs
      return inTime(deadlineMs, signal, (ending) => send(callOf(operation, input, { ending, expires, fresh, caller, approval, idempotencyKey })))
    }
    return {
      // `understand` has checked the answer's required parts against the operation's own schema
      call: (operation, input, callOptions) => unlessClosed(operation, () => run(operation, input, callOptions)) as Promise<Output<typeof operation>>,
      collect: (operation, input, { items = limits.items, signal } = {}) => {
        const expires = world.now() + limits.deadlineMs
        const read = (page: Record<string, unknown>) => run(operation, page, { signal, deadlineMs: expires - world.now() })
        return unlessClosed(operation, () => collect(operation, input, read, { items: Math.min(items, limits.items, caller.policy.items ?? Infinity), pages: limits.pages }))
      },
      isKnown: (key) => isKnown(caller.principal, key),
      for: (detail) => clientOf(known(caller, detail)),
      caller,
      root: limits,
      permissions,
      left,
      waiting,
      forget: (resources) => forget(resources && new Set(resources)),
      close: () => (closing ??= inside.over().then(close)),
    }
  }
  return clientOf(known(anyone, options.caller ?? {}))
}

type Clock = World & { readonly alarm: Alarm }

interface Sending {
  readonly send: Send
  readonly isKnown: (principal: string, key: string) => Promise<boolean>
  readonly left: Client['left']
  readonly waiting: Client['waiting']
  readonly forget: Forget
  readonly close: () => Promise<void>
}

/**
 * What a call goes through, from the wire outwards. Every request is paced, also a repeated one; every answer is understood before
 * anyone decides to repeat it, and tells of the token's permissions; what was lost is settled from answers understood; a write under a
 * key known already, and a kept answer, need none of that, but still a permission; and all writes are told of, refused ones too.
 */
const sending = (options: ClientOptions, { limits, permissions, world }: { readonly limits: Limits; readonly permissions: Notebook; readonly world: Clock }): Sending => {
  const { upstream, audit, log, observe, onRecall, budget, peers, ledger = ledgerInMemory(world.now) } = options
  const address = addressOf(upstream)
  const wire = upstream.fetch ? inProcess(upstream.fetch, address, limits) : network(address, limits)
  const { paced, left, waiting } = pace(world, limits, budget)
  const understood = shownTo(observe, understand(world.now, upstream.token)(paced(logged(world.now, new URL(address.origin), log)(wire.send))))
  const repeated = learn(permissions, world, limits)(retry(world, limits)(understood))
  const authorised = authorise(world, limits, permissions)
  const readBack = authorised(repeated)
  const { settled, look } = settle(world, (call, operation, input) => readBack(callOf(operation, input, { ...call, caller: { ...call.caller, supporting: true }, approval: undefined, idempotencyKey: undefined })))
  const repeats = new WeakSet<Call>()
  const scope = [address.origin + address.prefix, upstream.token]
  const once = atMostOnce(world.now, ledger, scope, { look, repeats })
  const recalls = recallsFor(onRecall)
  const { remembered, forget, leave } = remember(world.now, limits, recalls.asked(once(confirmed(settled(repeated)))), peers)
  const permitted = authorised(recalls.told(remembered))
  const close = () => {
    leave()
    budget?.close?.()
    return wire.close()
  }
  return { send: audit ? audited(world.now, audit, repeats)(permitted) : permitted, isKnown: isTaken(ledger, scope), left, waiting, forget, close }
}

const shownTo = (observe: ClientOptions['observe'], next: Send): Send =>
  observe
    ? async (call) => {
        const answer = await next(call)
        observe(answer)
        return answer
      }
    : next

const sleepFor = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal })
}

/** Of a call, what does not come from its operation and input. */
type How = Pick<Call, 'ending' | 'expires' | 'fresh' | 'caller' | 'approval' | 'idempotencyKey'>

/** The request an input makes. Throws a {@link Failure} when it makes none; nothing is sent then. */
const callOf = (operation: Operation, asked: Record<string, unknown>, { ending, expires, fresh, caller, approval, idempotencyKey }: How): Call => {
  try {
    const input = clamp(operation, asked, caller.policy.pageItems)
    const { method, path, body } = encode(operation, input)
    const effect = effectOf(operation, input)
    return { operation, input, effect, method, path, body: body && JSON.stringify(body), ending, expires, fresh, caller, approval, idempotencyKey } // spread, it would take node 20 some 8 µs
  } catch (cause) {
    const note = cause instanceof UnsafeSegment ? cause.message : 'it cannot be written as JSON'
    throw new Failure('invalid_input', { operation: operation.name, outcome: 'not_sent', note, cause })
  }
}
