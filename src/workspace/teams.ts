import type { Handlers } from './handler.ts'
import type { Collection, Store } from './store.ts'

/** A group of teammates that work can be assigned to. */
export interface TeamDocument {
  readonly id: string
  readonly name: string
  readonly admin_ids: readonly number[]
  /** round_robin, balanced or manual: how new work is shared out. */
  readonly distribution_method: string
}

export const teams: Collection<TeamDocument> = {
  table: 'team',
  columns: { name: 'TEXT' },
  facts: ({ name }) => ({ name }),
}

export const team = (store: Store, id: string): TeamDocument | undefined => store.get(teams, id)

export const handlers: Handlers<'teams'> = {}
