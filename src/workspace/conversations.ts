import { searchConversations } from '../contract/conversations.ts'
import { conversationNamed, conversations, type ConversationDocument, visible, wake } from './conversation.ts'
import { updated } from './conversation-changes.ts'
import { joined, left, presentCustomers } from './conversation-contacts.ts'
import { converted } from './conversation-conversion.ts'
import { redacted } from './conversation-redaction.ts'
import { replied } from './conversation-reply.ts'
import { managed } from './conversation-state.ts'
import { cursorPage } from './cursor-page.ts'
import { fieldTypeOf } from './data-attribute.ts'
import type { Handlers } from './handler.ts'
import { presentConversation, presentWhole } from './present-conversation.ts'
import { ticketPresenter } from './present-ticket.ts'
import { removeConversation } from './removal.ts'
import { filesAt, requireBody } from './replies.ts'
import { type Index, search } from './search.ts'
import { sql } from './store.ts'
import { userMessage, writer } from './user-message.ts'

/** Conversations a page holds when the request does not say. */
const perPage = 20

const index: Index<ConversationDocument> = {
  operation: searchConversations.name,
  from: conversations,
  searchable: searchConversations.search!, // declared there
  among: visible,
  lists: ['contact_ids', 'teammate_ids', 'tag_ids'],
  rare: ['contact_ids'],
  words: { 'source.body': 'source_words' },
  // [inferred] the reference misspells a field; both spellings mean the same
  columns: { 'conversation_rating.admin_d': 'conversation_rating_admin_id' },
  customType: (store, name) => fieldTypeOf(store, 'conversation', name),
  perPage,
  // [inferred] of lists and searches alike
  order: { field: 'updated_at', order: 'descending' },
}

const display = (displayAs: string | undefined) => (displayAs === 'plaintext' ? 'plaintext' : 'html')

export const handlers: Handlers<'conversations'> = {
  list_conversations: ({ per_page = perPage, starting_after }, call) => {
    wake(call)
    const lastUpdated = { from: conversations, where: visible, by: sql`updated_at`, order: 'descending', identity: 'list_conversations' } as const
    const { items, total, pages } = cursorPage(lastUpdated, { per_page, starting_after }, call)
    return { type: 'conversation.list', conversations: items.map((one) => presentConversation(one, call)), total_count: total, pages }
  },

  search_conversations: (request, call) => {
    wake(call)
    const { items, total, pages } = search(index, request, call)
    return { type: 'conversation.list', conversations: items.map((one) => presentConversation(one, call)), total_count: total, pages }
  },

  create_conversation: ({ from, attachment_urls, ...wanted }, call) => {
    requireBody(wanted.body)
    return userMessage({ ...wanted, contact: writer(from.id, call), attachments: filesAt(attachment_urls) }, call)
  },

  get_conversation: ({ id, display_as }, call) => presentWhole(conversationNamed(call, id), call, display(display_as)),

  update_conversation: (wanted, call) => presentWhole(updated(wanted, call), call, display(wanted.display_as)),

  delete_conversation: ({ id }, call) => {
    removeConversation(call.store, conversationNamed(call, id))
    call.notify('conversation.deleted', () => ({ type: 'conversation', id }))
    return { id, object: 'conversation', deleted: true }
  },

  reply_conversation: (wanted, call) => presentWhole(replied(wanted, call), call),

  manage_conversation: (wanted, call) => presentWhole(managed(wanted, call), call),

  attach_contact_to_conversation: (wanted, call) => presentCustomers(joined(wanted, call), call),

  detach_contact_from_conversation: (wanted, call) => presentCustomers(left(wanted, call), call),

  redact_conversation: (wanted, call) => presentWhole(redacted(wanted, call), call),

  convert_conversation_to_ticket: ({ id, ...wanted }, call) => {
    const ticket = ticketPresenter(call)(converted(conversationNamed(call, id), wanted, call))
    call.notify('ticket.created', () => ticket)
    return ticket
  },
}
