import type * as z from 'zod'
import type { replyTicket } from '../contract/tickets.ts'
import { attachment, type Attachment } from './attachments.ts'
import { teammate } from './admins.ts'
import { type Call, Rejection } from './handler.ts'
import { paragraphs, written } from './html.ts'
import { contactAuthor, heardFrom } from './participants.ts'
import { type TicketDocument, tickets, withTeammate } from './ticket.ts'
import { asAuthor, type PartAuthor } from './parts.ts'
import { addPart, type TicketPartDocument } from './ticket-parts.ts'

type Reply = Omit<z.output<(typeof replyTicket)['input']>, 'id'>

const missing = (field: string, message: string): Rejection => new Rejection(400, 'parameter_not_found', message, field)

const files = (urls: readonly string[]): Attachment[] =>
  urls.map((url) => {
    const file = attachment(url)
    if (!file) throw new Rejection(400, 'parameter_invalid', `attachment_urls: ${url.slice(0, 100)} is not a URL`, 'attachment_urls')
    return file
  })

const admin = ({ admin_id, message_type, reply_options }: Reply, { store }: Call): PartAuthor => {
  if (admin_id === undefined) throw missing('admin_id', 'admin_id is required to reply as an admin')
  const author = teammate(store, admin_id)
  if (!author) throw new Rejection(404, 'admin_not_found', 'Admin not found')
  if (message_type === 'quick_reply' && !reply_options?.length) throw missing('reply_options', 'reply_options is required for a quick_reply')
  return asAuthor(author)
}

/** Only tickets that customers see hear from them, and only comments. */
const customer = (reply: Reply, ticket: TicketDocument, call: Call): PartAuthor => {
  if (ticket.category !== 'Customer') throw new Rejection(400, 'parameter_mismatch', 'User replies are not allowed on Backoffice tickets')
  if (reply.message_type !== 'comment') throw new Rejection(400, 'parameter_invalid', 'message_type of a user reply must be comment', 'message_type')
  return contactAuthor(reply, call)
}

const body = ({ body: text, message_type, type }: Reply): { body?: string } => {
  const given = text !== undefined && text.trim() !== ''
  if (!given && message_type !== 'quick_reply') throw new Rejection(400, 'parameter_invalid', 'Body is required', 'body')
  if (!given) return {}
  return { body: type === 'user' ? paragraphs(text) : written(text) }
}

/** [inferred] As in conversations: what a customer writes reopens a closed or snoozed ticket; a teammate's words change neither. */
const afterReply = (ticket: TicketDocument, author: PartAuthor, now: number): TicketDocument => {
  const touched = { ...ticket, updated_at: now }
  return author.type === 'user' ? { ...touched, open: true, snoozed_until: null } : withTeammate(touched, author.id)
}

/** Writes a comment, note or quick_reply. [inferred] Any contact of the workspace may comment, not only the ticket's. */
export const replied = (ticket: TicketDocument, reply: Reply, call: Call): TicketPartDocument => {
  const author = reply.type === 'user' ? customer(reply, ticket, call) : admin(reply, call)
  const created_at = reply.created_at ?? call.now
  const part = { part_type: reply.message_type, author, created_at, attachments: files(reply.attachment_urls ?? []), by_app: true, ...body(reply) }
  if (author.type === 'user') heardFrom(author.id, created_at, call)
  call.store.put(tickets, afterReply(ticket, author, call.now))
  return addPart(call.store, ticket.id, part)
}
