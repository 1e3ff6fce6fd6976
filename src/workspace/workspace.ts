import type { Access, MissingPermission, Permissions } from './access.ts'
import { answering } from './answer.ts'
import { faultsBy } from './faults.ts'
import { found, type Founded, identity, type Seed } from './founding.ts'
import type { Call } from './handler.ts'
import { hexId, type Random, requestId, secret } from './ids.ts'
import { journalOf } from './journal.ts'
import { limiterOf } from './rate-limit.ts'
import { openDatabase } from './sqlite.ts'
import { openStore, type TransactionalStore } from './store.ts'
import { type Time, timeOf } from './time.ts'
import { tokensOf } from './tokens.ts'
import { watching } from './watch.ts'
import { openOutbox, type Outbox } from './webhooks/outbox.ts'

export interface WorkspaceOptions {
  /** Where to keep the workspace; in memory when absent. Processes may share a file. */
  readonly file?: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Makes ids and tokens, so it should be hard to guess where others can reach the workspace. */
  readonly random: Random
  /** What is laid into a new workspace; demo by default. */
  readonly seed?: Seed
  /** Instead of the two tokens that a workspace makes and keeps; one without `token` is its own full one. */
  readonly tokens?: readonly { readonly token?: string; readonly permissions: Permissions }[]
  /** Requests per token in a 10 second window; 1667 by default. */
  readonly rateLimit?: number
  /** 10 MiB by default. */
  readonly maxBodyBytes?: number
  /** Status of a request whose token lacks the permission; 403 by default. */
  readonly missingPermission?: MissingPermission
  /** How many of the last requests {@link Workspace.control} can list; none by default. */
  readonly remember?: number
  /** Milliseconds a webhook's URL may take to answer; 5000 by default, as with Intercom. */
  readonly webhookPatience?: number
  /** Told of what should not have happened; the caller of the API only learns that something did. */
  readonly report?: (error: unknown) => void
}

/** A simulated Intercom: its REST API as a fetch that rejects only where a fault drops the connection. */
export interface Workspace {
  readonly fetch: (request: Request) => Promise<Response>
  /** What `docs/control.md` lists, under /_workspace. For whoever runs the workspace: it asks for no token. */
  readonly control: (request: Request) => Promise<Response>
  /** Posts webhooks until the function it gives is called, which finishes what is under way. Without it they wait. */
  readonly deliver: () => Promise<() => Promise<void>>
  /** Has every permission, unless `tokens` said otherwise. */
  readonly token: string
  /** Has the permissions that only read. Absent when `tokens` were given. */
  readonly readOnlyToken?: string
  /** Whether a seed was laid; a file that had a workspace keeps it. */
  readonly isNew: boolean
  readonly close: () => void
}

/** Opens a workspace; lays a new one first. Throws an Error whose message is one line when its file cannot be used. */
export const openWorkspace = (options: WorkspaceOptions): Workspace => {
  const { random, seed = 'demo', rateLimit = 1667, maxBodyBytes = 10 * 1024 * 1024, missingPermission = 403, report = () => {} } = options
  const { now: world, remember = 0, webhookPatience: patience = 5000 } = options
  const store = openStore(openDatabase(options.file))
  const time = timeOf(store, world)
  const own = orClose(store, () => store.transaction('write', () => found(store, time.look(), seed, () => secret(random))))
  const initial = accesses(own, options.tokens)
  const inside = {
    store,
    time,
    world,
    random,
    patience,
    tokens: tokensOf(store, initial),
    faults: faultsBy(random),
    journal: remember > 0 ? journalOf(remember) : undefined,
    outbox: openOutbox(),
    limiter: limiterOf(rateLimit),
  }
  const callFrom = calling(store, time, random, inside.outbox)
  const engine = { limiter: inside.limiter, maxBodyBytes, missingPermission, report, store, now: time.now, accesses: inside.tokens.all }
  const around = watching(inside)
  return {
    fetch: answering({ ...engine, around, call: callFrom, requestId: () => requestId(random) }),
    control: async (request) => (await import('./control/control.ts')).controlling(inside, report)(request),
    deliver: async () => {
      const [{ delivering }, { mustWake, wake }] = await Promise.all([import('./webhooks/deliver.ts'), import('./conversation.ts')])
      const catchUp = () => {
        if (mustWake({ store, now: time.now() })) store.transaction('write', () => wake(callFrom('')))
      }
      return delivering({ ...inside, catchUp, appId: () => identity(store).app.id_code, report })
    },
    token: initial[0]?.token ?? own.token,
    ...(!options.tokens && { readOnlyToken: own.readOnlyToken }),
    isNew: own.isNew,
    close: () => store.close(),
  }
}

const accesses = ({ token: main, readOnlyToken }: Founded, given: WorkspaceOptions['tokens']): readonly Access[] =>
  given?.map(({ token = main, permissions }, index): Access => ({ name: index === 0 ? 'main' : `token-${index + 1}`, token, permissions })) ?? [
    { name: 'main', token: main, permissions: 'all' },
    { name: 'read-only', token: readOnlyToken, permissions: 'reading' },
  ]

/** What handlers are given, at the beginning of a request's transaction. */
const calling = (store: TransactionalStore, time: Time, random: Random, outbox: Outbox) => (origin: string): Call => {
  const now = time.look()
  const sender = { store, now, newId: () => hexId(store, now, random) }
  return { ...sender, ...identity(store), url: (path) => origin + path, notify: (topic, item) => outbox.tell(sender, topic, item) }
}

const orClose = <T>(store: TransactionalStore, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    store.close()
    throw error
  }
}
