import { conversations } from './conversation.ts'
import { type LinkedObject, without } from './linked-objects.ts'
import type { Store } from './store.ts'
import { tickets } from './ticket.ts'

/** Takes what is gone out of the objects that were linked to it. */
export const unlink = (store: Store, id: string, linked: readonly LinkedObject[]): void => {
  for (const other of linked) {
    const ticket = other.type === 'ticket' ? store.get(tickets, other.id) : undefined
    const conversation = other.type === 'conversation' ? store.get(conversations, other.id) : undefined
    if (ticket) store.put(tickets, { ...ticket, linked: without(ticket.linked, id) })
    if (conversation) store.put(conversations, { ...conversation, linked: without(conversation.linked, id) })
  }
}
