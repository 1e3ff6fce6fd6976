import { admins, type AppDocument } from './admins.ts'
import { cursorKey } from './cursor.ts'
import type { Call } from './handler.ts'
import { laySeed } from './seed.ts'
import { sql, type Store } from './store.ts'

/** What a new workspace holds: a small company with its customers, or that company before its first one. */
export type Seed = 'demo' | 'empty'

export interface Tokens {
  readonly token: string
  readonly readOnlyToken: string
}

/** Lays a workspace into a database that has none, and gives the tokens that the database keeps. `secret` makes new ones. */
export const found = (store: Store, now: number, seed: Seed, secret: () => string): Tokens => {
  const kept = (name: string): string => {
    const value = store.setting(name) ?? secret()
    store.set(name, value)
    return value
  }
  if (store.setting('app') === undefined) laySeed({ store, now }, seed)
  kept(cursorKey)
  return { token: kept('token'), readOnlyToken: kept('read_only_token') }
}

/** Who a token acts for, and where. */
export const identity = (store: Store): Pick<Call, 'admin' | 'app'> => {
  const [admin] = store.find(admins, { where: sql`bot = 0`, limit: 1 })
  const app = store.setting('app')
  if (!admin || app === undefined) throw new Error('the workspace has no teammate or no name: it was never laid')
  return { admin, app: JSON.parse(app) as AppDocument } // the seed wrote it
}
