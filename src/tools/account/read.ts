import type * as z from 'zod'
import type { Contact } from '../../contract/contact.ts'
import { listCompanyContacts } from '../../contract/companies.ts'
import type { ListedConversation } from '../../contract/conversation.ts'
import { searchConversations } from '../../contract/conversations.ts'
import { searchTickets } from '../../contract/tickets.ts'
import type { Ticket } from '../../contract/tickets.ts'
import { weightOf } from '../../view/customer/talks.ts'
import type { Asking } from './asking.ts'

type Person = z.output<typeof Contact>

/** How much is read. */
export interface Extent {
  /** Pages of 150 people. */
  readonly people: number
  /** Most conversations of each state. */
  readonly open: number
  readonly snoozed: number
  readonly closed: number
  /** Most tickets that are read, so that they are counted by state. */
  readonly tickets: number
}

interface People {
  /** Those seen last first. */
  readonly items: readonly Person[]
  readonly total: number
}

/** People a page holds, and ids a search takes at once. */
const most = 150

export const readPeople = async (id: string, pages: number, { client, options }: Asking): Promise<People> => {
  const read = (page: number) => client.call(listCompanyContacts, { id, page, per_page: most }, options)
  const first = await read(1)
  const total = first.total_count ?? first.data.length
  const others = Array.from({ length: Math.min(pages, Math.ceil(total / most)) - 1 }, (_, index) => read(index + 2))
  const items = [first, ...(await Promise.all(others))].flatMap(({ data }) => data)
  return { items: items.toSorted((a, b) => (b.last_seen_at ?? 0) - (a.last_seen_at ?? 0)), total }
}

/** Those whose conversations and tickets are asked for. */
export const askedAbout = (people: { readonly items: readonly Person[] } | undefined): readonly Person[] => people?.items.slice(0, most) ?? []

const states = ['open', 'snoozed', 'closed'] as const

type Conversation = z.output<typeof ListedConversation>
type Conversations = Readonly<Record<(typeof states)[number], { readonly total: number; readonly items: readonly Conversation[] }>>

/** How many there are of each state, and the most recent of them. */
export const readConversations = async (people: readonly Person[], extent: Extent, { client, options }: Asking): Promise<Conversations> => {
  const read = async (state: (typeof states)[number]) => {
    const query = { operator: 'AND', value: [withAny(people), { field: 'state', operator: '=', value: state }] } as const
    const { conversations, total_count } = await client.call(searchConversations, { query, sort: newest, pagination: { per_page: extent[state] } }, options)
    return { total: total_count ?? conversations.length, items: conversations }
  }
  const [open, snoozed, closed] = await Promise.all([read('open'), read('snoozed'), read('closed')])
  return { open, snoozed, closed }
}

interface Tickets {
  readonly total: number
  readonly open: number
  /** The most recent, those not resolved first; all of them when they are as many as there are. */
  readonly items: readonly z.output<typeof Ticket>[]
}

/** A search cannot ask for a ticket's own state, so they are read; if there are too many, at least it is counted which are open. */
export const readTickets = async (people: readonly Person[], extent: Extent, { client, options }: Asking): Promise<Tickets> => {
  const { tickets, total_count } = await client.call(searchTickets, { query: withAny(people), sort: newest, pagination: { per_page: extent.tickets } }, options)
  const items = tickets.toSorted((a, b) => weightOf(b) - weightOf(a))
  const total = total_count ?? items.length
  if (total <= items.length) return { total, open: items.filter(({ open }) => open).length, items }
  const query = { operator: 'AND', value: [withAny(people), { field: 'open', operator: '=', value: true }] } as const
  const open = await client.call(searchTickets, { query, pagination: { per_page: 1 } }, options)
  return { total, open: open.total_count ?? 0, items }
}

const withAny = (people: readonly Person[]) => ({ field: 'contact_ids', operator: 'IN', value: people.map(({ id }) => id) }) as const

const newest = { field: 'updated_at', order: 'descending' } as const
