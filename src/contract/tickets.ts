import * as z from 'zod'
import { operation, type ReadBack } from './operation.ts'
import { Attachment, effectOfReply, LinkedObjects, PartAuthor, Participants, reply } from './part.ts'
import { byId, isGone, shows, showsMade } from './read-back.ts'
import { replyIn, showsReply } from './reply-traces.ts'
import { fields, type Searchable, searchInput } from './search.ts'
import { cursorList, Html, Reference, shape, Timestamp } from './shape.ts'
import { categories, TicketState, TicketType } from './ticket-types.ts'

/** One entry in a ticket's history: a comment, a note, or a change. */
export const TicketPart = shape(
  { id: z.string() },
  {
    type: z.string(),
    part_type: z.string(),
    body: Html,
    previous_ticket_state: z.string(),
    ticket_state: z.string(),
    created_at: Timestamp,
    updated_at: Timestamp,
    assigned_to: Reference,
    author: PartAuthor,
    attachments: z.array(Attachment),
    external_id: z.string(),
    redacted: z.boolean(),
    app_package_code: z.string(),
  },
)

/** A ticket. Paths take its `id`; `ticket_id` is the number shown in the inbox. `"0"` as assignee means nobody. */
export const Ticket = shape(
  { id: z.string() },
  {
    type: z.string(),
    ticket_id: z.string(),
    category: z.enum(categories),
    ticket_attributes: z.record(z.string(), z.unknown()),
    ticket_state: TicketState,
    ticket_type: TicketType,
    contacts: Participants,
    admin_assignee_id: z.string(),
    team_assignee_id: z.string(),
    created_at: Timestamp,
    updated_at: Timestamp,
    open: z.boolean(),
    snoozed_until: Timestamp,
    linked_objects: LinkedObjects,
    ticket_parts: shape({}, { type: z.string(), ticket_parts: z.array(TicketPart), total_count: z.int() }),
    is_shared: z.boolean(),
  },
)

const id = z.string().describe("The ticket's id; not ticket_id, the number shown in the inbox.")
const attributes = z.record(z.string(), z.unknown()).describe('By attribute name; the title is _default_title_, the text _default_description_.')
const skipNotifications = z.boolean().optional().describe('true: the customer is not notified.')

const Assignment = z.strictObject({
  admin_id: z.string().optional().describe('Who assigns.'),
  assignee_id: z.string().describe('Admin or team; "0" for nobody.'),
})

const searchable: Searchable = {
  fields: {
    ...fields('string', 'id title description category ticket_type_id contact_ids teammate_ids'),
    ...fields('string', 'admin_assignee_id team_assignee_id state'),
    ...fields('boolean', 'open'),
    ...fields('date', 'created_at updated_at snoozed_until'),
  },
  custom: 'ticket_attribute.',
  dates: 'second',
}

export const searchTickets = operation({
  name: 'search_tickets',
  operationId: 'searchTickets',
  title: 'Search tickets',
  description:
    'Tickets by any filters: contact, type, category (request, task, tracker), state (open, closed, snoozed), assignee, team, title, dates, and attributes by name.',
  asked: 'find filter list cases customer state status type assignee open closed date all which waiting many bugs overdue unresolved assigned agent unassigned created week progress reports about login company before old resolved last month high severity similar tagged plate mine queue',
  route: 'POST /tickets/search',
  effect: 'read',
  permission: 'Read tickets',
  input: searchInput(20, '{field: "contact_ids", operator: "=", value: "<contact id>"}'),
  output: cursorList('tickets', Ticket),
  paging: { style: 'cursor', default: 20, max: 150, items: 'tickets' },
  search: searchable,
})

/** A ticket tells its type and its people in other words than its creation does. A person known by email alone is not told. */
const showsTicket: ReadBack['happened'] = (written, found, since) => {
  const { ticket_type: type, contacts } = Ticket.partial().safeParse(found).data ?? {}
  const [person] = (written.contacts ?? []) as Partial<Record<string, string>>[] // the input's schema has seen them
  const theirs = contacts?.contacts?.some(({ id, external_id }) => id === person?.id || (external_id && external_id === person?.external_id))
  return theirs ? made(written, found && { ...found, ticket_type_id: type?.id }, since) : undefined
}

const made = showsMade('ticket_type_id', 'ticket_attributes')

export const createTicket = operation({
  name: 'create_ticket',
  operationId: 'createTicket',
  title: 'Create a ticket',
  description: 'Opens a ticket for one contact. Tickets of the Customer category are shown to them, with a notification unless skip_notifications is true.',
  asked: 'open file raise log submit report new case bug issue request incident customer defect type problem track lodge complaint register return refund claim start engineering record put support feature contact back office',
  route: 'POST /tickets',
  effect: 'write',
  permission: 'Write tickets',
  input: z.strictObject({
    ticket_type_id: z.string().describe('Id of the ticket type, from list_ticket_types.'),
    contacts: z
      .array(z.strictObject({ id: z.string().optional(), external_id: z.string().optional(), email: z.string().optional() }))
      .length(1)
      .describe('Exactly one person, by id, external_id or email. An unknown email makes a new lead.'),
    company_id: z.string().optional().describe('Company the ticket is about.'),
    created_at: Timestamp.optional().describe('Unix seconds; now by default.'),
    ticket_attributes: attributes.optional(),
    skip_notifications: skipNotifications,
  }),
  output: Ticket,
  readBack: {
    operation: searchTickets,
    input: ({ ticket_type_id }) => ({ query: { field: 'ticket_type_id', operator: '=', value: ticket_type_id }, sort: { field: 'created_at', order: 'descending' } }),
    happened: showsTicket,
  },
})

