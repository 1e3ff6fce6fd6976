import { admins } from './admins.ts'
import { contacts } from './contact-document.ts'
import { conversationsOf, type ConversationDocument } from './conversation.ts'
import { startConversation } from './conversation-start.ts'
import type { Call } from './handler.ts'
import { written } from './html.ts'
import { asAuthor } from './parts.ts'
import { type Collection, sql, type Store } from './store.ts'

/** What a teammate sent to a contact. A message of a contact is kept only as the beginning of its conversation. */
export interface MessageDocument {
  readonly id: string
  readonly message_type: 'inapp' | 'email'
  readonly subject: string | null
  /** As it was sent: text or HTML. */
  readonly body: string
  readonly admin_id: string
  readonly contact_id: string
  readonly created_at: number
  /** None until the contact answers, unless whoever sent it wanted one. */
  readonly conversation_id: string | null
}

export const messages: Collection<MessageDocument> = {
  table: 'message',
  columns: { contact_id: 'TEXT', created_at: 'INTEGER', conversation_id: 'TEXT' },
  facts: ({ contact_id, created_at, conversation_id }) => ({ contact_id, created_at, conversation_id }),
  indexed: ['contact_id', 'created_at'],
}

/** Begins the conversation of a message, whose source it becomes. */
export const opened = (message: MessageDocument, call: Pick<Call, 'store' | 'now'>): ConversationDocument => {
  const { store } = call
  const conversation = startConversation(call, {
    contact: store.get(contacts, message.contact_id)!, // contacts are hidden, never removed
    author: asAuthor(store.get(admins, message.admin_id)!), // nor are teammates
    body: written(message.body),
    message_id: message.id,
    type: message.message_type === 'email' ? 'email' : 'conversation',
    subject: message.subject ?? '',
    created_at: message.created_at,
  })
  store.put(messages, { ...message, conversation_id: conversation.id })
  return conversation
}

/** Where a contact answers what was last said to them: their newest conversation or, when a message came after it, the one that it now becomes. */
export const latestConversation = (contactId: string, call: Pick<Call, 'store' | 'now'>): ConversationDocument | undefined => {
  const [newest] = conversationsOf(call.store, contactId)
  const [waiting] = call.store.find(messages, {
    where: sql`contact_id = ${contactId} AND conversation_id IS NULL`,
    order: sql`created_at DESC, seq DESC`,
    limit: 1,
  })
  return waiting && waiting.created_at >= (newest?.created_at ?? 0) ? opened(waiting, call) : newest
}

/** Gives what was sent to one contact to another. */
export const moveMessages = (store: Store, from: string, into: string): void => {
  for (const message of store.find(messages, { where: sql`contact_id = ${from}` })) store.put(messages, { ...message, contact_id: into })
}
