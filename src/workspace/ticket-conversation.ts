import { type Act, type ConversationDocument, findConversation, record } from './conversation.ts'
import { shared } from './conversation-ticket.ts'
import type { Call } from './handler.ts'
import type { TicketDocument } from './ticket.ts'

/** The ticket after the conversation that it was made of, if it was made of one, went along with what happened to it. */
export const together = (ticket: TicketDocument, act: (conversation: ConversationDocument) => Act, call: Call): TicketDocument => {
  const conversation = findConversation(call, ticket.id)
  return conversation ? { ...ticket, ...shared(record(call, act(conversation))) } : ticket
}
