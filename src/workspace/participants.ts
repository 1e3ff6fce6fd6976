import { type ContactDocument, contacts, createLead, findContact } from './contact-document.ts'
import { tellCreated } from './contact-notices.ts'
import { type Call, Rejection } from './handler.ts'
import { asUser, type PartAuthor } from './parts.ts'
import type { Store } from './store.ts'

interface Named {
  readonly id?: string
  readonly external_id?: string
  readonly email?: string
}

const unknown = (): Rejection => new Rejection(404, 'not_found', 'User Not Found')

/** The person somebody names. Only an email may be new to the workspace: it makes a lead. */
export const participant = (named: Named, call: Call): ContactDocument => {
  const found = findContact(call, named)
  if (found) return found
  if (named.id !== undefined || named.external_id !== undefined) throw unknown()
  if (!named.email) throw new Rejection(400, 'parameter_not_found', 'a contact needs an id, external_id or email', 'contacts')
  return tellCreated(createLead(call, named.email), call)
}

interface Replier {
  readonly intercom_user_id?: string
  readonly user_id?: string
  readonly email?: string
}

/** The contact on whose behalf a reply is written. A lead, too, is called a user. */
export const contactAuthor = ({ intercom_user_id, user_id, email }: Replier, call: Call): PartAuthor => {
  if ([intercom_user_id, user_id, email].every((by) => by === undefined))
    throw new Rejection(400, 'parameter_not_found', 'intercom_user_id, user_id or email is required to reply as a user')
  const found = findContact(call, { id: intercom_user_id, external_id: user_id, email })
  if (!found) throw unknown()
  return asUser(found)
}

type Touched = 'last_replied_at' | 'last_contacted_at'

const touch = (which: Touched, contactId: string, at: number, { store, now }: Pick<Call, 'store' | 'now'>): void => {
  const contact = store.get(contacts, contactId)
  if (contact) store.put(contacts, { ...contact, [which]: Math.max(at, contact[which] ?? 0), updated_at: now })
}

/** Notes on a contact that they wrote in. */
export const heardFrom = (contactId: string, at: number, call: Pick<Call, 'store' | 'now'>): void => touch('last_replied_at', contactId, at, call)

/** Notes on a contact that somebody wrote to them. */
export const wroteTo = (contactId: string, at: number, call: Pick<Call, 'store' | 'now'>): void => touch('last_contacted_at', contactId, at, call)

interface Talk {
  readonly author: PartAuthor
  readonly message_type: 'comment' | 'note' | 'quick_reply'
  /** Unix seconds. */
  readonly at: number
}

/** Notes on the contact who wrote or, unless teammates talk among themselves, on those who were written to. */
export const talked = ({ author, message_type, at }: Talk, contactIds: readonly string[], call: Pick<Call, 'store' | 'now'>): void => {
  if (author.type === 'user') heardFrom(author.id, at, call)
  else if (message_type !== 'note') for (const id of contactIds) wroteTo(id, at, call)
}

/** The contacts of a ticket or of a conversation; whoever was merged is the user they became. */
export const presentContacts = (store: Store, ids: readonly string[]) => ({
  type: 'contact.list',
  contacts: ids.map((id) => {
    const contact = store.get(contacts, store.get(contacts, id)?.merged_into ?? id)
    return { type: 'contact', id: contact?.id ?? id, external_id: contact?.external_id ?? null }
  }),
})