export const getTicket = operation({
  name: 'get_ticket',
  operationId: 'getTicket',
  title: 'Get a ticket',
  description: 'One ticket by id with its attributes, state, assignee and history as a transcript (the newest 500 parts). detail full: each event.',
  asked: 'one case details history status show read open who works view thread full text when resolved pull which conversations linked what about look attributes reported progress solved yet',
  route: 'GET /tickets/{id}',
  effect: 'read',
  permission: 'Read tickets',
  input: z.strictObject({ id }),
  output: Ticket,
  resource: 'intercom://tickets/{id}',
})

const changes = shows('open is_shared ticket_state_id assignment', 'snoozed_until ticket_attributes')

/** A ticket tells its state and its assignee in other words than an update does. */
const showsUpdate: ReadBack['happened'] = (written, found, since) => {
  const { ticket_state, admin_assignee_id: admin, team_assignee_id: team } = Ticket.partial().safeParse(found).data ?? {}
  const { assignee_id: wanted } = Assignment.safeParse(written.assignment).data ?? {}
  const assigned = wanted === '0' ? admin === '0' && team === '0' : wanted === admin || wanted === team
  return changes(written, found && { ...found, ticket_state_id: ticket_state?.id, assignment: assigned && written.assignment }, since)
}

export const updateTicket = operation({
  name: 'update_ticket',
  operationId: 'updateTicket',
  title: 'Update a ticket',
  description: "Changes attributes, state, assignee, company, snooze or visibility of a ticket. The state must be one of its type's states and differ from the present one.",
  asked: 'change edit case state status resolve close reopen snooze assign reassign escalate move progress waiting customer priority attribute field share done fixed set agent team title description severity link company mark solved hand over fill number wrong',
  route: 'PUT /tickets/{id}',
  effect: 'write',
  // from 2.14 on, and in the official client whatever version it asks for, the assignment stands at the top level
  accept: ({ admin_id, assignee_id, ...body }) => (assignee_id === undefined ? body : { ...body, assignment: { admin_id, assignee_id } }),
  permission: 'Write tickets',
  input: z.strictObject({
    id,
    ticket_attributes: attributes.optional(),
    ticket_state_id: z.string().optional().describe('From list_ticket_states.'),
    company_id: z.string().nullable().optional().describe('null removes it.'),
    open: z.boolean().optional().describe('false closes and unsnoozes.'),
    is_shared: z.boolean().optional().describe('Whether the customer sees it.'),
    snoozed_until: Timestamp.optional().describe('Unix seconds at which it reopens.'),
    assignment: Assignment.optional(),
    skip_notifications: skipNotifications,
  }),
  output: Ticket,
  readBack: { operation: getTicket, input: byId, happened: showsUpdate },
})

const partsOf = (found?: Record<string, unknown>) => Ticket.partial().safeParse(found).data?.ticket_parts?.ticket_parts ?? []

export const replyTicket = operation({
  name: 'reply_ticket',
  operationId: 'replyTicket',
  title: 'Reply to a ticket',
  description: 'Adds a comment that the customer reads, a note for teammates only, or a quick_reply with choices. As an admin (type admin, admin_id) or on behalf of the customer (type user, with intercom_user_id, user_id or email).',
  asked: 'respond comment answer case customer add internal note tell about remark inform thread ask logs write update post linked conversations private attach file quick reporter fix progress message',
  route: 'POST /tickets/{id}/reply',
  effect: 'send',
  effectOf: effectOfReply,
  milder: 'for a note, or for what the contact says',
  permission: 'Write tickets',
  input: z.strictObject({
    id,
    ...reply,
    cross_post: z.boolean().optional().describe('note only: also on linked conversations.'),
    skip_notifications: skipNotifications,
  }),
  output: TicketPart,
  readBack: { operation: getTicket, input: ({ id }) => ({ id }), happened: showsReply(partsOf), answer: replyIn(partsOf) },
})

export const deleteTicket = operation({
  name: 'delete_ticket',
  operationId: 'deleteTicket',
  title: 'Delete a ticket',
  description: 'Removes a ticket with its replies, attributes and files for good. It stays in reports.',
  asked: 'remove erase case good test rid created mistake throw duplicate gone trash wipe permanently longer needed spam away clean purge drop',
  route: 'DELETE /tickets/{id}',
  effect: 'destroy',
  undoneBy: 'never',
  idempotent: true,
  permission: 'Write tickets',
  input: z.strictObject({ id }),
  output: shape({ id: z.string() }, { object: z.string(), deleted: z.boolean() }),
  readBack: { operation: getTicket, input: ({ id }) => ({ id }), happened: isGone },
})
