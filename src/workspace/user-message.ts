import type { Attachment } from './attachments.ts'
import { type ContactDocument, findContact } from './contact-document.ts'
import { tell } from './conversation.ts'
import { nextMessageId, startConversation } from './conversation-start.ts'
import { type Call, Rejection } from './handler.ts'
import { paragraphs } from './html.ts'
import { leadOf } from './visitor.ts'

/** Who writes in: the contact of that Intercom id, or the lead that a visitor of that user_id becomes by it. */
export const writer = (id: string, call: Call): ContactDocument => {
  const found = findContact(call, { id }) ?? leadOf(call, id)
  if (!found) throw new Rejection(404, 'not_found', 'User Not Found')
  return found
}

interface WrittenIn {
  readonly contact: ContactDocument
  /** Text; HTML in it is shown as it was typed. */
  readonly body: string
  readonly subject?: string | undefined
  readonly attachments?: readonly Attachment[]
  readonly created_at?: number | undefined
}

/** Begins the conversation of what a contact writes, and answers the message. */
export const userMessage = ({ body, ...opening }: WrittenIn, call: Call) => {
  const message_id = nextMessageId(call.store)
  const conversation = startConversation(call, { ...opening, body: paragraphs(body), message_id })
  tell(call, 'conversation.user.created', conversation)
  return { type: 'user_message', id: message_id, created_at: conversation.created_at, body, message_type: 'inapp', conversation_id: conversation.id }
}
