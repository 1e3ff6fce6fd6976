import type * as z from 'zod'
import type { ListedConversation } from '../contract/conversation.ts'
import type { Ticket } from '../contract/tickets.ts'
import { listedConversation } from './conversations.ts'
import type { Kind } from './kind.ts'
import { line } from './line.ts'
import type { Names } from './names.ts'
import { piece } from './piece.ts'
import { ticket as ticketFull, ticketState, ticketType } from './tickets.ts'

type Document = Record<string, unknown>

/** The name of a contact of the account; undefined of others. */
export type WhoIs = (id: string) => string | undefined

/** When something changed last needs no time of day here; since when somebody waits does. */
const conversationKind: Kind = { ...listedConversation, excerpt: 60, times: 'date' }
const ticketKind: Kind = { ...ticketFull, times: 'date' }

/** `Booked twice (103): Maren Okafor, open, Mia Chen of Support, updated 2026-03-04`: as objects such rows would take twice the room. */
export const conversationLine = (conversation: z.output<typeof ListedConversation>, whoIs: WhoIs, names?: Names): string => {
  const shown = piece(conversationKind, conversation, ['title', 'source.subject', 'source.body', 'state', 'priority', 'updated_at', ...assignment], { names })
  const { subject, body } = (shown.source ?? {}) as Document // an object, as its schema says
  const { waiting_since: waiting } = piece(listedConversation, conversation, ['waiting_since'])
  const { id, title = subject ?? body ?? 'without a title', state, priority, updated_at } = shown
  const since = waiting !== undefined && `waiting since ${String(waiting)}`
  return line({ id, name: title }, [whoOf(conversation, whoIs), state, priority, assigned(shown), since, `updated ${String(updated_at)}`])
}

/** The same of tickets: `Booked twice (132, #44): Booking problem, In progress, …`. */
export const ticketLine = (ticket: z.output<typeof Ticket>, whoIs: WhoIs, names?: Names): string => {
  const shown = piece(ticketKind, ticket, ['ticket_id', 'ticket_attributes._default_title_', 'updated_at', ...assignment], { names })
  const { _default_title_: title = 'without a title' } = (shown.ticket_attributes ?? {}) as Document // a record, as its schema says
  const { name: type } = piece(ticketType, ticket.ticket_type ?? {}, ['name'])
  const { internal_label: state } = piece(ticketState, ticket.ticket_state ?? {}, ['internal_label'])
  return line({ id: `${String(shown.id)}, #${String(shown.ticket_id)}`, name: title }, [type, whoOf(ticket, whoIs), state, assigned(shown), `updated ${String(shown.updated_at)}`])
}

const assignment = ['admin_assignee_id', 'team_assignee_id']

/** By name; by id where the name could not be read. */
const assigned = ({ admin_assignee_id, admin_assignee = admin_assignee_id, team_assignee_id, team_assignee = team_assignee_id }: Document): string =>
  [admin_assignee ?? 'unassigned', team_assignee && `team ${String(team_assignee)}`].filter(Boolean).map(String).join(', ')

/** The first of the account's people in it, and how many others there are. */
const whoOf = ({ contacts }: Pick<z.output<typeof Ticket>, 'contacts'>, whoIs: WhoIs): string | undefined => {
  const names = (contacts?.contacts ?? []).map(({ id }) => whoIs(id))
  const first = names.find((name) => name !== undefined)
  return first !== undefined && names.length > 1 ? `${first} and ${names.length - 1} more` : first
}
