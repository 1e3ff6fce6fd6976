import { companies } from './company-document.ts'
import { type ConversationDocument, stateOf } from './conversation-document.ts'
import { type ConversationPartDocument, type Display, displayed, presentAuthor, presentOnly, presentParts } from './conversation-parts.ts'
import { presentStatistics } from './conversation-statistics.ts'
import { presentAttributes } from './custom-attributes.ts'
import type { Call } from './handler.ts'
import { presentLinked } from './linked-objects.ts'
import { presentContacts } from './participants.ts'
import { briefPresenter } from './present-ticket.ts'
import type { Store } from './store.ts'
import { tags } from './tag.ts'
import { team } from './teams.ts'
import { tickets } from './ticket.ts'

/** A conversation as lists and searches answer it: without its parts. */
export const presentConversation = (conversation: ConversationDocument, call: Call, as: Display = 'html') => ({
  type: 'conversation',
  id: conversation.id,
  title: conversation.title,
  created_at: conversation.created_at,
  updated_at: conversation.updated_at,
  waiting_since: conversation.waiting_since,
  snoozed_until: conversation.snoozed_until,
  open: conversation.open,
  state: stateOf(conversation),
  read: conversation.read,
  priority: conversation.priority,
  admin_assignee_id: conversation.admin_assignee_id,
  team_assignee_id: conversation.team_assignee_id,
  tags: presentTags(conversation, call.store),
  conversation_rating: presentRating(conversation, call.store),
  source: presentSource(conversation, as),
  contacts: presentContacts(call.store, conversation.contact_ids),
  teammates: presentTeammates(conversation),
  custom_attributes: presentAttributes(call.store, conversation.custom_attributes),
  first_contact_reply: conversation.first_contact_reply,
  sla_applied: conversation.sla && { type: 'conversation_sla_summary', sla_name: conversation.sla.name, sla_status: conversation.sla.status },
  statistics: presentStatistics(conversation.statistics, (id) => team(call.store, String(id))?.name ?? null),
  topics: presentTopics(conversation),
  company: presentCompany(conversation, call.store),
  ticket: presentTicket(conversation, call),
  linked_objects: presentLinked(conversation.linked),
  ai_agent_participated: conversation.ai_agent !== null,
  ai_agent: presentAgent(conversation),
})

/** A conversation as it is answered alone: with the newest of its parts. */
export const presentWhole = (conversation: ConversationDocument, call: Call, as: Display = 'html') => ({
  ...presentConversation(conversation, call, as),
  conversation_parts: presentParts(call.store, conversation.id, as),
})

/** A conversation as a notification tells of it: only with the part that is the cause, if one is. */
export const presentTelling = (conversation: ConversationDocument, cause: ConversationPartDocument | undefined, call: Call) => ({
  ...presentConversation(conversation, call),
  conversation_parts: presentOnly(cause),
})

const presentTags = ({ tags: applied }: ConversationDocument, store: Store) => ({
  type: 'tag.list',
  tags: applied.flatMap(({ id, ...how }) => {
    const tag = store.get(tags, id)
    return tag ? [{ type: 'tag', id, name: tag.name, ...how }] : []
  }),
})

const presentSource = ({ source }: ConversationDocument, as: Display) => ({
  ...source,
  body: displayed(source.body, as),
  author: presentAuthor(source.author),
  attachments: [...source.attachments],
})

const presentRating = ({ rating }: ConversationDocument, store: Store) => {
  if (!rating) return null
  const { contact_id, teammate_id, replied_at: _, ...told } = rating
  return { ...told, contact: presentContacts(store, [contact_id]).contacts[0]!, teammate: { type: 'admin', id: teammate_id } } // one id, one contact
}

/** The published schema says teammates; the API itself answers admins. */
const presentTeammates = ({ teammate_ids }: ConversationDocument) => {
  const admins = teammate_ids.map((id) => ({ type: 'admin', id }))
  return { type: 'admin.list', admins, teammates: admins }
}

/** [inferred] How a topic looks: only the empty list has been seen. */
const presentTopics = ({ topics }: ConversationDocument) => ({
  type: 'topic.list',
  topics: topics.map((name) => ({ type: 'topic', name })),
  total_count: topics.length,
})

/** [inferred] Which of a company's fields are told: only null has been seen. */
const presentCompany = ({ company_id }: ConversationDocument, store: Store) => {
  const company = company_id === null ? undefined : store.get(companies, company_id)
  return company ? { type: 'company', id: company.id, company_id: company.company_id, name: company.name } : null
}

/** [inferred] The ticket that was made of it, without its parts: that it is filled is documented, not with what. */
const presentTicket = ({ id, converted }: ConversationDocument, call: Call) => {
  const ticket = converted ? call.store.get(tickets, id) : undefined
  return ticket ? briefPresenter(call)(ticket) : null
}

const presentAgent = ({ ai_agent }: ConversationDocument) => {
  if (!ai_agent) return null
  const { content_sources, ...told } = ai_agent
  return { ...told, content_sources: { type: 'content_source.list', content_sources: [...content_sources], total_count: content_sources.length } }
}
