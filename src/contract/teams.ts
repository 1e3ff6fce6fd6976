import * as z from 'zod'
import { operation } from './operation.ts'
import { list, shape } from './shape.ts'

/** A group of teammates that conversations and tickets are assigned to. */
export const Team = shape(
  { id: z.string() },
  {
    type: z.string(),
    name: z.string(),
    admin_ids: z.array(z.int()),
    admin_priority_level: shape({}, { primary_admin_ids: z.array(z.int()), secondary_admin_ids: z.array(z.int()) }),
    distribution_method: z.string(),
  },
)

const permission = 'Read admins'

export const listTeams = operation({
  name: 'list_teams',
  operationId: 'listTeams',
  title: 'List teams',
  description: 'Every team of the workspace with the ids of its members, who list_admins names.',
  route: 'GET /teams',
  effect: 'read',
  reference: true,
  permission,
  input: z.strictObject({}),
  output: list('teams', Team),
  resource: 'intercom://teams',
})

export const getTeam = operation({
  name: 'get_team',
  operationId: 'retrieveTeam',
  title: 'Get a team',
  description: 'One team by id: name, members, and how new work is shared out among them.',
  route: 'GET /teams/{id}',
  effect: 'read',
  permission,
  input: z.strictObject({ id: z.string().describe("The team's id, from list_teams.") }),
  output: Team,
  resource: 'intercom://teams/{id}',
})
