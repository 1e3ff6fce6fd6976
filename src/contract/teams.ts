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
  asked: 'all groups departments inboxes teammates which exist find name who overview support every pick right assign billing technical catalogue many second level queues available refunds sales',
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
  asked: 'one group department members who show details agents what called view people support pull distribution method round robin many name behind look inbox belongs billing',
  route: 'GET /teams/{id}',
  effect: 'read',
  permission,
  input: z.strictObject({ id: z.string().describe("The team's id, from list_teams.") }),
  output: Team,
  resource: 'intercom://teams/{id}',
})
