import type * as z from 'zod'
import type { createMessage } from '../contract/messages.ts'
import { type AdminDocument, teammate } from './admins.ts'
import { type ContactDocument, findContact } from './contact-document.ts'
import { tell } from './conversation.ts'
import { nextMessageId } from './conversation-start.ts'
import { type Call, type Handlers, type Refusals, Rejection } from './handler.ts'
import { type MessageDocument, messages, opened } from './message.ts'
import { wroteTo } from './participants.ts'
import { bodyRequired, requireBody } from './replies.ts'
import { dated } from './seconds.ts'
import { userMessage, writer } from './user-message.ts'

type Request = z.output<(typeof createMessage)['input']>

const sender = ({ from }: Request, { store }: Call): AdminDocument => {
  const found = teammate(store, from.id)
  if (!found) throw new Rejection(404, 'admin_not_found', 'Admin not found') // [inferred]
  return found
}

const recipient = ({ to }: Request, call: Call): ContactDocument => {
  if (to?.id === undefined && to?.user_id === undefined) throw new Rejection(400, 'parameter_not_found', 'to is required: the id or user_id of a contact', 'to')
  const found = findContact(call, { id: to.id, external_id: to.user_id })
  if (!found) throw new Rejection(404, 'not_found', 'User Not Found')
  return found
}

const requireSubject = ({ message_type, subject }: Request): void => {
  if (message_type === 'email' && !subject?.trim()) throw new Rejection(422, 'parameter_not_found', 'No subject supplied for email message', 'subject')
}

/** [inferred] What is wrong with the words is said before what is wrong with the people. */
const kept = (request: Request, call: Call): { message: MessageDocument; admin: AdminDocument } => {
  const { message_type = 'inapp', subject = null, body } = request
  const created_at = dated(request, call)
  requireBody(request.body)
  requireSubject(request)
  const [admin, contact] = [sender(request, call), recipient(request, call)]
  wroteTo(contact.id, created_at, call)
  const id = nextMessageId(call.store)
  const message = { id, message_type, subject, body, admin_id: admin.id, contact_id: contact.id, created_at, conversation_id: null }
  return { message: call.store.put(messages, message), admin }
}

const presentOwner = ({ id, name, email, away_mode_enabled, away_mode_reassign }: AdminDocument) => ({
  type: 'admin',
  id,
  name,
  email,
  away_mode_enabled,
  away_mode_reassign,
})

/** As in the published example, a message without a subject shows its body for one. */
const presentSent = ({ id, created_at, subject, body, message_type }: MessageDocument, owner: AdminDocument, conversation_id: string | undefined) => ({
  type: 'admin_message',
  id,
  created_at,
  subject: subject ?? body,
  body,
  message_type,
  owner: presentOwner(owner),
  ...(conversation_id !== undefined && { conversation_id }),
})

/** Tells of the conversation or, as long as there is none, [inferred] of the message. */
const sent = (request: Request, call: Call) => {
  const { message, admin } = kept(request, call)
  const conversation = request.create_conversation_without_contact_reply ? opened(message, call) : undefined
  const answer = presentSent(message, admin, conversation?.id)
  const topic = 'conversation.admin.single.created'
  if (conversation) tell(call, topic, conversation)
  else call.notify(topic, () => answer)
  return answer
}

const received = (request: Request, call: Call) => {
  requireBody(request.body)
  return userMessage({ body: request.body, contact: writer(request.from.id, call), created_at: request.created_at }, call)
}

export const refusals: Refusals<'messages'> = { create_message: { body: bodyRequired } }

export const handlers: Handlers<'messages'> = {
  create_message: (request, call) => (request.from.type === 'admin' ? sent(request, call) : received(request, call)),
}
