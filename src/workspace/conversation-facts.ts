import { type ConversationDocument, stateOf } from './conversation-document.ts'
import { measured, measures } from './conversation-statistics.ts'
import { textOf, wordsOf } from './plain-text.ts'
import type { Collection, ColumnType } from './store.ts'

type Facts = ReturnType<Collection<ConversationDocument>['facts']>

const texts = [
  'state',
  'priority',
  'channel_initiated',
  'contact_ids',
  'teammate_ids',
  'tag_ids',
  ...['type', 'id', 'delivered_as', 'subject', 'body', 'words', 'url'].map((name) => `source_${name}`),
  ...['type', 'id', 'name', 'email'].map((name) => `source_author_${name}`),
  'statistics_last_closed_by_id',
  ...['remark', 'contact_id', 'admin_id'].map((name) => `conversation_rating_${name}`),
  ...['resolution_state', 'last_answer_type', 'rating_remark', 'source_type', 'source_title'].map((name) => `ai_agent_${name}`),
]

const numbers = [
  'created_at',
  'updated_at',
  'waiting_since',
  'snoozed_until',
  'admin_assignee_id',
  'team_assignee_id',
  'open',
  'read',
  'archived',
  'ai_agent_participated',
  ...measures.map((name) => `statistics_${name}`),
  ...['score', 'requested_at', 'replied_at'].map((name) => `conversation_rating_${name}`),
  'ai_agent_rating',
]

const typed = (names: readonly string[], type: ColumnType): Record<string, ColumnType> => Object.fromEntries(names.map((name) => [name, type]))

/** A column for every field of the search language, its dots as underscores. */
export const columns = { ...typed(texts, 'TEXT'), ...typed(numbers, 'INTEGER') }

const under = (prefix: string, facts: Facts): Facts => Object.fromEntries(Object.entries(facts).map(([name, value]) => [`${prefix}_${name}`, value]))

const sourceFacts = ({ source }: ConversationDocument): Facts => ({
  ...under('source', {
    type: source.type,
    id: source.id,
    delivered_as: source.delivered_as,
    subject: source.subject,
    body: textOf(source.body),
    words: JSON.stringify(wordsOf(source.body)),
    url: source.url,
  }),
  ...under('source_author', source.author),
})

const statisticFacts = ({ statistics }: ConversationDocument): Facts => {
  const known = measured(statistics)
  return under('statistics', { last_closed_by_id: statistics.last_closed_by_id, ...Object.fromEntries(measures.map((name) => [name, known[name]])) })
}

const ratingFacts = ({ rating }: ConversationDocument): Facts =>
  under('conversation_rating', {
    score: rating?.rating ?? null,
    remark: rating?.remark ?? null,
    contact_id: rating?.contact_id ?? null,
    admin_id: rating?.teammate_id ?? null,
    requested_at: rating?.created_at ?? null,
    replied_at: rating?.replied_at ?? null,
  })

const agentFacts = ({ ai_agent }: ConversationDocument): Facts => {
  if (!ai_agent) return { ai_agent_participated: 0 }
  const { content_sources: _, ...told } = ai_agent
  return { ai_agent_participated: 1, ...under('ai_agent', told) }
}

export const facts = (conversation: ConversationDocument): Facts => ({
  state: stateOf(conversation),
  priority: conversation.priority,
  channel_initiated: conversation.source.type,
  contact_ids: JSON.stringify(conversation.contact_ids),
  teammate_ids: JSON.stringify(conversation.teammate_ids),
  tag_ids: JSON.stringify(conversation.tags.map(({ id }) => id)),
  created_at: conversation.created_at,
  updated_at: conversation.updated_at,
  waiting_since: conversation.waiting_since,
  snoozed_until: conversation.snoozed_until,
  admin_assignee_id: conversation.admin_assignee_id,
  team_assignee_id: conversation.team_assignee_id,
  open: Number(conversation.open),
  read: Number(conversation.read),
  archived: Number(conversation.archived),
  ...sourceFacts(conversation),
  ...statisticFacts(conversation),
  ...ratingFacts(conversation),
  ...agentFacts(conversation),
})
