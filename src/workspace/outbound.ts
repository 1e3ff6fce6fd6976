import { type ContactDocument, contacts } from './contact-document.ts'
import { conversations, type ConversationDocument } from './conversation.ts'
import { conversationParts, partsOf } from './conversation-parts.ts'
import { type MessageDocument, messages } from './message.ts'
import { once } from './once.ts'
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
  const sent = store.find(messages, { where: within(timeframe) }).map(fromMessage)
  const known = new Set(sent.map(({ message_id }) => message_id))
  const begun = store.find(conversations, { where: unasked(timeframe) }).filter(({ source }) => !known.has(source.id))
  const contactOf = once((id) => whoIs(store, id))
  const all = [...sent, ...begun.flatMap(fromConversation)].toSorted((a, b) => a.sent_at - b.sent_at)
  return all.flatMap((one) => delivered(one, contactOf(one.contact_id), store))
}

/** What went to one contact, as far as it tells by itself. */
interface Sent extends Pick<Delivery, 'message_id' | 'title' | 'sent_at'> {
  readonly contact_id: string
  readonly type: string
  readonly conversation_id: string | null
}

const fromMessage = ({ id, message_type, subject, body, contact_id, created_at, conversation_id }: MessageDocument): Sent => ({
  contact_id,
  message_id: id,
  type: message_type,
  title: subject ?? firstWords(body),
  sent_at: created_at,
  conversation_id,
})

const fromConversation = ({ id, source, contact_ids, created_at }: ConversationDocument): Sent[] => {
  const sent = { message_id: source.id, type: source.type, title: source.subject || firstWords(source.body), sent_at: created_at, conversation_id: id }
  return contact_ids.map((contact_id) => ({ ...sent, contact_id }))
}

/** Contacts are hidden, never removed; only a seed may name one that it lacks. */
const whoIs = (store: Store, id: string): ContactDocument | undefined => {
  const contact = store.get(contacts, id)
  return contact?.merged_into ? store.get(contacts, contact.merged_into) : contact
}

/** [inferred] Mail to an address that bounces comes back at once. */
const delivered = ({ type, conversation_id, message_id, title, sent_at }: Sent, contact: ContactDocument | undefined, store: Store): Delivery[] => {
  if (!contact) return []
  const replied_at = conversation_id === null ? [] : repliesOf(store, conversation_id, contact.id)
  const bounced = type === 'email' && contact.has_hard_bounced
  return [{ contact, message_id, channel: channels[type] ?? chat, title, sent_at, replied_at, ...(bounced && { bounced_at: sent_at }) }]
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
