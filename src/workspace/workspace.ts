import type { Access, MissingPermission, Permissions } from './access.ts'
import { answering } from './answer.ts'
import { found, identity, type Seed } from './founding.ts'
import type { Call } from './handler.ts'
import { hexId, type Random, requestId, secret } from './ids.ts'
import { openDatabase } from './sqlite.ts'
import { openStore, type TransactionalStore } from './store.ts'

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
  /** Told of what should not have happened; the caller of the API only learns that something did. */
  readonly report?: (error: unknown) => void
}

/** A simulated Intercom: its REST API as a fetch that never rejects. */
export interface Workspace {
  readonly fetch: (request: Request) => Promise<Response>
  /** Has every permission, unless `tokens` said otherwise. */
  readonly token: string
  /** Has the permissions that only read. Absent when `tokens` were given. */
  readonly readOnlyToken?: string
  readonly close: () => void
}

/** Opens a workspace; lays a new one first. Throws an Error whose message is one line when its file cannot be used. */
export const openWorkspace = (options: WorkspaceOptions): Workspace => {
  const { random, seed = 'demo', rateLimit = 1667, maxBodyBytes = 10 * 1024 * 1024, missingPermission = 403, report = () => {} } = options
  const now = () => Math.floor(options.now() / 1000)
  const store = openStore(openDatabase(options.file))
  const own = orClose(store, () => store.transaction('write', () => found(store, now(), seed, () => secret(random))))
  const call = (origin: string): Call => {
    const moment = now()
    return { store, now: moment, newId: () => hexId(store, moment, random), ...identity(store), url: (path) => origin + path, notify: () => {} }
  }
  const accesses = options.tokens?.map(({ token = own.token, permissions }): Access => ({ token, permissions })) ?? [
    { token: own.token, permissions: 'all' },
    { token: own.readOnlyToken, permissions: 'reading' },
  ]
  return {
    fetch: answering({ store, accesses, call, now, requestId: () => requestId(random), rateLimit, maxBodyBytes, missingPermission, report }),
    token: accesses[0]?.token ?? own.token,
    ...(!options.tokens && { readOnlyToken: own.readOnlyToken }),
    close: () => store.close(),
  }
}

const orClose = <T>(store: TransactionalStore, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    store.close()
    throw error
  }
}
