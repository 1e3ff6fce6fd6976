import type * as z from 'zod'
import type { updateContact } from '../contract/contacts.ts'
import { teammate } from './admins.ts'
import { type ContactDocument, contacts, newContact, newLead } from './contact-document.ts'
import { withAttributes } from './custom-attributes.ts'
import { type Call, Rejection } from './handler.ts'
import { sql, type Store } from './store.ts'

type Changes = Omit<z.output<(typeof updateContact)['input']>, 'id'>

/** How long a deleted user's external id and, [inferred], email stay taken, in seconds. Intercom: about a week. */
export const grace = 7 * 86_400

/** A new contact from a request. Without a role it is a user. */
export const created = (wanted: Changes, call: Call): ContactDocument => {
  const { role, external_id, email } = wanted
  if (!role && !external_id && !email) throw new Rejection(400, 'parameter_not_found', 'one of email, external_id or role is required')
  if (role === 'lead') return call.store.put(contacts, changed(newLead(call, {}), wanted, call))
  // [inferred] the code; that a user needs one of the two is documented
  if (!external_id && !email) throw new Rejection(400, 'parameter_not_found', 'a user needs an email or an external_id', 'email')
  const blank = newContact({ id: call.newId(), role: 'user', created_at: call.now })
  return call.store.put(contacts, unique(changed(blank, wanted, call), call))
}

/** A contact after a request changed it: what is not named stays. */
export const updated = (contact: ContactDocument, wanted: Changes, call: Call): ContactDocument => {
  if (contact.role === 'user' && wanted.role === 'lead')
    throw new Rejection(400, 'client_error', "Contact with user role can't be converted to a lead", 'role')
  return call.store.put(contacts, unique(changed(contact, wanted, call), call))
}

const changed = (contact: ContactDocument, wanted: Changes, { store, now }: Call): ContactDocument => {
  const { role = contact.role, external_id, email, unsubscribed_from_emails, custom_attributes, ...plain } = wanted
  if (typeof plain.owner_id === 'number' && !teammate(store, plain.owner_id))
    throw new Rejection(400, 'parameter_invalid', 'The owner specified is not a member of the workspace', 'owner_id')
  return {
    ...contact,
    ...given(plain),
    role,
    // a lead keeps the id that Intercom gave it, whatever is sent
    ...(role === 'user' && external_id !== undefined && { external_id: external_id || null }),
    ...(email !== undefined && { email: email ?? (contact.email === null ? null : '') }),
    ...(unsubscribed_from_emails !== undefined && { unsubscribed_from_emails: unsubscribed_from_emails ?? false }),
    custom_attributes: withAttributes(store, 'contact', contact.custom_attributes, custom_attributes),
    updated_at: now,
  }
}

const given = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T // only absent keys are dropped

/** No two users share an external id or an email, be one of them archived or lately deleted; leads may share everything. */
const unique = (contact: ContactDocument, call: Call): ContactDocument => {
  const twin = contact.role === 'user' ? twinOf(contact, call) : undefined
  if (!twin) return contact
  const article = twin.archived || twin.deleted_at !== null ? 'An archived contact' : 'A contact'
  throw new Rejection(409, 'conflict', `${article} matching those details already exists with id=${twin.id}`)
}

/** The user, visible or not, whose external id or email a user may not have as well. */
export const twinOf = ({ id, external_id, email }: ContactDocument, { store, now }: Call): ContactDocument | undefined => {
  const users = sql`role = 'user' AND id <> ${id} AND (deleted_at IS NULL OR deleted_at > ${now - grace})`
  const byExternalId = external_id ? store.find(contacts, { where: sql`${users} AND external_id = ${external_id}` }) : []
  return byExternalId.find((other) => other.external_id === external_id) ?? byEmail(store, users, email)
}

const byEmail = (store: Store, users: ReturnType<typeof sql>, email: string | null): ContactDocument | undefined =>
  email ? store.find(contacts, { where: sql`${users} AND email = ${email}`, limit: 1 })[0] : undefined
