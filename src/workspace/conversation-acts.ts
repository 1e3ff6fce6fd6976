import type { Act } from './conversation.ts'
import { type ConversationDocument, stateOf } from './conversation-document.ts'
import type { ConversationPartDocument, NewPart } from './conversation-parts.ts'
import { adminReplied, assigned, closed, contactReplied, reopened } from './conversation-statistics.ts'
import type { Assignee } from './parts.ts'

type Said = Partial<Pick<ConversationPartDocument, 'body' | 'attachments' | 'metadata' | 'email' | 'by_app'>>

/** Who does it, when, and what they say with it. */
export type By = Pick<NewPart, 'author'> & Said & { readonly at: number }

const part = (part_type: string, { at, ...by }: By, more: Partial<NewPart> = {}): NewPart => ({ part_type, created_at: at, ...by, ...more })

/** Whoever of the contacts waited has been answered, unless the answer is dated before what they wrote. */
const answered = (conversation: ConversationDocument, at: number): ConversationDocument => {
  const { waiting_since, statistics, team_assignee_id } = conversation
  const early = waiting_since !== null && at < waiting_since
  const after = adminReplied(statistics, at, early ? null : waiting_since, team_assignee_id)
  return { ...conversation, waiting_since: early ? waiting_since : null, read: true, statistics: after }
}

/** Since when a contact waits who wrote at `at`: what is dated before the last answer needs no other. */
const waiting = ({ waiting_since, statistics: { last_admin_reply_at } }: ConversationDocument, at: number): number | null =>
  last_admin_reply_at !== null && at < last_admin_reply_at ? waiting_since : Math.min(at, waiting_since ?? at)

/** A body that goes with closing or assigning is an answer. */
const answeredIfSaid = (conversation: ConversationDocument, { body, at }: By): ConversationDocument =>
  body ? answered(conversation, at) : conversation

const awake = (conversation: ConversationDocument): ConversationDocument => ({
  ...conversation,
  open: true,
  snoozed_until: null,
  statistics: conversation.open ? conversation.statistics : reopened(conversation.statistics),
})

/** What a contact writes reopens what was closed or snoozed, and they wait from the first message nobody answered. */
export const contactWrites = (conversation: ConversationDocument, by: By): Act => {
  const after = awake(conversation)
  return {
    after: {
      ...after,
      read: false,
      waiting_since: waiting(conversation, by.at),
      first_contact_reply: conversation.first_contact_reply ?? { created_at: by.at, type: 'conversation', url: null },
      statistics: contactReplied(after.statistics, by.at),
    },
    part: part(stateOf(conversation) === 'open' ? 'comment' : 'open', by),
    topic: 'conversation.user.replied',
  }
}

/** [inferred] A teammate's words leave a closed or snoozed conversation as it is. */
export const adminWrites = (conversation: ConversationDocument, by: By, part_type: 'comment' | 'quick_reply' = 'comment'): Act => ({
  after: answered(conversation, by.at),
  part: part(part_type, by),
  topic: 'conversation.admin.replied',
})

export const notes = (conversation: ConversationDocument, by: By): Act => ({
  after: conversation,
  part: part('note', by),
  topic: 'conversation.admin.noted',
})

/** [inferred] Who waited for an answer waits no more once it is closed. */
export const closes = (conversation: ConversationDocument, by: By): Act => {
  const after = answeredIfSaid(conversation, by)
  return {
    after: { ...after, open: false, snoozed_until: null, waiting_since: null, statistics: closed(after.statistics, by.at, by.author.id) },
    part: part('close', by),
    topic: 'conversation.admin.closed',
  }
}

export const snoozes = (conversation: ConversationDocument, by: By, snoozed_until: number): Act => ({
  after: { ...conversation, open: true, snoozed_until },
  part: part('snoozed', by),
  topic: 'conversation.admin.snoozed',
})

export const opens = (conversation: ConversationDocument, by: By): Act => ({
  after: { ...awake(conversation), read: true },
  part: part('open', by),
  topic: 'conversation.admin.opened',
})

/** Which of the two assignees is set; null for nobody. */
export type Assignment = Partial<Pick<ConversationDocument, 'admin_assignee_id' | 'team_assignee_id'>>

/** Who gets a closed conversation gets it open. */
export const assigns = (conversation: ConversationDocument, by: By, assignment: Assignment, assigned_to: Assignee): Act => {
  const reopening = !conversation.open
  const answer = answeredIfSaid(reopening ? awake(conversation) : conversation, by)
  return {
    after: { ...answer, ...assignment, statistics: assigned(answer.statistics, by.at) },
    part: part(reopening ? 'assign_and_reopen' : 'assignment', by, { assigned_to }),
    topic: reopening ? 'conversation.admin.open.assigned' : 'conversation.admin.assigned',
  }
}

/** What Fin says by itself is an answer, yet no teammate's. */
export const finAnswers = (conversation: ConversationDocument, by: By): Act => ({
  after: { ...conversation, waiting_since: null },
  part: part('comment', { ...by, author: { ...by.author, is_ai_answer: true } }),
  topic: 'conversation.admin.replied',
})

/** A comment, a note or a quick reply, by whoever says it. */
export const says = (conversation: ConversationDocument, message_type: 'comment' | 'note' | 'quick_reply', by: By): Act => {
  if (by.author.type === 'user') return contactWrites(conversation, by)
  return message_type === 'note' ? notes(conversation, by) : adminWrites(conversation, by, message_type)
}
