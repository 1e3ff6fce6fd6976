import { conversations, type ConversationDocument } from './conversation.ts'
import { removeParts } from './conversation-parts.ts'
import { type LinkedObject, without } from './linked-objects.ts'
import type { Store } from './store.ts'
import { type TicketDocument, tickets } from './ticket.ts'
import { removeParts as removeTicketParts } from './ticket-parts.ts'

/** Removes a ticket and its parts. [inferred] The conversation that it was made of stays. */
export const removeTicket = (store: Store, { id, linked }: TicketDocument): void => {
  store.remove(tickets, id)
  removeTicketParts(store, id)
  unlink(store, id, linked)
}

/** Removes a conversation, its parts and the ticket that was made of it: what was said stands there, too. */
export const removeConversation = (store: Store, { id, linked }: ConversationDocument): void => {
  store.remove(conversations, id)
  removeParts(store, id)
  const ticket = store.get(tickets, id)
  if (ticket) removeTicket(store, ticket)
  unlink(store, id, linked)
}

/** Takes an id that nothing has any more out of the objects that were linked to it. */
const unlink = (store: Store, id: string, linked: readonly LinkedObject[]): void => {
  if (store.get(conversations, id)) return
  for (const other of linked) {
    const ticket = store.get(tickets, other.id)
    const conversation = store.get(conversations, other.id)
    if (ticket) store.put(tickets, { ...ticket, linked: without(ticket.linked, id) })
    if (conversation) store.put(conversations, { ...conversation, linked: without(conversation.linked, id) })
  }
}
