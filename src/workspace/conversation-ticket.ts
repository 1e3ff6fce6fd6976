import type { ConversationDocument } from './conversation-document.ts'
import type { NewPart } from './conversation-parts.ts'
import type { Call } from './handler.ts'
import { type TicketDocument, tickets } from './ticket.ts'
import { tellSaid, tellUpdated } from './ticket-notices.ts'
import { addPart, type NewTicketPart } from './ticket-parts.ts'

const assignee = (id: number | null): string => String(id ?? 0)

/** [inferred] A conversation and the ticket that was made of it are one thing in the inbox: the same people have it and take part, and it is open in both or in none. */
export const shared = ({ contact_ids, open, snoozed_until, admin_assignee_id, team_assignee_id }: ConversationDocument) => ({
  contact_ids,
  open,
  snoozed_until,
  admin_assignee_id: assignee(admin_assignee_id),
  team_assignee_id: assignee(team_assignee_id),
})

const isSaid = ({ body = null, part_type }: NewPart): boolean => body !== null || part_type === 'quick_reply'

/** The part as the ticket keeps it. What a contact wrote is a comment, also where it reopened the conversation. */
const asTicketPart = ({ part_type, author, created_at, body, assigned_to, attachments = [], by_app = false }: NewPart): NewTicketPart => ({
  part_type: body && author.type === 'user' ? 'comment' : part_type,
  author,
  created_at,
  attachments,
  by_app,
  ...(body && { body }),
  ...(assigned_to && { assigned_to }),
})

/** Brings what happened in a conversation into the ticket that was made of it, if one was and is there. */
export const carry = (conversation: ConversationDocument, part: NewPart, call: Call): void => {
  const before = conversation.converted ? call.store.get(tickets, conversation.id) : undefined
  if (!before) return
  const teammate_ids = [...new Set([...before.teammate_ids, ...conversation.teammate_ids])]
  const after: TicketDocument = call.store.put(tickets, { ...before, ...shared(conversation), teammate_ids, updated_at: call.now })
  const entered = addPart(call.store, after.id, asTicketPart(part))
  if (isSaid(part)) tellSaid(entered, call)
  tellUpdated(before, after, call)
}
