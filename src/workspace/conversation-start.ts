import type { Attachment } from './attachments.ts'
import type { ContactDocument } from './contact-document.ts'
import { conversations } from './conversation.ts'
import { type ConversationDocument, type ConversationSource, untouched } from './conversation-document.ts'
import { contactReplied } from './conversation-statistics.ts'
import type { Call } from './handler.ts'
import { asUser, type PartAuthor } from './parts.ts'
import { heardFrom, wroteTo } from './participants.ts'
import { dated } from './seconds.ts'
import type { Store } from './store.ts'

/** The message that a conversation begins with. */
export interface Opening {
  readonly contact: ContactDocument
  /** HTML. */
  readonly body: string
  /** Id of the message, from {@link nextMessageId}. */
  readonly message_id: string
  /** The contact when absent. */
  readonly author?: PartAuthor
  /** As its author lets expect, when absent. */
  readonly delivered_as?: ConversationSource['delivered_as']
  readonly type?: ConversationSource['type']
  readonly subject?: string
  readonly attachments?: readonly Attachment[]
  /** Unix seconds; now when absent. */
  readonly created_at?: number
}

/** Messages are counted apart from conversations and tickets, so their ids never fit one of these. */
const firstMessage = 403_000_000

export const nextMessageId = (store: Store): string => String(firstMessage + store.next('message'))

const delivery: Readonly<Record<PartAuthor['type'], ConversationSource['delivered_as']>> = {
  user: 'customer_initiated',
  admin: 'admin_initiated',
  bot: 'operator_initiated',
}

/** A conversation on its first day. Who is written to by a contact has them waiting; who writes to a contact has not. */
export const newConversation = (id: string, opening: Opening & { readonly created_at: number }): ConversationDocument => {
  const { contact, body, message_id, author = asUser(contact), type = 'conversation', subject = '', attachments = [], created_at } = opening
  const { delivered_as = delivery[author.type] } = opening
  const source = { type, id: message_id, delivered_as, subject, body, author, attachments, url: null, redacted: false }
  return {
    ...untouched,
    id,
    created_at,
    updated_at: created_at,
    source,
    contact_ids: [contact.id],
    ...(author.type === 'admin' && { teammate_ids: [author.id] }),
    ...(author.type === 'user' && {
      waiting_since: created_at,
      first_contact_reply: { created_at, type: 'conversation', url: null },
      statistics: contactReplied(untouched.statistics, created_at),
    }),
  }
}

/** Begins a conversation with a message, and notes on the contact that they wrote or were written to. Tells nobody: the caller knows the topic. */
export const startConversation = (call: Pick<Call, 'store' | 'now'>, opening: Opening): ConversationDocument => {
  const created_at = dated(opening, call)
  const made = newConversation(String(call.store.next('conversation_or_ticket')), { ...opening, created_at })
  const touched = made.source.author.type === 'user' ? heardFrom : wroteTo
  touched(opening.contact.id, created_at, call)
  return call.store.put(conversations, { ...made, updated_at: call.now })
}
