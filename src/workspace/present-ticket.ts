import type { Call } from './handler.ts'
import { presentLinked } from './linked-objects.ts'
import { once } from './once.ts'
import { presentContacts } from './participants.ts'
import type { TicketDocument } from './ticket.ts'
import { presentValues } from './ticket-attributes.ts'
import { presentParts } from './ticket-parts.ts'
import { presentState, ticketStates } from './ticket-states.ts'
import { ticketType } from './ticket-type.ts'
import { attributesOf } from './ticket-type-attributes.ts'
import { presentTypeInTicket } from './ticket-types.ts'

/** Answers tickets with the newest of their parts. */
export const ticketPresenter = (call: Call) => {
  const brief = briefPresenter(call)
  return (ticket: TicketDocument) => ({ ...brief(ticket), ticket_parts: presentParts(call.store, ticket.id) })
}

/** Answers tickets without their parts. A page of them shares few types, so each is read once. */
export const briefPresenter = (call: Call) => {
  const { store } = call
  const typeOf = once((id: string) => presentTypeInTicket(ticketType(store, id), call))
  const questions = once((typeId: string) => attributesOf(store, typeId))
  const stateOf = once((id: string) => {
    const state = store.get(ticketStates, id)
    return state ? presentState(state) : null
  })
  return (ticket: TicketDocument) => ({
    type: 'ticket',
    id: ticket.id,
    ticket_id: ticket.ticket_id,
    ticket_attributes: presentValues(questions(ticket.ticket_type_id), ticket.values),
    ticket_state: stateOf(ticket.ticket_state_id),
    ticket_type: typeOf(ticket.ticket_type_id),
    contacts: presentContacts(store, ticket.contact_ids),
    admin_assignee_id: ticket.admin_assignee_id,
    team_assignee_id: ticket.team_assignee_id,
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
    open: ticket.open,
    ...(ticket.snoozed_until !== null && { snoozed_until: ticket.snoozed_until }),
    linked_objects: presentLinked(ticket.linked),
    category: ticket.category,
    is_shared: ticket.is_shared,
  })
}
