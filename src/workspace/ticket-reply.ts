import type * as z from 'zod'
import type { replyTicket } from '../contract/tickets.ts'
import { findConversation, happened } from './conversation.ts'
import { says } from './conversation-acts.ts'
import { type Call, Rejection } from './handler.ts'
import { contactAuthor, heardFrom } from './participants.ts'
import type { PartAuthor } from './parts.ts'
import { filesAt, replyingAdmin, requireComment, saidIn } from './replies.ts'
import { type TicketDocument, tickets, withTeammate } from './ticket.ts'
import { tellSaid } from './ticket-notices.ts'
import { addPart, type NewTicketPart, type TicketPartDocument } from './ticket-parts.ts'

type Reply = Omit<z.output<(typeof replyTicket)['input']>, 'id'>

/** Only tickets that customers see hear from them, and only comments. */
const customer = (reply: Reply, ticket: TicketDocument, call: Call): PartAuthor => {
  if (ticket.category !== 'Customer') throw new Rejection(400, 'parameter_mismatch', 'User replies are not allowed on Backoffice tickets')
  requireComment(reply)
  return contactAuthor(reply, call)
}

/** [inferred] As in conversations: what a customer writes reopens a closed or snoozed ticket; a teammate's words change neither. */
const afterReply = (ticket: TicketDocument, author: PartAuthor, now: number): TicketDocument => {
  const touched = { ...ticket, updated_at: now }
  return author.type === 'user' ? { ...touched, open: true, snoozed_until: null } : withTeammate(touched, author.id)
}

/** Writes what somebody said into a ticket's history. */
export const entered = (ticket: TicketDocument, part: NewTicketPart, call: Call): TicketPartDocument => {
  const { store, now } = call
  store.put(tickets, afterReply(ticket, part.author, now))
  return tellSaid(addPart(store, ticket.id, part), call)
}

/** Conversations that hear of a reply: those linked to the ticket, of a note that is to be posted across, and the one the ticket was made of. */
const listeners = ({ id, linked }: TicketDocument, { cross_post, message_type }: Reply): string[] => {
  const across = cross_post && message_type === 'note' ? linked.filter(({ type }) => type === 'conversation') : []
  return [...across.map((one) => one.id), id]
}

/** Writes a comment, note or quick_reply. [inferred] Any contact of the workspace may comment, not only the ticket's. */
export const replied = (ticket: TicketDocument, reply: Reply, call: Call): TicketPartDocument => {
  const author = reply.type === 'user' ? customer(reply, ticket, call) : replyingAdmin(reply, call)
  const created_at = reply.created_at ?? call.now
  const body = saidIn(reply)
  const said = { author, attachments: filesAt(reply.attachment_urls), by_app: true }
  if (author.type === 'user') heardFrom(author.id, created_at, call)
  for (const id of listeners(ticket, reply)) {
    const conversation = findConversation(call, id)
    if (conversation) happened(call, says(conversation, reply.message_type, { ...said, body: body ?? null, at: created_at }))
  }
  return entered(ticket, { part_type: reply.message_type, ...said, created_at, ...(body !== undefined && { body }) }, call)
}
