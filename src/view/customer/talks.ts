import { Conversation } from '../../contract/conversation.ts'
import { names } from '../brief.ts'
import { type Document, type Look, named, only } from './pieces.ts'
import { callName, sideOf } from '../transcript/author.ts'

/** How much it matters whether they hear of it: what is open before what sleeps before what is done. For conversations and tickets. */
export const weightOf = (talk: object): number => {
  if ('ticket_state' in talk) return (talk.ticket_state as Document | null)?.category === 'resolved' ? 0 : 1 // an answer's object, or null
  return 'state' in talk ? (weights[String(talk.state)] ?? 0) : 0
}

const weights: Readonly<Record<string, number>> = { open: 2, snoozed: 1 }

/** Characters of the words that stand for a missing title. */
const titleLength = 80

const whose = (talk: Document): Document => ({ assignee: named(talk, 'admin_assignee_id'), team: named(talk, 'team_assignee_id') })

/** A conversation in a few lines, with the last message where it was read. */
export const showConversation = (talk: Document, look: Look, raw: Document): Document => {
  const { source, conversation_rating: rating, updated_at } = talk as Record<string, Document | undefined> // both are objects
  const told = {
    ...talk,
    ...whose(talk),
    tags: names(talk.tags),
    topics: names(talk.topics),
    title: talk.title ?? look.brief(source?.subject ?? source?.body, titleLength),
    updated_at: look.detail === 'full' ? updated_at : dayOf(updated_at),
    rating: rating && [`${String(rating.rating)} of 5`, rating.remark && look.brief(rating.remark)].filter(Boolean).join(': '),
    last_message: lastMessage(talk, raw, look),
  }
  const more = ['priority', 'created_at', 'tags', 'topics', 'ai_agent', 'custom_attributes']
  return only(told, ['id', 'title', 'state', 'assignee', 'team', 'updated_at', 'waiting_since', 'snoozed_until', 'rating', 'last_message', ...(look.detail === 'full' ? more : [])])
}

/** Whether its last message is not in what lists tell: somebody answered the first. */
export const isAnswered = (talk: object): boolean => {
  const { statistics, created_at } = talk as { statistics?: Record<string, unknown> | null; created_at?: unknown } // an answer's object
  return Math.max(Number(statistics?.last_contact_reply_at ?? 0), Number(statistics?.last_admin_reply_at ?? 0)) > Number(created_at)
}

/** What was said last, when and by whom: `2026-11-20T14:06Z Ines Calloway (teammate): Thank you.` Without the words, where they were not read. */
const lastMessage = (talk: Document, raw: Document, look: Look): string => {
  const whole = look.messages.get(String(raw.id))
  if (!whole && isAnswered(raw)) return lastReply(talk.statistics as Document) // it is answered, as they tell
  const { conversation_parts: list } = whole ? look.project(Conversation, whole) : {}
  const parts = (Array.isArray(list) ? list : ((list as Document | undefined)?.items ?? [])) as Document[] // a projected list, or some items of it
  const { created_at, author, body } = parts.findLast(({ part_type, body: words }) => part_type !== 'note' && words !== undefined) ?? { created_at: talk.created_at, ...(talk.source as Document) }
  return `${String(created_at)} ${speaker(author)}: ${look.brief(body)}`
}

const speaker = (author: unknown): string => [callName(author), `(${sideOf(author)})`].filter(Boolean).join(' ')

const lastReply = ({ last_contact_reply_at: theirs = '', last_admin_reply_at: ours = '' }: Document): string => (String(theirs) > String(ours) ? `${dayOf(theirs)} customer` : `${dayOf(ours)} teammate`)

export const dayOf = (time: unknown): string => String(time).slice(0, 10)

/** A ticket in a few lines. */
export const showTicket = (ticket: Document, { detail, brief }: Look): Document => {
  const { ticket_attributes: attributes, ticket_type: type, ticket_state: state } = ticket as Record<string, Document | undefined> // all three are objects
  const { _default_title_: title, ...others } = attributes ?? {}
  const told = {
    id: ticket.id,
    number: ticket.ticket_id,
    title: title && brief(title, titleLength),
    type: type?.name,
    state: state?.internal_label ?? state?.category,
    ...whose(ticket),
    updated_at: dayOf(ticket.updated_at),
    created_at: ticket.created_at,
    attributes: Object.fromEntries(Object.entries(others).map(([key, value]) => [key === '_default_description_' ? 'description' : key, typeof value === 'string' ? brief(value) : value])),
  }
  return only(told, ['id', 'number', 'title', 'type', 'state', 'assignee', 'team', 'updated_at', ...(detail === 'full' ? ['created_at', 'attributes'] : [])])
}
