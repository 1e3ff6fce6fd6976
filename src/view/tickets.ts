import { DetailedState } from '../contract/ticket-states.ts'
import { TicketTypeAttribute } from '../contract/ticket-type-attributes.ts'
import { TicketState, TicketType } from '../contract/ticket-types.ts'
import { Ticket, TicketPart } from '../contract/tickets.ts'
import type { Kind } from './kind.ts'

export const ticket: Kind = {
  name: 'ticket',
  plural: 'tickets',
  schema: Ticket,
  headline: ['id', 'ticket_id', 'category', 'open'],
  brief: ['id', 'ticket_id'],
  counted: ['ticket_parts'],
  newestLast: { ticket_parts: 'get_ticket' },
  nothing: { admin_assignee_id: '0', team_assignee_id: '0' },
  times: 'minute',
  path: ({ id, ticket_type }) => inbox(ticket_type, String(id)),
}

/** A ticket tells its workspace only through its type. */
const inbox = (type: unknown, id: string): string | undefined => {
  const app = typeof type === 'object' && type !== null && 'workspace_id' in type ? type.workspace_id : undefined
  return typeof app === 'string' ? `/inbox/${app}/inbox/conversation/${id}` : undefined
}

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
