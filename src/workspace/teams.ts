import { teammate } from './admins.ts'
import { type Handlers, Rejection } from './handler.ts'
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
  blank: { distribution_method: 'manual' },
}

export const team = (store: Store, id: string): TeamDocument | undefined => store.get(teams, id)

/** [inferred] As told of admins: a team is primary to those whose first team it is. */
const presentTeam = ({ id, name, admin_ids, distribution_method }: TeamDocument, store: Store) => {
  const isPrimary = (adminId: number): boolean => String(teammate(store, adminId)?.team_ids[0]) === id
  const admin_priority_level = {
    primary_admin_ids: admin_ids.filter(isPrimary),
    secondary_admin_ids: admin_ids.filter((adminId) => !isPrimary(adminId)),
  }
  return { type: 'team', id, name, admin_ids: [...admin_ids], admin_priority_level, distribution_method }
}

export const handlers: Handlers<'teams'> = {
  list_teams: (_, { store }) => ({ type: 'team.list', teams: store.find(teams).map((each) => presentTeam(each, store)) }),

  get_team: ({ id }, { store }) => {
    const found = team(store, id)
    if (!found) throw new Rejection(404, 'team_not_found', 'Team not found')
    return presentTeam(found, store)
  },
}
