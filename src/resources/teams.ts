import { listTeams } from '../contract/teams.ts'
import { type Completer, idsOf } from './complete.ts'

/** Ids of teams whose id or name fits what was typed. */
export const ids: Completer = async (typed, client, signal) => idsOf((await client.call(listTeams, {}, { signal })).teams, typed, ({ name }) => name)
