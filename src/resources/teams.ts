import { listTeams } from '../contract/teams.ts'
import { type Completer, fitting, idsOf } from './complete.ts'

/** Ids of teams whose id or name fits what was typed. */
export const ids: Completer = async (typed, client, signal) => idsOf((await client.call(listTeams, {}, { signal })).teams, typed, ({ name }) => name)

/** Names of teams that contain what was typed. */
export const names: Completer = async (typed, client, signal) => fitting((await client.call(listTeams, {}, { signal })).teams.map(({ name }) => name), typed)
