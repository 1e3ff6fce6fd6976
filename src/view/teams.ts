import { Team } from '../contract/teams.ts'
import type { Kind } from './kind.ts'

export const team: Kind = {
  name: 'team',
  plural: 'teams',
  by: 'workspace',
  schema: Team,
  headline: ['id', 'name'],
  brief: ['id', 'name'],
  hidden: ['admin_priority_level'], // the members are shown
  times: 'date',
}
