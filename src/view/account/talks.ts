import type * as z from 'zod'
import type { ListedConversation } from '../../contract/conversation.ts'
import type { Ticket } from '../../contract/tickets.ts'
import { defined } from '../brief.ts'
import { listedConversation } from '../conversations.ts'
import type { Kind } from '../kind.ts'
import type { Names } from '../names.ts'
import { piece } from '../piece.ts'
import { ticket as ticketFull, ticketState, ticketType } from '../tickets.ts'

type Document = Record<string, unknown>

/** The name of a contact of the account; undefined of others. */
export type WhoIs = (id: string) => string | undefined

/** When something changed last needs no time of day here; since when somebody waits does. */
const conversationKind: Kind = { ...listedConversation, excerpt: 60, times: 'date' }
const ticketKind: Kind = { ...ticketFull, times: 'date' }

/** A conversation in a few words, told by its title or, without one, by its beginning. */
export const conversationRow = (conversation: z.output<typeof ListedConversation>, whoIs: WhoIs, names?: Names): Document => {
  const shown = piece(conversationKind, conversation, ['title', 'source.subject', 'source.body', 'state', 'priority', 'updated_at', ...assignment], { names })
  const { subject, body } = (shown.source ?? {}) as Document // an object, as its schema says
  const { id, title = subject ?? body, state, priority, updated_at } = shown
  const { waiting_since } = piece(listedConversation, conversation, ['waiting_since'])
  return defined({ id, title, who: whoOf(conversation, whoIs), state, priority, ...assignees(shown), updated_at, waiting_since })
}

/** The same of tickets; people know them by their number. */
export const ticketRow = (ticket: z.output<typeof Ticket>, whoIs: WhoIs, names?: Names): Document => {
  const shown = piece(ticketKind, ticket, ['ticket_id', 'ticket_attributes._default_title_', 'updated_at', ...assignment], { names })
  const { id, ticket_id: number, updated_at } = shown
  const { _default_title_: title } = (shown.ticket_attributes ?? {}) as Document // a record, as its schema says
  const { name: type } = piece(ticketType, ticket.ticket_type ?? {}, ['name'])
  const { internal_label: state } = piece(ticketState, ticket.ticket_state ?? {}, ['internal_label'])
  return defined({ id, number, title, type, who: whoOf(ticket, whoIs), state, ...assignees(shown), updated_at })
}

const assignment = ['admin_assignee_id', 'team_assignee_id']

/** By name; by id where the name could not be read. */
const assignees = (shown: Document): Document => ({ assignee: named(shown, 'admin_assignee_id', 'admin_assignee'), team: named(shown, 'team_assignee_id', 'team_assignee') })
const named = (shown: Document, id: string, name: string): unknown => shown[name] ?? shown[id]

/** The first of the account's people in it, and how many others there are. */
const whoOf = ({ contacts }: Pick<z.output<typeof Ticket>, 'contacts'>, whoIs: WhoIs): string | undefined => {
  const names = (contacts?.contacts ?? []).map(({ id }) => whoIs(id))
  const first = names.find((name) => name !== undefined)
  return first !== undefined && names.length > 1 ? `${first} and ${names.length - 1} more` : first
}
