import type { categories } from '../contract/ticket-types.ts'
import { operatorBot } from './admins.ts'
import { type Call, Rejection } from './handler.ts'
import { type Collection, sql } from './store.ts'
import type { AttributeValues } from './ticket-attributes.ts'
import type { LinkedObject } from './linked-objects.ts'
import { asAuthor } from './parts.ts'
import type { AppliedTag } from './tag.ts'
import { addPart } from './ticket-parts.ts'

/** A request of a customer, or work about one. Its parts are kept apart. */
export interface TicketDocument {
  /** From the counter that conversations share. */
  readonly id: string
  /** The number shown in the inbox, which no path takes. */
  readonly ticket_id: string
  readonly ticket_type_id: string
  readonly ticket_state_id: string
  readonly category: (typeof categories)[number]
  readonly title: string | null
  readonly description: string | null
  readonly values: AttributeValues
  readonly contact_ids: readonly string[]
  /** Intercom's id of the company. */
  readonly company_id: string | null
  /** '0' for nobody; a ticket may have an admin and a team at once. */
  readonly admin_assignee_id: string
  readonly team_assignee_id: string
  /** Admins who wrote or were assigned. */
  readonly teammate_ids: readonly string[]
  readonly open: boolean
  /** While it is set the ticket is snoozed, and open. */
  readonly snoozed_until: number | null
  readonly is_shared: boolean
  readonly tags: readonly AppliedTag[]
  readonly linked: readonly LinkedObject[]
  readonly created_at: number
  readonly updated_at: number
}

/** What a ticket is of which only the kind is known: open, and nobody's. */
export const untouched = {
  company_id: null,
  admin_assignee_id: '0',
  team_assignee_id: '0',
  teammate_ids: [],
  tags: [],
  open: true,
  snoozed_until: null,
  linked: [],
} as const

/** Search has its own words for the categories. */
const searchWords: Readonly<Record<TicketDocument['category'], string>> = { Customer: 'request', 'Back-office': 'task', Tracker: 'tracker' }

const inboxState = ({ open, snoozed_until }: TicketDocument): string => {
  if (!open) return 'closed'
  return snoozed_until === null ? 'open' : 'snoozed'
}

export const tickets: Collection<TicketDocument> = {
  table: 'ticket',
  columns: {
    title: 'TEXT',
    description: 'TEXT',
    category: 'TEXT',
    ticket_type_id: 'TEXT',
    contact_ids: 'TEXT',
    teammate_ids: 'TEXT',
    tag_ids: 'TEXT',
    admin_assignee_id: 'TEXT',
    team_assignee_id: 'TEXT',
    state: 'TEXT',
    open: 'INTEGER',
    created_at: 'INTEGER',
    updated_at: 'INTEGER',
    snoozed_until: 'INTEGER',
  },
  facts: (ticket) => ({
    title: ticket.title,
    description: ticket.description,
    category: searchWords[ticket.category],
    ticket_type_id: ticket.ticket_type_id,
    contact_ids: JSON.stringify(ticket.contact_ids),
    teammate_ids: JSON.stringify(ticket.teammate_ids),
    tag_ids: JSON.stringify(ticket.tags.map(({ id }) => id)),
    admin_assignee_id: ticket.admin_assignee_id,
    team_assignee_id: ticket.team_assignee_id,
    state: inboxState(ticket),
    open: Number(ticket.open),
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
    snoozed_until: ticket.snoozed_until,
  }),
  custom: ({ values }) => ({ ...values }),
  indexed: ['snoozed_until', 'created_at'],
  blank: { ...untouched, is_shared: true },
  lists: ['contact_ids', 'tag_ids'],
}

/** [inferred] The name of the part that ends a snooze. */
const wakingPart = 'timer_unsnooze'

/** Reopens every ticket whose snooze has run out. Nothing runs between requests, so whoever asks for tickets wakes them. */
export const wake = ({ store, now }: Pick<Call, 'store' | 'now'>): void => {
  for (const ticket of store.find(tickets, { where: sql`snoozed_until <= ${now}` })) {
    const created_at = ticket.snoozed_until ?? now
    store.put(tickets, { ...ticket, snoozed_until: null, updated_at: Math.max(created_at, ticket.updated_at) })
    addPart(store, ticket.id, { part_type: wakingPart, author: asAuthor(operatorBot(store)), created_at })
  }
}

/** The ticket of that id as it is now. */
export const findTicket = (call: Call, id: string): TicketDocument | undefined => {
  wake(call)
  return call.store.get(tickets, id)
}

/** The ticket of that id, or a 404. */
export const ticket = (call: Call, id: string): TicketDocument => {
  const found = findTicket(call, id)
  if (!found) throw new Rejection(404, 'ticket_not_found', 'Ticket not found')
  return found
}

/** Adds a teammate to those who took part. */
export const withTeammate = (ticket: TicketDocument, adminId: string): TicketDocument =>
  ticket.teammate_ids.includes(adminId) ? ticket : { ...ticket, teammate_ids: [...ticket.teammate_ids, adminId] }
