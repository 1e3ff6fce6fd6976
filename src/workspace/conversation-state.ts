import type * as z from 'zod'
import type { manageConversation } from '../contract/conversations.ts'
import { teammate } from './admins.ts'
import { type Act, conversationNamed, type ConversationDocument, happened } from './conversation.ts'
import { assigns, type By, closes, opens, snoozes } from './conversation-acts.ts'
import { type Call, Rejection } from './handler.ts'
import { written } from './html.ts'
import { wroteTo } from './participants.ts'
import type { Assignee } from './parts.ts'
import { missing, teammateAuthor } from './replies.ts'
import { snoozeEnd } from './snooze.ts'
import { team } from './teams.ts'

type Request = z.output<(typeof manageConversation)['input']>
type Step = (conversation: ConversationDocument, wanted: Request, by: By, call: Call) => Act

/** Stands for nobody where an assignee is named. */
const nobody = '0'

/** [inferred] Nobody is a `nobody_admin`, also in the place of a team. */
const assigneeOf = ({ type, assignee_id: id }: Request, { store }: Call): Assignee => {
  if (type === undefined) throw missing('type', 'type is required to assign: admin or team')
  if (id === undefined) throw missing('assignee_id', 'assignee_id is required to assign')
  if (id === nobody) return { type: 'nobody_admin', id: null }
  const found = type === 'admin' ? teammate(store, id) : team(store, id)
  if (!found) throw new Rejection(404, 'assignee_not_found', 'Assignee not found')
  return { type, id: found.id }
}

/** An open conversation cannot be given to who has it; a closed one opens. */
const assign: Step = (conversation, wanted, by, call) => {
  const to = assigneeOf(wanted, call)
  const place = wanted.type === 'team' ? 'team_assignee_id' : 'admin_assignee_id'
  const assignee = to.id === null ? null : Number(to.id)
  if (conversation.open && conversation[place] === assignee)
    throw new Rejection(422, 'parameter_invalid', 'already assigned to the specified assignee')
  return assigns(conversation, by, { [place]: assignee }, to)
}

const snooze: Step = (conversation, { snoozed_until }, by, call) => {
  if (snoozed_until === undefined) throw missing('snoozed_until', 'snoozed_until is required to snooze')
  return snoozes(conversation, { ...by, body: null }, snoozeEnd(snoozed_until, call))
}

/** What is so already is done again, and leaves its part. */
const steps: Readonly<Record<Request['message_type'], Step>> = {
  close: (conversation, _, by) => closes(conversation, by),
  open: (conversation, _, by) => opens(conversation, { ...by, body: null }),
  snoozed: snooze,
  assignment: assign,
}

export const managed = (wanted: Request, call: Call): ConversationDocument => {
  const conversation = conversationNamed(call, wanted.id)
  const body = wanted.body?.trim() ? written(wanted.body) : null
  const by = { author: teammateAuthor(wanted.admin_id, call), at: call.now, body, by_app: true }
  const act = steps[wanted.message_type](conversation, wanted, by, call)
  if (act.part.body) for (const id of conversation.contact_ids) wroteTo(id, call.now, call)
  return happened(call, act)
}
