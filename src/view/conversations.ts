import { Conversation, ConversationPart, ListedConversation } from '../contract/conversation.ts'
import type { Kind } from './kind.ts'

export { company } from './company.ts'
export { message } from './messages.ts'
export { tag } from './tags.ts'
export { ticket, ticketPart, ticketState, ticketType, ticketTypeAttribute } from './tickets.ts'

/** `state` says whether it is open, the statistics when a contact wrote first, `ai_agent` whether Fin took part. */
const repeated = ['open', 'first_contact_reply', 'ai_agent_participated']

export const conversation: Kind = {
  name: 'conversation',
  plural: 'conversations',
  schema: Conversation,
  headline: ['id', 'title', 'state', 'priority'],
  brief: ['id', 'title', 'state'],
  hidden: repeated,
  newestLast: { conversation_parts: 'get_conversation' },
  nothing: { priority: 'not_priority' },
  times: 'minute',
  // the underscore stands for the workspace that one is logged in to
  path: ({ id }) => `/a/inbox/_/inbox/conversation/${String(id)}`,
}

/** Among many, how each went in seconds and who wrote in it would drown what it is about. */
export const listedConversation: Kind = { ...conversation, schema: ListedConversation, hidden: [...repeated, 'statistics', 'teammates'] }

export const conversationPart: Kind = {
  name: 'part',
  plural: 'parts',
  schema: ConversationPart,
  headline: ['id', 'part_type'],
  brief: ['id', 'part_type', 'author', 'body', 'created_at', 'assigned_to', 'attachments', 'metadata', 'event_details', 'email_message_metadata', 'redacted'],
  times: 'minute',
}
