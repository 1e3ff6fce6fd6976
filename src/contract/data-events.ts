import * as z from 'zod'
import { operation, type ReadBack } from './operation.ts'
import { Empty, list, shape, Timestamp } from './shape.ts'

/**
 * Something a person did, as your own product told it; or, when a summary was asked for, how often they did it, in `name`,
 * `count`, `first` and `last` (ISO 8601).
 */
export const DataEvent = shape(
  {},
  {
    type: z.string(),
    event_name: z.string(),
    created_at: Timestamp,
    metadata: z.record(z.string(), z.unknown()),
    id: z.string(),
    intercom_user_id: z.string(),
    user_id: z.string(),
    email: z.string(),
    name: z.string(),
    count: z.int(),
    first: z.string(),
    last: z.string(),
    description: z.string(),
  },
)

const name = z.string().min(1).describe('Best a verb in the past tense and a noun: updated-plan.')

export const listDataEvents = operation({
  name: 'list_data_events',
  operationId: 'lisDataEvents',
  title: 'List data events',
  description:
    'What one person did in your product, newest first, up to 90 days back, with metadata. summary: true instead counts each kind of event, older ones included. The person is named by intercom_user_id, user_id or email; leads only by the first.',
  asked: 'activity actions usage history timeline user contact person what app product recent purchases done last days customer complete when order behaviour often log tried feature lead clicked upgraded lately happened before wrote',
  route: 'GET /events',
  effect: 'read',
  permission: 'Read events',
  input: z.strictObject({
    type: z.literal('user').describe('Also for leads.'),
    intercom_user_id: z.string().optional().describe("The contact's Intercom id."),
    user_id: z.string().optional().describe("The user's external_id."),
    email: z.string().optional(),
    summary: z.boolean().optional(),
    per_page: z.int().min(1).max(150).optional().describe('Events a page; 50 by default.'),
    before: z.string().optional().describe('next_before of the previous page.'),
    since: z.string().optional().describe('Only from this moment on, in milliseconds since 1970.'),
  }),
  output: list('events', DataEvent).extend({ pages: shape({}, { next: z.string(), since: z.string() }).nullish() }),
  // an event's own id is published as that of its person, and may be the same for all
  paging: { style: 'before', default: 50, max: 150, items: 'events', identity: ['event_name', 'created_at'] },
  resource: 'intercom://contacts/{intercom_user_id}/events',
})

/** Intercom keeps one event of a name and second for a person, so finding one is finding this one. */
const showsEvent: ReadBack['happened'] = (written, found) =>
  found?.event_name === written.event_name && found?.created_at === written.created_at ? true : undefined

export const createDataEvent = operation({
  name: 'create_data_event',
  operationId: 'createDataEvent',
  title: 'Record a data event',
  description:
    'Notes that a person did something in your product at a time. Name them by id, user_id or email; leads only by id. A second event of the same person, name and second is ignored.',
  asked: 'track record log send submit activity action user contact such purchased ordered clicked usage customer placed upgraded report timeline invited friend trial started metadata price downloaded app signed contract happened fire backend cancelled subscription save',
  route: 'POST /events',
  effect: 'write',
  idempotent: true,
  permission: 'Write events',
  input: z.strictObject({
    event_name: name,
    created_at: Timestamp.describe('When it happened, in unix seconds.'),
    id: z.string().optional().describe("The contact's Intercom id."),
    user_id: z.string().optional().describe("The user's external_id."),
    email: z.string().optional(),
    metadata: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('At most 10 keys. Text, numbers, unix seconds under keys ending in _date, {url, value}, {amount in cents, currency}; nothing nested deeper.'),
  }),
  output: Empty,
  status: 202,
  readBack: {
    operation: listDataEvents,
    input: ({ id, user_id, email }) => ({ type: 'user', intercom_user_id: id, user_id, email }),
    happened: showsEvent,
  },
})

export const createDataEventSummary = operation({
  name: 'create_data_event_summary',
  operationId: 'dataEventSummaries',
  title: 'Add to an event summary',
  description: 'Adds a number of past events of one name to what is counted for a user, without listing them one by one. Counts add up, so running it twice counts twice.',
  asked: 'count totals first last time record often user backfill add set many happened bulk occurrence import past history orders write aggregate logins submitted migrate historic activity one go plus',
  route: 'POST /events/summaries',
  effect: 'write',
  permission: 'Write events',
  input: z.strictObject({
    user_id: z.string().optional().describe("The user's external_id. Needed."),
    event_summaries: z
      .strictObject({
        event_name: name.optional().describe('Needed.'),
        count: z.int().min(1).optional().describe('How many more; 1 by default.'),
        first: Timestamp.optional().describe('When the first of them happened, in unix seconds.'),
        last: Timestamp.optional().describe('When the last of them happened.'),
      })
      .optional()
      .describe('Needed.'),
  }),
  output: Empty,
})
