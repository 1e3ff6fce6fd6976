import { DetailedState } from '../contract/ticket-states.ts'
import { TicketTypeAttribute } from '../contract/ticket-type-attribute.ts'
import { TicketState, TicketType } from '../contract/ticket-types.ts'
import { Ticket, TicketPart } from '../contract/tickets.ts'
import { inInbox } from './address.ts'
import { assignees, days, defined, names } from './brief.ts'
import { ticketHistory } from './transcript/histories.ts'
import type { Kind } from './kind.ts'
import { time } from './time.ts'
import { callName } from './transcript/author.ts'

type Document = Record<string, unknown>

export const ticket: Kind = {
  name: 'ticket',
  plural: 'tickets',
  schema: Ticket,
  headline: ['id', 'ticket_id', 'category', 'open'],
  brief: ['id', 'ticket_id', 'ticket_attributes', 'ticket_state'],
  summary: ['id', 'ticket_id', 'ticket_attributes', 'ticket_type', 'ticket_state', 'category', 'open', 'snoozed_until', 'contacts', 'admin_assignee_id', 'team_assignee_id', 'created_at', 'updated_at'],
  counted: ['ticket_parts'],
  history: ticketHistory,
  nothing: { admin_assignee_id: '0', team_assignee_id: '0' },
  times: 'minute',
  told: (shown, { raw, brief }) => (brief ? atAGlance(shown) : whole(shown, raw)),
  adds: ['title', 'description'],
  path: ({ id, ticket_type }) => inInbox(id, workspaceOf(ticket_type)),
}

/** What every ticket has is an attribute to Intercom, under a name of its own. */
const builtIn = ({ ticket_attributes }: Document): { title?: unknown; description?: unknown; others: Document } => {
  const { _default_title_: title, _default_description_: description, ...others } = (ticket_attributes ?? {}) as Document // as the schema says
  return { title, description, others }
}

const atAGlance = (shown: Document): Document =>
  defined({
    id: shown.id,
    ticket_id: shown.ticket_id,
    title: builtIn(shown).title,
    ticket_type: callName(shown.ticket_type),
    ticket_state: label(shown.ticket_state),
    category: shown.category,
    open: shown.open,
    snoozed_until: shown.snoozed_until,
    contacts: names(shown.contacts),
    ...assignees(shown),
    ...days(shown),
  })

const whole = (shown: Document, { ticket_type }: Document): Document => {
  const { title, description, others } = builtIn(shown)
  const { id, ticket_id, ticket_type: type, ticket_state, ticket_attributes: _, ...rest } = shown
  return defined({
    id,
    ticket_id,
    title,
    ticket_type: type,
    ticket_state: label(ticket_state),
    state_category: category(ticket_state),
    ...rest,
    ticket_attributes: Object.keys(others).length ? dated(others, ticket_type) : undefined,
    description,
  })
}

/** What teammates call the state. */
const label = (state: unknown): unknown => {
  const { internal_label, category } = (state ?? {}) as Document // as the schema says
  return internal_label ?? category
}

/** How far that is, where the label does not say so itself. */
const category = (state: unknown): unknown => {
  const { category } = (state ?? {}) as Document // as the schema says
  return String(label(state)).toLowerCase() === String(category).replaceAll('_', ' ') ? undefined : category
}

/** Values of attributes that the type says are dates. */
const dated = (attributes: Document, type: unknown): Document => {
  const moments = new Set(TicketType.partial().safeParse(type).data?.ticket_type_attributes?.data?.flatMap(({ data_type, name }) => (data_type === 'datetime' && name ? [name] : [])))
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, moments.has(name) && /^-?\d+$/.test(String(value)) ? time(Number(value), 'minute') : value]))
}

/** A ticket tells its workspace only through its type. */
const workspaceOf = (type: unknown): unknown => (typeof type === 'object' && type !== null && 'workspace_id' in type ? type.workspace_id : undefined)

export const ticketPart: Kind = {
  name: 'part',
  plural: 'parts',
  schema: TicketPart,
  headline: ['id', 'part_type'],
  brief: ['id', 'part_type', 'author', 'body', 'created_at', 'previous_ticket_state', 'ticket_state', 'assigned_to', 'attachments', 'redacted'],
  hidden: ['app_package_code'],
  times: 'minute',
}

export const ticketType: Kind = {
  name: 'ticket_type',
  plural: 'ticket_types',
  by: 'workspace',
  schema: TicketType,
  headline: ['id', 'name', 'category'],
  brief: ['id', 'name'],
  hidden: ['icon', 'created_at', 'updated_at'],
  times: 'date',
}

export const ticketState: Kind = {
  name: 'ticket_state',
  plural: 'ticket_states',
  by: 'workspace',
  schema: TicketState,
  headline: ['id', 'category', 'internal_label'],
  brief: ['id', 'category', 'internal_label'],
  times: 'date',
}

export const detailedState: Kind = { ...ticketState, schema: DetailedState }

export const ticketTypeAttribute: Kind = {
  name: 'attribute',
  plural: 'attributes',
  by: 'workspace',
  schema: TicketTypeAttribute,
  headline: ['id', 'name', 'data_type'],
  brief: ['id', 'name', 'description', 'data_type', 'required_to_create', 'input_options', 'list_options', 'archived'],
  hidden: ['order', 'created_at', 'updated_at'],
  times: 'date',
}
