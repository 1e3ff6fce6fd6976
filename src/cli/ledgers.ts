import { join } from 'node:path'
import { type Ledger, ledgerInMemory, type MemoryLedger } from '../client/ledger.ts'

/** Idempotency keys of tenants. They outlive what is made for a tenant: whoever comes back within a day is answered as the first time. */
export interface Ledgers {
  /** That of the tenant with this id. */
  readonly of: (id: string) => Promise<Ledger>
  /** Says that who was given it is done with it. */
  readonly release: (id: string) => void
}

/** Tenants that are gone whose keys are still kept in memory; beyond that those that went first are forgotten. */
const mostReleased = 1000

/** Each in a folder of its own, for none to take another's room; in memory where there is no folder. */
export const ledgersIn = (stateDir: string | undefined, now: () => number): Ledgers => (stateDir === undefined ? inMemory(now) : inFolders(join(stateDir, 'tenants'), now))

const inFolders = (folder: string, now: () => number): Ledgers => ({
  of: async (id) => (await import('../client/ledger-folder.ts')).ledgerIn(join(folder, id), now),
  release: () => {},
})

interface Kept {
  readonly ledger: MemoryLedger
  users: number
}

const inMemory = (now: () => number): Ledgers => {
  const kept = new Map<string, Kept>()
  const forget = (): void => {
    const released = [...kept].filter(([, { users }]) => users === 0)
    for (const [index, [id, { ledger }]] of released.entries()) if (ledger.isEmpty() || index < released.length - mostReleased) kept.delete(id)
  }
  return {
    of: async (id) => {
      const one = kept.get(id) ?? { ledger: ledgerInMemory(now), users: 0 }
      one.users += 1
      kept.set(id, one)
      return one.ledger
    },
    release: (id) => {
      const one = kept.get(id)
      if (!one) return
      one.users -= 1
      kept.delete(id)
      kept.set(id, one) // those released last stand last
      forget()
    },
  }
}
