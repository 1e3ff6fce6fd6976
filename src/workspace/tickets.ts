import type { FieldType } from '../contract/search.ts'
import { searchTickets } from '../contract/tickets.ts'
import { type Handlers, Rejection } from './handler.ts'
import { ticketPresenter } from './present-ticket.ts'
import { removeTicket } from './removal.ts'
import { type Index, search } from './search.ts'
import { findTicket, ticket, type TicketDocument, tickets, wake } from './ticket.ts'
import { created } from './ticket-creation.ts'
import { tellCreated, tellUpdated } from './ticket-notices.ts'
import { presentPart } from './ticket-parts.ts'
import { replied } from './ticket-reply.ts'
import { type AttributeType, ticketTypeAttributes } from './ticket-type-attributes.ts'
import { updated } from './ticket-update.ts'

/** How an attribute of each type is searched by; files are not. */
const searchedAs: Readonly<Record<AttributeType, FieldType | undefined>> = {
  string: 'string',
  list: 'string',
  integer: 'integer',
  decimal: 'float',
  boolean: 'boolean',
  datetime: 'date',
  files: undefined,
}

const index: Index<TicketDocument> = {
  operation: searchTickets.name,
  from: tickets,
  searchable: searchTickets.search!, // declared there
  lists: ['contact_ids', 'teammate_ids'],
  rare: ['contact_ids'],
  customType: (store, id) => {
    const attribute = store.get(ticketTypeAttributes, id)
    return attribute && searchedAs[attribute.data_type]
  },
  perPage: 20,
  // [inferred] as conversations are said to come
  order: { field: 'updated_at', order: 'descending' },
}

export const handlers: Handlers<'tickets'> = {
  search_tickets: (request, call) => {
    wake(call)
    const { items, total, pages } = search(index, request, call)
    return { type: 'ticket.list', pages, total_count: total, tickets: items.map(ticketPresenter(call)) }
  },

  create_ticket: (wanted, call) => ticketPresenter(call)(tellCreated(created(wanted, call), call)),

  get_ticket: ({ id }, call) => ticketPresenter(call)(ticket(call, id)),

  update_ticket: ({ id, ...changes }, call) => {
    const before = ticket(call, id)
    return ticketPresenter(call)(tellUpdated(before, updated(before, changes, call), call))
  },

  reply_ticket: ({ id, ...reply }, call) => {
    const found = findTicket(call, id)
    // here, other than elsewhere, the published answer has the general code
    if (!found) throw new Rejection(404, 'not_found', 'Resource Not Found')
    return presentPart(replied(found, reply, call))
  },

  delete_ticket: ({ id }, call) => {
    removeTicket(call.store, ticket(call, id))
    return { id, object: 'ticket', deleted: true }
  },
}
