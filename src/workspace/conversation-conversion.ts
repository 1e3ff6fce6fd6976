import type * as z from 'zod'
import type { convertConversationToTicket } from '../contract/conversations.ts'
import { operatorBot } from './admins.ts'
import { conversations, type ConversationDocument } from './conversation.ts'
import { conversationParts, type ConversationPartDocument, partsOf } from './conversation-parts.ts'
import { shared } from './conversation-ticket.ts'
import { type Call, Rejection } from './handler.ts'
import { asAuthor } from './parts.ts'
import { sql, type Store } from './store.ts'
import { type TicketDocument, tickets } from './ticket.ts'
import { readValues } from './ticket-attributes.ts'
import { born, firstState, newTicket, titled, usable } from './ticket-creation.ts'
import { addPart, type NewTicketPart } from './ticket-parts.ts'
import { statesOf } from './ticket-states.ts'
import { ticketType, type TicketTypeDocument } from './ticket-type.ts'
import { attributesOf } from './ticket-type-attributes.ts'

type Wanted = Omit<z.output<(typeof convertConversationToTicket)['input']>, 'id'>

const forCustomers = (type: TicketTypeDocument): TicketTypeDocument => {
  if (type.category !== 'Customer') throw new Rejection(400, 'parameter_invalid', 'Ticket type is not a customer ticket type')
  return usable(type)
}

/** Notes stay notes; whatever else was said is a comment in the ticket. */
const asComment = ({ part_type, author, created_at, body, attachments, by_app }: ConversationPartDocument): NewTicketPart[] =>
  body === null ? [] : [{ part_type: part_type === 'note' ? 'note' : 'comment', author, created_at, attachments, by_app, body }]

const talk = (store: Store, { id, source, created_at }: ConversationDocument): NewTicketPart[] => {
  const { body, author, attachments } = source
  const parts = store.find(conversationParts, { where: partsOf(id), order: sql`created_at, seq` })
  return [{ part_type: 'comment', author, created_at, body, attachments, by_app: true }, ...parts.flatMap(asComment)]
}

/**
 * Makes a ticket of a conversation, under its id and with what was said. [inferred] A second time is refused, and
 * attributes that a new ticket must have may be left out here.
 */
export const converted = (conversation: ConversationDocument, wanted: Wanted, { store, now }: Pick<Call, 'store' | 'now'>): TicketDocument => {
  if (conversation.converted) throw new Rejection(400, 'parameter_invalid', 'Conversation is already a ticket')
  const type = forCustomers(ticketType(store, wanted.ticket_type_id))
  const attributes = attributesOf(store, type.id)
  const values = readValues(attributes, wanted.attributes ?? {})
  const state = firstState(statesOf(store, type.id))
  const { teammate_ids, company_id, linked, created_at } = conversation
  const made = {
    ...newTicket(Number(conversation.id), store.next('ticket_number'), type, state),
    ...shared(conversation),
    values,
    teammate_ids,
    company_id,
    linked,
    created_at,
    updated_at: now,
  }
  for (const part of [...talk(store, conversation), born(asAuthor(operatorBot(store)), state, now)]) addPart(store, conversation.id, part)
  store.put(conversations, { ...conversation, converted: true, updated_at: now })
  return store.put(tickets, titled(made, attributes))
}
