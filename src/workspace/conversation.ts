import { operatorBot } from './admins.ts'
import { type ConversationDocument, untouched } from './conversation-document.ts'
import { columns, facts } from './conversation-facts.ts'
import { addPart, type ConversationPartDocument, type NewPart } from './conversation-parts.ts'
import { partAdded } from './conversation-statistics.ts'
import { carry } from './conversation-ticket.ts'
import { type Call, Rejection } from './handler.ts'
import { asAuthor } from './parts.ts'
import { presentTelling } from './present-conversation.ts'
import { type Collection, type Sql, sql, type Store } from './store.ts'
import { wake as wakeTickets } from './ticket.ts'
import type { Topic } from './topics.ts'

export type { ConversationDocument } from './conversation-document.ts'

export const conversations: Collection<ConversationDocument> = {
  table: 'conversation',
  columns,
  facts,
  custom: ({ custom_attributes }) => ({ ...custom_attributes }),
  indexed: ['snoozed_until', 'created_at', 'source_author_id', 'source_author_email'],
  lists: ['contact_ids', 'tag_ids'],
  blank: untouched,
}

/** Those that get, list and search know. */
export const visible: Sql = sql`archived = 0`

/** Something that happens in a conversation: the conversation after it, and the part that tells of it. */
export interface Act {
  readonly after: ConversationDocument
  readonly part: NewPart
  readonly topic: Topic
}

/** The conversation with a part more, whoever wrote it among its teammates. */
export const withPart = (conversation: ConversationDocument, { author }: NewPart, updated_at: number): ConversationDocument => ({
  ...conversation,
  updated_at,
  statistics: partAdded(conversation.statistics),
  teammate_ids: author.type === 'admin' ? [...new Set([...conversation.teammate_ids, author.id])] : conversation.teammate_ids,
})

/** Keeps what happened, and tells of it. */
export const record = (call: Call, { after, part, topic }: Act, updated_at = call.now): ConversationDocument => {
  const conversation = call.store.put(conversations, withPart(after, part, updated_at))
  tell(call, topic, conversation, addPart(call.store, conversation, part))
  return conversation
}

/** The same, also in the ticket that was made of the conversation. */
export const happened = (call: Call, act: Act): ConversationDocument => {
  const conversation = record(call, act)
  carry(conversation, act.part, call)
  return conversation
}

/** Tells whoever subscribed, with the part that is the cause. */
export const tell = (call: Call, topic: Topic, conversation: ConversationDocument, cause?: ConversationPartDocument): void =>
  call.notify(topic, () => presentTelling(conversation, cause, call))

/** [inferred] The name of the part that ends a snooze. */
const wakingPart = 'timer_unsnooze'

const overslept = ({ store, now }: Pick<Call, 'store' | 'now'>, limit?: number): ConversationDocument[] =>
  store.find(conversations, { where: sql`snoozed_until <= ${now} AND ${visible}`, limit })

/** Whether {@link wake} has anything to do. */
export const mustWake = (moment: Pick<Call, 'store' | 'now'>): boolean => overslept(moment, 1).length > 0

/** Reopens every conversation whose snooze has run out, and every ticket, since some show theirs. Whoever asks for conversations wakes them, and whoever posts webhooks. */
export const wake = (call: Call): void => {
  wakeTickets(call)
  for (const conversation of overslept(call)) {
    const created_at = conversation.snoozed_until ?? call.now
    const part = { part_type: wakingPart, author: asAuthor(operatorBot(call.store)), created_at }
    const act: Act = { after: { ...conversation, snoozed_until: null }, part, topic: 'conversation.admin.unsnoozed' }
    record(call, act, Math.max(created_at, conversation.updated_at))
  }
}

/** The conversation of that id as it is now. */
export const findConversation = (call: Call, id: string): ConversationDocument | undefined => {
  wake(call)
  const found = call.store.get(conversations, id)
  return found?.archived ? undefined : found
}

/** The conversation of that id, or a 404. */
export const conversationNamed = (call: Call, id: string): ConversationDocument => {
  const found = findConversation(call, id)
  if (!found) throw new Rejection(404, 'not_found', 'Resource Not Found')
  return found
}

/** The conversations that a contact takes part in, newest first. */
export const conversationsOf = (store: Store, contactId: string): ConversationDocument[] =>
  store.find(conversations, {
    where: sql`${visible} AND ${store.holding(conversations, 'contact_ids', contactId)}`,
    order: sql`created_at DESC, seq DESC`,
  })
