import { type ContactDocument, contacts } from './contact-document.ts'
import { conversations, type ConversationDocument } from './conversation.ts'
import { conversationParts, partsOf } from './conversation-parts.ts'
import { type MessageDocument, messages } from './message.ts'
import { textOf } from './plain-text.ts'
import { type Sql, sql, type Store } from './store.ts'

/** Moments in unix seconds, both included. */
export interface Timeframe {
  readonly after: number
  readonly before: number
}

/** One delivery of what the workspace sent to somebody. */
export interface Delivery {
  readonly contact: ContactDocument
  readonly message_id: string
  /** Email, Chat and so on. */
  readonly channel: string
  readonly title: string
  readonly sent_at: number
  /** When the contact answered, each time. */
  readonly replied_at: readonly number[]
  /** When it came back, if it did. */
  readonly bounced_at?: number
}

const within = ({ after, before }: Timeframe): Sql => sql`created_at >= ${after} AND created_at <= ${before}`

/** Conversations that contacts did not begin, and that no message of the workspace's own began. */
const unasked = (timeframe: Timeframe): Sql => sql`${within(timeframe)} AND source_delivered_as <> 'customer_initiated'`

export const anySent = (store: Store, timeframe: Timeframe): boolean =>
  store.count(messages, within(timeframe)) > 0 || store.count(conversations, unasked(timeframe)) > 0

/** What was sent in a timeframe, first sent first, with what became of it since. */
export const deliveries = (store: Store, timeframe: Timeframe): Delivery[] => {
  const sent = store.find(messages, { where: within(timeframe) }).map((message) => fromMessage(store, message))
  const known = new Set(sent.map(({ message_id }) => message_id))
  const begun = store.find(conversations, { where: unasked(timeframe) }).filter(({ source }) => !known.has(source.id))
  return [...sent, ...begun.flatMap((conversation) => fromConversation(store, conversation))].toSorted((a, b) => a.sent_at - b.sent_at)
}

const fromMessage = (store: Store, { id, message_type, subject, body, contact_id, created_at, conversation_id }: MessageDocument): Delivery =>
  delivery(store, {
    contact: store.get(contacts, contact_id)!, // contacts are hidden, never removed
    message_id: id,
    channel: channels[message_type] ?? chat,
    title: subject ?? firstWords(body),
    sent_at: created_at,
    replied_at: conversation_id === null ? [] : repliesOf(store, conversation_id, contact_id),
  })

const fromConversation = (store: Store, { id, source, contact_ids, created_at }: ConversationDocument): Delivery[] =>
  contact_ids.flatMap((contactId) => {
    const contact = store.get(contacts, contactId)
    const title = source.subject || firstWords(source.body)
    const replied_at = repliesOf(store, id, contactId)
    return contact ? delivery(store, { contact, message_id: source.id, channel: channels[source.type] ?? chat, title, sent_at: created_at, replied_at }) : []
  })

/** [inferred] Mail to an address that bounces comes back at once. */
const delivery = (store: Store, sent: Delivery): Delivery => {
  const contact = store.get(contacts, sent.contact.merged_into ?? '') ?? sent.contact
  return { ...sent, contact, ...(sent.channel === channels['email'] && contact.has_hard_bounced && { bounced_at: sent.sent_at }) }
}

const chat = 'Chat'

/** [inferred] How channels are called, but for Email and Chat. */
const channels: Readonly<Record<string, string>> = { email: 'Email', sms: 'SMS', push: 'Push', whatsapp: 'WhatsApp' }

const firstWords = (body: string): string => {
  const text = textOf(body).replace(/\s+/g, ' ')
  return text.length > 60 ? `${Array.from(text).slice(0, 59).join('')}…` : text
}

const repliesOf = (store: Store, conversationId: string, contactId: string): number[] =>
  store
    .find(conversationParts, { where: partsOf(conversationId), order: sql`created_at, seq` })
    .filter(({ author, body }) => author.id === contactId && body !== null)
    .map(({ created_at }) => created_at)
