import type * as z from 'zod'
import type { redactConversation } from '../contract/conversations.ts'
import { conversations, type ConversationDocument, findConversation, tell } from './conversation.ts'
import { conversationParts } from './conversation-parts.ts'
import { type Call, Rejection } from './handler.ts'
import { missing } from './replies.ts'
import { replaceSaid } from './ticket-parts.ts'

type Request = z.output<(typeof redactConversation)['input']>
type Step = (conversation: ConversationDocument, wanted: Request, call: Call) => ConversationDocument

/** Stands where something was said. Files go with the text. */
const deleted = { body: '<p><i>This message was deleted</i></p>', attachments: [], redacted: true } as const

const notFound = (): Rejection => new Rejection(404, 'conversation_part_or_message_not_found', 'Conversation part or message not found')

/** [inferred] The words; the code is documented. */
const notRedactable = (why: string): Rejection => new Rejection(400, 'conversation_part_not_redactable', why)

const redactPart: Step = (conversation, { conversation_part_id: id }, call) => {
  if (id === undefined) throw missing('conversation_part_id', 'conversation_part_id is required to redact a conversation_part')
  const part = call.store.get(conversationParts, id)
  if (part?.conversation_id !== conversation.id) throw notFound()
  if (part.body === null) throw notRedactable('A part without a body cannot be redacted')
  if (part.redacted) return conversation
  const redacted = call.store.put(conversationParts, { ...part, ...deleted, updated_at: call.now })
  replaceSaid(call.store, conversation.id, part, { ...deleted, updated_at: call.now })
  const after = call.store.put(conversations, { ...conversation, updated_at: call.now })
  tell(call, 'conversation_part.redacted', after, redacted)
  return after
}

const redactSource: Step = (conversation, { source_id: id }, call) => {
  const { source } = conversation
  if (id === undefined) throw missing('source_id', 'source_id is required to redact a source')
  if (source.id !== id) throw notFound()
  if (source.author.type !== 'user') throw notRedactable("Only a contact's first message can be redacted")
  if (source.redacted) return conversation
  const after = call.store.put(conversations, { ...conversation, source: { ...source, ...deleted }, updated_at: call.now })
  replaceSaid(call.store, conversation.id, { ...source, created_at: conversation.created_at }, { ...deleted, updated_at: call.now })
  tell(call, 'conversation_part.redacted', after)
  return after
}

const steps: Readonly<Record<Request['type'], Step>> = { conversation_part: redactPart, source: redactSource }

/** Takes back what was said, for good, also from the ticket that was made of it. A second time changes nothing. */
export const redacted = (wanted: Request, call: Call): ConversationDocument => {
  const conversation = findConversation(call, wanted.conversation_id)
  if (!conversation) throw notFound()
  return steps[wanted.type](conversation, wanted, call)
}
