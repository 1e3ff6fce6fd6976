import { type ContactDocument, contacts, newContact } from './contact-document.ts'
import { tellCreated } from './contact-notices.ts'
import type { Call } from './handler.ts'
import { type Collection, sql, type Store } from './store.ts'

type Campaign = Record<`utm_${'campaign' | 'content' | 'medium' | 'source' | 'term'}` | 'referrer', string | null>

/** Somebody on the website who is no contact yet: in no list or search, and gone once it is known who they are. */
export interface VisitorDocument extends Campaign {
  /** 24 hexadecimal characters. */
  readonly id: string
  /** A UUID that their browser keeps. */
  readonly user_id: string
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
  /** What teammates see in place of a name. */
  readonly pseudonym: string | null
  readonly location: ContactDocument['location'] | null
  /** IANA name. */
  readonly timezone: string | null
  readonly session_count: number
  readonly custom_attributes: Readonly<Record<string, unknown>>
  readonly last_request_at: number
  readonly created_at: number
  readonly updated_at: number
}

export const visitors: Collection<VisitorDocument> = {
  table: 'visitor',
  columns: { user_id: 'TEXT', email: 'TEXT', updated_at: 'INTEGER' },
  facts: ({ user_id, email, updated_at }) => ({ user_id, email, updated_at }),
  indexed: ['user_id'],
}

export interface Named {
  readonly id?: string | undefined
  readonly user_id?: string | undefined
  readonly email?: string | undefined
}

/** The visitor of that Intercom id, user_id or email, asked for in this order. */
export const findVisitor = (store: Store, { id, user_id, email }: Named): VisitorDocument | undefined => {
  if (id !== undefined) return store.get(visitors, id)
  const where = user_id === undefined ? email !== undefined && sql`email = ${email}` : sql`user_id = ${user_id}`
  return where ? store.find(visitors, { where, limit: 1 })[0] : undefined
}

/** The contact that a visitor would be. [inferred] A lead keeps the id of the visitor, and their user_id as external id. */
export const asLead = (visitor: VisitorDocument, { now }: Pick<Call, 'now'>): ContactDocument => {
  const { id, user_id, name, email, phone, location, custom_attributes, created_at, last_request_at } = visitor
  const { utm_campaign, utm_content, utm_medium, utm_source, utm_term, referrer } = visitor
  const campaign = { utm_campaign, utm_content, utm_medium, utm_source, utm_term, referrer }
  const known = { name, email, phone, custom_attributes, created_at, updated_at: now, last_seen_at: last_request_at, ...campaign, ...(location && { location }) }
  return newContact({ id, role: 'lead', external_id: user_id, ...known })
}

/** Makes a lead of a visitor, who is gone by that. */
export const madeLead = (visitor: VisitorDocument, call: Call): ContactDocument => {
  call.store.remove(visitors, visitor.id)
  return tellCreated(call.store.put(contacts, asLead(visitor, call)), call)
}

/** The lead that a visitor becomes when they first write; undefined when the id, or user_id, is no visitor's. */
export const leadOf = (call: Call, id: string): ContactDocument | undefined => {
  const visitor = findVisitor(call.store, { user_id: id }) ?? findVisitor(call.store, { id })
  return visitor && madeLead(visitor, call)
}
