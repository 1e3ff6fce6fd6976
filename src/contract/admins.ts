import * as z from 'zod'
import { operation } from './operation.ts'
import { shows } from './read-back.ts'
import { list, shape, Timestamp } from './shape.ts'

const adminFields = {
  type: z.string(),
  name: z.string(),
  email: z.string(),
  job_title: z.string(),
  away_mode_enabled: z.boolean(),
  away_mode_reassign: z.boolean(),
  has_inbox_seat: z.boolean(),
  team_ids: z.array(z.int()),
}

/** A teammate. */
export const Admin = shape(
  { id: z.string() },
  {
    ...adminFields,
    // a URL string in the schema; an object when display_avatar is asked for
    avatar: z.union([z.string(), shape({}, { type: z.string(), image_url: z.string() })]),
    team_priority_level: shape(
      {},
      { primary_team_ids: z.array(z.int()).nullish(), secondary_team_ids: z.array(z.int()).nullish() },
    ),
  },
)

/** The workspace, as `/me` tells it. `timezone` decides which calendar day a contact's date falls on. */
export const App = shape(
  {},
  {
    type: z.string(),
    id_code: z.string(),
    name: z.string(),
    region: z.string(),
    timezone: z.string(),
    created_at: Timestamp,
    identity_verification: z.boolean(),
  },
)

/** The teammate a token acts for, with the workspace. */
export const Me = shape(
  { id: z.string() },
  {
    ...adminFields,
    avatar: shape({}, { type: z.string(), image_url: z.string() }),
    email_verified: z.boolean(),
    app: App,
  },
)

/** One thing an admin did. What `metadata` holds depends on `activity_type`. */
export const ActivityLog = shape(
  { id: z.string() },
  {
    performed_by: shape({}, { type: z.string(), id: z.string(), email: z.string(), ip: z.string() }),
    metadata: z.looseObject({}),
    created_at: Timestamp,
    activity_type: z.string(),
    activity_description: z.string(),
  },
)

const id = z.int().describe("The admin's id, from list_admins.")

export const identifyAdmin = operation({
  name: 'identify_admin',
  operationId: 'identifyAdmin',
  title: 'Who am I in Intercom',
  description: 'The teammate this token acts for, and the workspace: name, region and time zone.',
  asked: 'who which workspace app region token test connection check access own profile logged whose current behind api key works verify authentication agent name timezone code data eu credential valid signed about',
  route: 'GET /me',
  effect: 'read',
  reference: true,
  permission: 'Read one admin',
  input: z.strictObject({}),
  output: Me,
  resource: 'intercom://me',
})

export const listAdmins = operation({
  name: 'list_admins',
  operationId: 'listAdmins',
  title: 'List admins',
  description: 'Every teammate of the workspace: id, name, email, away mode, teams.',
  asked: 'all teammates agents staff support reps colleagues seats who works here team find name which everyone roster email away right inbox pick assign many directory overview available chats crew members',
  route: 'GET /admins',
  effect: 'read',
  reference: true,
  permission: 'Read admins',
  input: z.strictObject({ display_avatar: z.boolean().optional().describe('Include avatar image URLs; false by default.') }),
  output: list('admins', Admin),
  resource: 'intercom://admins',
})

export const getAdmin = operation({
  name: 'get_admin',
  operationId: 'retrieveAdmin',
  title: 'Get an admin',
  description: 'One teammate by id.',
  asked: 'one teammate agent rep colleague details email away inbox seat show who look assignee name which teams belong job title pull owner view profile translate avatar',
  route: 'GET /admins/{id}',
  effect: 'read',
  permission: 'Read one admin',
  input: z.strictObject({ id }),
  output: Admin,
  resource: 'intercom://admins/{id}',
})

export const setAwayAdmin = operation({
  name: 'set_away_admin',
  operationId: 'setAwayAdmin',
  title: 'Set an admin away or back',
  description: 'Turns away mode of a teammate on or off, and says whether new replies to them go to the default inbox.',
  asked: 'put teammate agent office vacation holiday lunch break mark back available online status reassign replies while gone stop getting assigned mode sick today off again new chats absent end shift home unavailable turn returns leave taking ooo',
  route: 'PUT /admins/{id}/away',
  effect: 'write',
  idempotent: true,
  permission: 'Update admins',
  input: z.strictObject({
    id,
    away_mode_enabled: z.boolean().describe('true: away. false: back.'),
    away_mode_reassign: z.boolean().describe('true: new conversation replies go to the default inbox.'),
  }),
  output: Admin,
  readBack: { operation: getAdmin, input: ({ id }) => ({ id }), happened: shows('away_mode_enabled away_mode_reassign') },
})

export const listActivityLogs = operation({
  name: 'list_activity_logs',
  operationId: 'listActivityLogs',
  title: 'List activity logs',
  description: 'What admins did in the workspace between two times, newest first. Ask for at most 30 days at once: Intercom fails on wide spans.',
  asked: 'audit trail history what teammates who changed settings sign ins security review admins last week actions staff deleted workspace login events ip addresses compliance record track configuration suspicious gave permission whom invited new performed agent since date',
  route: 'GET /admins/activity_logs',
  effect: 'read',
  permission: 'Read admin activity logs',
  input: z.strictObject({
    created_at_after: z.string().describe('Start, in unix seconds.'),
    created_at_before: z.string().optional().describe('End, in unix seconds; now by default.'),
    page: z.int().min(1).optional(),
    per_page: z.int().min(1).max(50).optional().describe('Items a page; 20 by default.'),
  }),
  output: list('activity_logs', ActivityLog).extend({
    pages: shape({}, { type: z.string(), page: z.int(), per_page: z.int(), total_pages: z.int(), next: z.string() }).nullish(),
  }),
  paging: { style: 'page', default: 20, max: 50, items: 'activity_logs' },
})
