import type { Call } from './handler.ts'
import { ticketPresenter } from './present-ticket.ts'
import { type TicketDocument, tickets } from './ticket.ts'
import type { TicketPartDocument } from './ticket-parts.ts'
import { ticketStates } from './ticket-states.ts'
import type { Topic } from './topics.ts'

const tell = (topic: Topic, ticket: TicketDocument, call: Call): void => call.notify(topic, () => ticketPresenter(call)(ticket))

export const tellCreated = (ticket: TicketDocument, call: Call): TicketDocument => {
  tell('ticket.created', ticket, call)
  return ticket
}

type Happened = (before: TicketDocument, after: TicketDocument, call: Call) => boolean

const moved: Happened = (before, after) => before.ticket_state_id !== after.ticket_state_id

const assigned =
  (to: 'admin_assignee_id' | 'team_assignee_id'): Happened =>
  (before, after) =>
    before[to] !== after[to] && after[to] !== '0'

const lacks = (one: TicketDocument, other: TicketDocument): boolean => other.contact_ids.some((id) => !one.contact_ids.includes(id))

/** What a change tells, in the order in which it happens. [inferred] Taking a ticket from everybody tells nothing. */
const changes: readonly (readonly [Topic, Happened])[] = [
  ['ticket.attribute.updated', (before, after) => before.values !== after.values],
  ['ticket.state.updated', moved],
  ['ticket.resolved', (before, after, call) => moved(before, after, call) && call.store.get(ticketStates, after.ticket_state_id)?.category === 'resolved'],
  ['ticket.admin.assigned', assigned('admin_assignee_id')],
  ['ticket.team.assigned', assigned('team_assignee_id')],
  ['ticket.contact.attached', lacks],
  ['ticket.contact.detached', (before, after) => lacks(after, before)],
  ['ticket.closed', (before, after) => before.open && !after.open],
]

export const tellUpdated = (before: TicketDocument, after: TicketDocument, call: Call): TicketDocument => {
  for (const [topic, happened] of changes) if (happened(before, after, call)) tell(topic, after, call)
  return after
}

const saidBy = ({ author, part_type }: TicketPartDocument): Topic => {
  if (author.type === 'user') return 'ticket.contact.replied'
  return part_type === 'note' ? 'ticket.note.created' : 'ticket.admin.replied'
}

/** [inferred] The item is the ticket, as it is after the words. */
export const tellSaid = (part: TicketPartDocument, call: Call): TicketPartDocument => {
  const ticket = call.store.get(tickets, part.ticket_id)
  if (ticket) tell(saidBy(part), ticket, call)
  return part
}
