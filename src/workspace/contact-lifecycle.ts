import { grace, twinOf } from './contact-changes.ts'
import { type ContactDocument, contacts, findContact } from './contact-document.ts'
import { archiveConversations, moveConversations } from './conversation-contacts.ts'
import { moveEvents } from './data-event.ts'
import { type Call, Rejection } from './handler.ts'
import { moveMessages } from './message.ts'
import { moveNotes } from './note.ts'
import { asUser } from './parts.ts'
import { tickets } from './ticket.ts'
import { moveParts } from './ticket-parts.ts'

const notFound = (): Rejection => new Rejection(404, 'not_found', 'User Not Found')

/** The contact that get, list and search know by this id, or Intercom's 404. */
export const known = (call: Call, id: string): ContactDocument => {
  const contact = findContact(call, { id })
  if (!contact) throw notFound()
  return contact
}

/** Also an archived one. */
const kept = ({ store }: Call, id: string): ContactDocument => {
  const contact = store.get(contacts, id)
  if (!contact || contact.deleted_at !== null || contact.merged_into !== null) throw notFound()
  return contact
}

const save = (call: Call, contact: ContactDocument): ContactDocument => call.store.put(contacts, { ...contact, updated_at: call.now })

/** [inferred] Archiving an archived contact, or blocking a blocked one, succeeds again. */
export const archive = (call: Call, id: string): ContactDocument => save(call, { ...kept(call, id), archived: true })

/** A blocked contact's conversations go out of sight with them. */
export const block = (call: Call, id: string): ContactDocument => {
  archiveConversations(call, id)
  return save(call, { ...kept(call, id), archived: true, blocked: true })
}

export const unarchive = (call: Call, id: string): ContactDocument => {
  const { deleted_at } = call.store.get(contacts, id) ?? {}
  if (deleted_at && deleted_at > call.now - grace)
    throw new Rejection(400, 'bad_request', 'User has been marked for permanent deletion and is not restorable.')
  return save(call, { ...kept(call, id), archived: false })
}

/** [inferred] Only the first of two deletions finds the contact. */
export const remove = (call: Call, id: string): ContactDocument => save(call, { ...kept(call, id), deleted_at: call.now })

/** Moves what a lead has to a user, who keeps what they know better, and hides the lead for good. */
export const merge = (call: Call, from: string, into: string): ContactDocument => {
  const lead = known(call, from)
  const user = known(call, into)
  if (lead.role !== 'lead' || user.role !== 'user')
    throw new Rejection(400, 'invalid_merge', 'Merging can only be performed on a lead into a user')
  const after = absorbed(call, lead, user) // first, since what the lead wrote goes under the name that the user has by now
  moveNotes(call.store, from, into)
  moveTickets(call, from, after)
  moveConversations(call, from, into)
  moveEvents(call.store, from, into)
  moveMessages(call.store, from, into)
  save(call, { ...lead, merged_into: into })
  return after
}

/** A contact after it turned out who somebody is that told more about themselves. */
export const absorbed = (call: Call, told: ContactDocument, contact: ContactDocument): ContactDocument =>
  save(call, distinct(joined(told, contact), contact, call))

/** Leads share emails with users, and users with nobody: one that is another user's is not copied. */
const distinct = (after: ContactDocument, { email }: ContactDocument, call: Call): ContactDocument => (twinOf(after, call) ? { ...after, email } : after)

const moveTickets = ({ store, now }: Call, from: string, user: ContactDocument): void => {
  for (const ticket of store.find(tickets, { where: store.holding(tickets, 'contact_ids', from) })) {
    const contact_ids = both(ticket.contact_ids.map((id) => (id === from ? user.id : id)), [])
    store.put(tickets, { ...ticket, contact_ids, updated_at: now })
    moveParts(store, ticket.id, from, asUser(user))
  }
}

const both = (one: readonly string[], other: readonly string[]): string[] => [...new Set([...one, ...other])]

const joined = (lead: ContactDocument, user: ContactDocument): ContactDocument => ({
  ...user,
  ...missing(user, lead),
  custom_attributes: { ...lead.custom_attributes, ...user.custom_attributes },
  tag_ids: both(user.tag_ids, lead.tag_ids),
  segment_ids: both(user.segment_ids, lead.segment_ids),
  company_ids: both(user.company_ids, lead.company_ids),
  opted_out_subscription_ids: both(user.opted_out_subscription_ids, lead.opted_out_subscription_ids),
  opted_in_subscription_ids: both(user.opted_in_subscription_ids, lead.opted_in_subscription_ids),
})

/** What the lead knows and the user does not; never whose record it is. */
const missing = (user: ContactDocument, lead: ContactDocument): Partial<ContactDocument> => {
  const { external_id: _, merged_into: __, deleted_at: ___, ...facts } = lead
  const absent = (value: unknown): boolean => value === null || value === ''
  return Object.fromEntries(Object.entries(facts).filter(([key, value]) => !absent(value) && absent(user[key as keyof ContactDocument])))
}
