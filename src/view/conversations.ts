import { Conversation, ConversationPart, ListedConversation } from '../contract/conversation.ts'
import { inInbox } from './address.ts'
import { assignees, days, defined, names } from './brief.ts'
import { cut } from './fit.ts'
import { conversationHistory } from './transcript/histories.ts'
import type { Kind } from './kind.ts'
import { callName, sideOf } from './transcript/author.ts'
import { opening } from './transcript/entry.ts'

export { company } from './company.ts'
export { message } from './messages.ts'
export { tag } from './tags.ts'
export { ticket, ticketPart, ticketState, ticketType, ticketTypeAttribute } from './tickets.ts'

type Document = Record<string, unknown>

/** Characters of the first message that tell what it is about. */
const glance = 160

export const conversation: Kind = {
  name: 'conversation',
  plural: 'conversations',
  schema: Conversation,
  headline: ['id', 'title', 'state', 'priority'],
  brief: ['id', 'title', 'state'],
  summary: ['id', 'title', 'state', 'priority', 'source', 'contacts', 'admin_assignee_id', 'team_assignee_id', 'tags', 'created_at', 'updated_at', 'waiting_since', 'snoozed_until', 'conversation_rating'],
  // `state` says whether it is open, the statistics when a contact wrote first, `ai_agent` whether Fin took part
  hidden: ['open', 'first_contact_reply', 'ai_agent_participated'],
  history: conversationHistory,
  nothing: { priority: 'not_priority' },
  times: 'minute',
  told: (shown, { raw, brief }) => (brief ? atAGlance : whole)(shown, raw),
  path: ({ id }) => inInbox(id),
}

export const listedConversation: Kind = { ...conversation, schema: ListedConversation }

export const conversationPart: Kind = {
  name: 'part',
  plural: 'parts',
  schema: ConversationPart,
  headline: ['id', 'part_type'],
  brief: ['id', 'part_type', 'author', 'body', 'created_at', 'assigned_to', 'attachments', 'metadata', 'event_details', 'email_message_metadata', 'redacted'],
  times: 'minute',
}

const whole = (shown: Document, raw: Document): Document =>
  defined({
    ...shown,
    topics: names(shown.topics),
    conversation_rating: shown.conversation_rating && rated(shown.conversation_rating as Document), // as the schema says
    source: shown.source && opening(raw.source, shown.source, shown.created_at),
  })

const rated = ({ contact, teammate, ...rating }: Document): Document => defined({ ...rating, contact: callName(contact), teammate: callName(teammate) })

const atAGlance = (shown: Document, raw: Document): Document => {
  const { source, contacts, tags, conversation_rating, title } = shown
  const { subject, body } = (source ?? {}) as Document // as the schema says
  return defined({
    id: shown.id,
    title: title ?? subject,
    state: shown.state,
    priority: shown.priority,
    first_message: typeof body === 'string' ? `${sideOf((raw.source as Document).author)}: ${cut(body.replace(/\s+/g, ' '), glance)}` : undefined,
    contacts: names(contacts),
    ...assignees(shown),
    tags: names(tags),
    ...days(shown),
    waiting_since: shown.waiting_since,
    snoozed_until: shown.snoozed_until,
    rating: (conversation_rating as Document | undefined)?.rating,
  })
}
