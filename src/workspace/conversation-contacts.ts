import type * as z from 'zod'
import type { attachContactToConversation, detachContactFromConversation } from '../contract/conversations.ts'
import { contacts } from './contact-document.ts'
import { conversationNamed, conversations, conversationsOf, type ConversationDocument, happened } from './conversation.ts'
import { conversationParts, type NewPart, partsOf } from './conversation-parts.ts'
import { type Call, Rejection } from './handler.ts'
import { contactAuthor, participant } from './participants.ts'
import { asAuthor, asUser, type PartAuthor } from './parts.ts'
import { missing, teammateAuthor } from './replies.ts'

/** Everyone who takes part, as the answers to joining and leaving tell them. */
export const presentCustomers = ({ contact_ids }: ConversationDocument, { store }: Call) => ({
  customers: contact_ids.map((id) => ({ type: store.get(contacts, id)?.role ?? 'user', id })),
})

/** [inferred] The names of the parts that tell of joining and leaving. */
const told = { joined: 'participant_added', left: 'participant_removed' } as const

const part = (part_type: string, author: PartAuthor, { now }: Call): NewPart => ({ part_type, author, created_at: now, by_app: true })

type Joining = z.output<(typeof attachContactToConversation)['input']>

/** Who lets somebody join: the admin or the contact that is named, otherwise whom the token is for. */
const host = ({ admin_id, customer }: Joining, call: Call): PartAuthor => {
  if (admin_id !== undefined) return teammateAuthor(admin_id, call)
  return customer?.customer ? contactAuthor(customer.customer, call) : asAuthor(call.admin)
}

/** Lets a contact join; an email that nobody has makes a lead. Who takes part already stays. */
export const joined = (wanted: Joining, call: Call): ConversationDocument => {
  const { id, customer } = wanted
  const conversation = conversationNamed(call, id)
  const author = host(wanted, call)
  if (!customer) throw missing('customer', 'customer is a required parameter')
  const contact = participant({ id: customer.intercom_user_id, external_id: customer.user_id, email: customer.email }, call)
  if (conversation.contact_ids.includes(contact.id)) return conversation
  const after = { ...conversation, contact_ids: [...conversation.contact_ids, contact.id] }
  return happened(call, { after, part: part(told.joined, author, call), topic: 'conversation.contact.attached' })
}

/** Takes a contact out. The last one cannot leave. */
export const left = (wanted: z.output<(typeof detachContactFromConversation)['input']>, call: Call): ConversationDocument => {
  const { conversation_id, contact_id, admin_id } = wanted
  const conversation = conversationNamed(call, conversation_id)
  const author = teammateAuthor(admin_id, call)
  if (!conversation.contact_ids.includes(contact_id)) throw new Rejection(404, 'not_found', 'User Not Found')
  if (conversation.contact_ids.length === 1) throw new Rejection(422, 'parameter_invalid', 'Removing the last customer is not allowed')
  const after = { ...conversation, contact_ids: conversation.contact_ids.filter((id) => id !== contact_id) }
  return happened(call, { after, part: part(told.left, author, call), topic: 'conversation.contact.detached' })
}

/**
 * Gives the conversations of a lead, with what they wrote, to the user they turned out to be. [inferred] Only what a conversation
 * began with keeps the lead's name and id, so that whoever knows the lead's id finds the conversation by it, and there the user.
 */
export const moveConversations = ({ store, now }: Call, from: string, into: string): void => {
  const user = store.get(contacts, into)
  if (!user) return
  const own = <T extends PartAuthor>(author: T): T | PartAuthor => (author.id === from ? asUser(user) : author)
  for (const conversation of conversationsOf(store, from)) {
    const contact_ids = [...new Set(conversation.contact_ids.map((id) => (id === from ? into : id)))]
    const rating = conversation.rating?.contact_id === from ? { ...conversation.rating, contact_id: into } : conversation.rating
    store.put(conversations, { ...conversation, contact_ids, rating, updated_at: now })
    for (const part of store.find(conversationParts, { where: partsOf(conversation.id) }))
      if (part.author.id === from) store.put(conversationParts, { ...part, author: own(part.author) })
  }
}

/** [inferred] Blocking takes a contact's conversations out of sight, as it does the contact; nothing brings them back. */
export const archiveConversations = ({ store, now }: Call, contactId: string): void => {
  for (const conversation of conversationsOf(store, contactId)) store.put(conversations, { ...conversation, archived: true, updated_at: now })
}
