import type * as z from 'zod'
import type { replyConversation } from '../contract/conversations.ts'
import { type Attachment, uploaded } from './attachments.ts'
import { conversationNamed, type ConversationDocument, happened } from './conversation.ts'
import { says } from './conversation-acts.ts'
import { type Call, Rejection } from './handler.ts'
import { latestConversation } from './message.ts'
import { contactAuthor, talked } from './participants.ts'
import type { PartAuthor } from './parts.ts'
import { choicesIn, filesAt, replyingAdmin, requireComment, saidIn } from './replies.ts'
import { dated } from './seconds.ts'

type Request = z.output<(typeof replyConversation)['input']>
type Reply = Omit<Request, 'id'>

/** Instead of an id: what was last said to the contact who replies, be it a message that begins its conversation with the answer. */
const last = 'last'

const authorOf = (reply: Reply, call: Call): PartAuthor => {
  if (reply.type === 'admin') return replyingAdmin(reply, call)
  requireComment(reply)
  return contactAuthor(reply, call)
}

const meant = (id: string, author: PartAuthor, call: Call): ConversationDocument => {
  const newest = id === last && author.type === 'user' ? latestConversation(author.id, call) : undefined
  return conversationNamed(call, newest?.id ?? id)
}

const filesIn = (files: Reply['attachment_files'], { newId }: Call): Attachment[] =>
  (files ?? []).map((file) => {
    const read = uploaded(file, newId)
    const { name = 'a file' } = file
    if (!read) throw new Rejection(400, 'parameter_invalid', `attachment_files: ${name.slice(0, 100)} has no data in Base64`, 'attachment_files')
    return read
  })

/**
 * Writes a comment, note or quick_reply, also into the ticket that was made of the conversation. [inferred] Any contact of
 * the workspace may comment, not only who takes part.
 */
export const replied = ({ id, ...reply }: Request, call: Call): ConversationDocument => {
  const author = authorOf(reply, call)
  const conversation = meant(id, author, call)
  const at = dated(reply, call)
  const attachments = [...filesAt(reply.attachment_urls), ...filesIn(reply.attachment_files, call)]
  talked({ ...reply, author, at }, conversation.contact_ids, call)
  return happened(call, says(conversation, reply.message_type, { author, at, body: saidIn(reply) ?? null, attachments, by_app: true, metadata: choicesIn(reply) }))
}
