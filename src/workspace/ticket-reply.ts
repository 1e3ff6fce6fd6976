import type * as z from 'zod'
import type { replyTicket } from '../contract/tickets.ts'
import { type ConversationDocument, findConversation, happened } from './conversation.ts'
import { says } from './conversation-acts.ts'
import { type Call, Rejection } from './handler.ts'
import type { LinkedObject } from './linked-objects.ts'
import { contactAuthor, talked } from './participants.ts'
import type { PartAuthor } from './parts.ts'
import { choicesIn, filesAt, replyingAdmin, requireComment, saidIn } from './replies.ts'
import { dated } from './seconds.ts'
import { type TicketDocument, tickets, withTeammate } from './ticket.ts'
import { together } from './ticket-conversation.ts'
import { tellSaid } from './ticket-notices.ts'
import { addPart, type TicketPartDocument } from './ticket-parts.ts'

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

/** The contacts who see what teammates write in a ticket, but for notes. */
const readers = ({ is_shared, contact_ids }: TicketDocument): readonly string[] => (is_shared ? contact_ids : [])

/** The conversations linked to a ticket, where a note that is posted across is heard. */
const across = ({ linked }: TicketDocument, { cross_post, message_type }: Reply): readonly LinkedObject[] =>
  cross_post && message_type === 'note' ? linked.filter(({ type }) => type === 'conversation') : []

/**
 * Writes a comment, note or quick_reply, also into the conversation that the ticket was made of. [inferred] Any contact of
 * the workspace may comment, not only the ticket's.
 */
export const replied = (ticket: TicketDocument, reply: Reply, call: Call): TicketPartDocument => {
  const author = reply.type === 'user' ? customer(reply, ticket, call) : replyingAdmin(reply, call)
  const created_at = dated(reply, call)
  const body = saidIn(reply)
  const said = { author, attachments: filesAt(reply.attachment_urls), by_app: true }
  talked({ ...reply, author, at: created_at }, readers(ticket), call)
  const saying = (conversation: ConversationDocument) =>
    says(conversation, reply.message_type, { ...said, body: body ?? null, metadata: choicesIn(reply), at: created_at })
  for (const { id } of across(ticket, reply)) {
    const conversation = findConversation(call, id)
    if (conversation) happened(call, saying(conversation))
  }
  call.store.put(tickets, afterReply(together(ticket, saying, call), author, call.now))
  return tellSaid(addPart(call.store, ticket.id, { part_type: reply.message_type, ...said, created_at, ...(body !== undefined && { body }) }), call)
}
