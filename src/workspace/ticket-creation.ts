import type * as z from 'zod'
import type { createTicket } from '../contract/tickets.ts'
import { operatorBot } from './admins.ts'
import { companyNamed } from './companies.ts'
import { type Call, Rejection } from './handler.ts'
import { dated } from './seconds.ts'
import type { Store } from './store.ts'
import { participant } from './participants.ts'
import { type TicketDocument, tickets, untouched } from './ticket.ts'
import { readValues, requireComplete } from './ticket-attributes.ts'
import { asAuthor, type PartAuthor } from './parts.ts'
import { addPart, type NewTicketPart } from './ticket-parts.ts'
import { statesOf, type TicketStateDocument } from './ticket-states.ts'
import { attributesOf, type TicketTypeAttributeDocument } from './ticket-type-attributes.ts'
import { ticketType, type TicketTypeDocument } from './ticket-type.ts'

type Wanted = z.output<(typeof createTicket)['input']>

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** The ticket with its title and description where search looks for them. */
export const titled = <T extends Pick<TicketDocument, 'values'>>(ticket: T, attributes: readonly TicketTypeAttributeDocument[]) => {
  const text = (name: string) => asText(ticket.values[attributes.find((attribute) => attribute.default && attribute.name === name)?.id ?? ''])
  return { ...ticket, title: text('_default_title_'), description: text('_default_description_') }
}

/** Intercom's id of a company named by that id or by your own. */
export const knownCompany = (store: Store, id: string): string => {
  const found = companyNamed(store, id)
  if (!found) throw new Rejection(404, 'company_not_found', 'Company Not Found')
  return found.id
}

export const usable = (type: TicketTypeDocument): TicketTypeDocument => {
  // [inferred] an archived type is hidden from new tickets; the status and the words are ours
  if (type.archived) throw new Rejection(400, 'parameter_invalid', 'Ticket type is archived', 'ticket_type_id')
  return type
}

/** [inferred] Tickets begin in the first state of the category `submitted` that their type has. */
export const firstState = (states: readonly TicketStateDocument[]): TicketStateDocument => {
  const first = states.find(({ category }) => category === 'submitted') ?? states[0]
  if (!first) throw new Rejection(400, 'ticket_state_id_invalid', 'Ticket type has no state to begin in')
  return first
}

/** A ticket as it is on its first day: open, nobody's, shared when customers may see its kind. */
export const newTicket = (id: number, number: number, type: TicketTypeDocument, state: TicketStateDocument) => ({
  id: String(id),
  ticket_id: String(number),
  ticket_type_id: type.id,
  ticket_state_id: state.id,
  category: type.category,
  is_shared: type.category === 'Customer',
  ...untouched,
})

/** The part that every ticket begins with. */
export const born = (author: PartAuthor, { category }: Pick<TicketStateDocument, 'category'>, created_at: number): NewTicketPart => ({
  part_type: 'ticket_state_updated_by_admin',
  author,
  ticket_state: category,
  previous_ticket_state: category,
  created_at,
})

export const created = (wanted: Wanted, call: Call): TicketDocument => {
  const { store, now } = call
  const type = usable(ticketType(store, wanted.ticket_type_id))
  const attributes = attributesOf(store, type.id)
  const values = readValues(attributes, wanted.ticket_attributes ?? {})
  requireComplete(attributes, values)
  const contact = participant(wanted.contacts[0]!, call)
  const state = firstState(statesOf(store, type.id))
  const company_id = wanted.company_id === undefined ? null : knownCompany(store, wanted.company_id)
  const made = newTicket(store.next('conversation_or_ticket'), store.next('ticket_number'), type, state)
  const created_at = dated(wanted, call)
  const ticket = titled({ ...made, values, contact_ids: [contact.id], company_id, created_at, updated_at: now }, attributes)
  addPart(store, ticket.id, born(asAuthor(operatorBot(store)), state, created_at))
  return store.put(tickets, ticket)
}
