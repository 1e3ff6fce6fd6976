import { listContactCompanies, listContactSegments, listContactSubscriptions, listContactTags } from '../../contract/contacts.ts'
import { searchConversations } from '../../contract/conversations.ts'
import { listDataEvents } from '../../contract/data-events.ts'
import { listContactNotes } from '../../contract/notes.ts'
import { searchTickets } from '../../contract/tickets.ts'
import type { Conversations, CustomerSections, Page } from '../../view/customer/customer.ts'
import type { Asking, Contact } from './readings.ts'
import type { customerSections } from '../overview-tools.ts'

export type Section = (typeof customerSections)[number]

/** One part of what is told of a customer. */
interface Part<T> {
  /** How many there are, where the contact itself tells. */
  readonly count: (contact: Contact) => number | null | undefined
  readonly read: (contact: Contact, asking: Asking, full: boolean) => Promise<T>
}

const unknown = () => undefined
const page = (items: readonly object[] | null | undefined, total: number | null | undefined): Page => ({ items: items ?? [], total: total ?? items?.length ?? 0 })

/** Those that matter most come first: where calls are scarce, the last ones are left out. */
export const parts: { readonly [S in Section]: Part<NonNullable<CustomerSections[S]>> } = {
  conversations: { count: unknown, read: (contact, asking) => conversationsOf(contact, asking) },
  tickets: {
    count: unknown,
    read: async ({ id }, { client, signal }) => {
      const { tickets, total_count } = await client.call(searchTickets, newest(of(id)), { signal })
      return page(tickets, total_count)
    },
  },
  companies: {
    count: ({ companies }) => companies?.total_count,
    read: async ({ id }, { client, signal }) => {
      const { data, total_count } = await client.call(listContactCompanies, { id, per_page: 20 }, { signal })
      return page(data, total_count)
    },
  },
  notes: {
    count: ({ notes }) => notes?.total_count,
    read: async ({ id }, { client, signal }, full) => {
      const { data, total_count } = await client.call(listContactNotes, { contact_id: id, per_page: full ? 20 : 3 }, { signal })
      return page(data, total_count)
    },
  },
  tags: {
    count: ({ tags }) => tags?.total_count,
    read: async ({ id }, { client, signal }) => page((await client.call(listContactTags, { contact_id: id }, { signal })).data, undefined),
  },
  events: {
    count: unknown,
    read: async ({ id }, { client, signal }, full) => {
      const asked = { type: 'user', intercom_user_id: id } as const
      const [kinds, single] = await Promise.all([
        client.call(listDataEvents, { ...asked, summary: true }, { signal }),
        full ? client.call(listDataEvents, { ...asked, per_page: 20 }, { signal }) : undefined,
      ])
      return { ...page(kinds.events, undefined), ...(single && { single: single.events }) }
    },
  },
  segments: {
    count: unknown,
    read: async ({ id }, { client, signal }) => page((await client.call(listContactSegments, { contact_id: id }, { signal })).data, undefined),
  },
  subscriptions: {
    count: ({ opted_in_subscription_types: one, opted_out_subscription_types: other }) => one && other && (one.total_count ?? 0) + (other.total_count ?? 0),
    read: async ({ id }, { client, signal }) => page((await client.call(listContactSubscriptions, { contact_id: id }, { signal })).data, undefined),
  },
}

/** The most important ones first. */
export const sections = Object.keys(parts) as Section[] // Object.keys forgets which they are

/** How many there are of each, as far as the contact itself tells. */
export const countsOf = (contact: Contact, wanted: readonly Section[]): Partial<Record<Section, number>> =>
  Object.fromEntries(wanted.map((section) => [section, parts[section].count(contact) ?? undefined]))

/** Conversations or tickets that one page reads. */
const pageSize = 50

const of = (id: string) => ({ field: 'contact_ids', operator: '=', value: id }) as const
const newest = <Q>(query: Q) => ({ query, sort: { field: 'updated_at', order: 'descending' }, pagination: { per_page: pageSize } }) as const

/** The newest and, where these are not all, those that are not closed. */
const conversationsOf = async ({ id }: Contact, { client, signal }: Asking): Promise<Conversations> => {
  const { conversations, total_count } = await client.call(searchConversations, newest(of(id)), { signal })
  const total = total_count ?? conversations.length
  if (total <= conversations.length) return { items: conversations, total }
  const unfinished = { operator: 'AND', value: [of(id), { field: 'open', operator: '=', value: true }] } as const
  const open = await client.call(searchConversations, newest({ ...unfinished, value: [...unfinished.value] }), { signal })
  const known = new Set(open.conversations.map((conversation) => conversation.id))
  return { items: [...open.conversations, ...conversations.filter((conversation) => !known.has(conversation.id))], total, unfinished: open.total_count ?? open.conversations.length }
}
