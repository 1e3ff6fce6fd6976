import { admins, type AppDocument } from './admins.ts'
import { endScroll } from './company-scroll.ts'
import { cursorKey } from './cursor.ts'
import type { Call } from './handler.ts'
import { laySeed } from './seed.ts'
import { layFile, type SeedFile, seedFrom } from './seed-file.ts'
import { sql, type Store, type TransactionalStore } from './store.ts'

/** What a new workspace holds: a small company with its customers, that company before its first one, or what a file says. */
export type Seed = 'demo' | 'empty' | SeedFile

export interface Founded {
  readonly token: string
  readonly readOnlyToken: string
  /** Whether the database had none before. */
  readonly isNew: boolean
}

/** Lays a workspace into a database that has none, and gives the tokens that the database keeps. `secret` makes new ones. */
export const found = (store: TransactionalStore, now: number, seed: Seed, secret: () => string): Founded => {
  const kept = (name: string): string => {
    const value = store.setting(name) ?? secret()
    store.set(name, value)
    return value
  }
  const isNew = store.setting('app') === undefined
  if (isNew) lay(store, now, seed)
  kept(cursorKey)
  return { token: kept('token'), readOnlyToken: kept('read_only_token'), isNew }
}

const seedSetting = 'seed'

/** Lays a seed into a workspace without data, and remembers which. */
const lay = (store: TransactionalStore, now: number, seed: Seed): void => {
  if (typeof seed === 'string') laySeed({ store, now }, seed)
  else layFile(store, now, seed)
  store.set(seedSetting, JSON.stringify(seed))
}

/** Removes all data and lays a seed instead, within a transaction. Tokens and settings stay. */
export const layAnew = (store: TransactionalStore, now: number, seed: Seed): void => {
  store.clear()
  endScroll(store)
  lay(store, now, seed)
}

/** The seed that was laid last. */
export const laidSeed = (store: Store): Seed => {
  const seed: unknown = JSON.parse(store.setting(seedSetting) ?? '"demo"')
  return seed === 'demo' || seed === 'empty' ? seed : seedFrom(seed)
}

/** Who a token acts for, and where. */
export const identity = (store: Store): Pick<Call, 'admin' | 'app'> => {
  const [admin] = store.find(admins, { where: sql`bot = 0`, limit: 1 })
  const app = store.setting('app')
  if (!admin || app === undefined) throw new Error('the workspace has no teammate or no name: it was never laid')
  return { admin, app: JSON.parse(app) as AppDocument } // the seed wrote it
}
