import type * as z from 'zod'
import type { Company } from '../../contract/company.ts'
import type { Contact } from '../../contract/contact.ts'
import type { ListedConversation } from '../../contract/conversation.ts'
import type { Ticket } from '../../contract/tickets.ts'
import { conversationRow, ticketRow, type WhoIs } from './talks.ts'
import { defined } from '../brief.ts'
import { company as companyKind, segment, tag } from '../companies.ts'
import { contact } from '../contacts.ts'
import { listedConversation } from '../conversations.ts'
import type { Kind } from '../kind.ts'
import type { Names } from '../names.ts'
import { piece } from '../piece.ts'
import { plain } from '../plain.ts'
import { type Place, present, type View } from '../present.ts'
import { ticketState } from '../tickets.ts'
import type { Manner } from '../view.ts'

type Document = Record<string, unknown>
type Account = z.output<typeof Company>
type Person = z.output<typeof Contact>
type Conversation = z.output<typeof ListedConversation>
type TicketDocument = z.output<typeof Ticket>
type Talks = Readonly<Record<'open' | 'snoozed' | 'closed', { readonly total: number; readonly items: readonly Conversation[] }>>

/** What was read of a company. What could not be is absent. */
export interface AccountRead {
  readonly company: Account
  readonly people?: { readonly total: number; readonly items: readonly Person[] }
  readonly conversations?: Talks
  /** `items` are all of them, or the most recent. */
  readonly tickets?: { readonly total: number; readonly open: number; readonly items: readonly TicketDocument[] }
}

/** Most of each that are shown. */
export interface Shown {
  readonly people: number
  readonly tickets: number
}

const companyFields = [
  'company_id', 'name', 'plan.name', 'monthly_spend', 'size', 'industry', 'website', 'session_count', 'created_at',
  'last_request_at', 'custom_attributes', 'tags', 'segments',
]

/** A company with its people, and with their conversations and tickets in sum. */
export const accountView = (read: AccountRead, most: Shown, completeness: string, { place, nonce, names }: Manner): View => {
  const { company, people, conversations, tickets } = read
  const called = new Map(people?.items.map((person) => [person.id, nameOf(person)]))
  const whoIs: WhoIs = (id) => called.get(id)
  const answer = {
    company: { ...profile(company), ...linked('link', companyKind, company, place) },
    ...(people && { people: { total: people.total, ...(people.total > 0 && { items: people.items.slice(0, most.people).map((person) => personRow(person, names)) }) } }),
    ...(conversations && { conversations: conversationsInSum(conversations, (each) => conversationRow(each, whoIs, names), place) }),
    ...(tickets && { tickets: ticketsInSum(tickets, most.tickets, (each) => ticketRow(each, whoIs, names)) }),
    completeness: plain(completeness),
  }
  return present(answer, { place, nonce, customers: ['company', 'people', 'conversations', 'tickets'] })
}

/** Companies of which one must be chosen, with what tells them apart. */
export const matchesView = (companies: readonly Account[], completeness: string, { place, nonce }: Manner): View =>
  present({ matches: companies.map((company) => flat(piece(companyKind, company, matchFields))), completeness: plain(completeness) }, { place, nonce, customers: ['matches'] })

const matchFields = ['company_id', 'name', 'user_count', 'plan.name', 'monthly_spend', 'website', 'last_request_at']

const profile = (company: Account): Document => flat(piece(companyKind, company, companyFields, { embeds: [tag, segment] }))

/** The plan by its name. */
const flat = ({ id, company_id, name, plan, ...shown }: Document): Document =>
  Object.fromEntries(Object.entries({ id, company_id, name, plan: (plan as Document | undefined)?.name, ...shown }).filter(([, value]) => value !== undefined)) // an object, as its schema says

const nameOf = (person: Person): string | undefined => {
  const { name, email, phone, external_id } = piece(contact, person, ['name', 'email', 'phone', 'external_id'])
  return [name, email, phone, external_id].find((each) => typeof each === 'string')
}

const personRow = (person: Person, names: Names | undefined): Document => {
  const { id, role, email, owner_id, owner = owner_id, last_seen_at } = piece(contact, person, ['email', 'role', 'owner_id', 'last_seen_at'], { names })
  return defined({ id, name: nameOf(person), role, email, owner, last_seen_at })
}

const conversationsInSum = ({ open, snoozed, closed }: Talks, rowOf: (each: Conversation) => Document, place: Place | undefined): Document => {
  const items = [open, snoozed, closed].flatMap((each) => each.items)
  return {
    open: open.total,
    snoozed: snoozed.total,
    closed: closed.total,
    ...(items.length > 0 && { recent: items.map(rowOf), ...linked('link_to_each', listedConversation, { ...items[0], id: '{id}' }, place) }),
  }
}

const ticketsInSum = ({ total, open, items }: NonNullable<AccountRead['tickets']>, most: number, rowOf: (each: TicketDocument) => Document): Document => ({
  total,
  open,
  ...(items.length === total && total > 0 && { by_state: byState(items) }),
  ...(items.length > 0 && { recent: items.slice(0, most).map(rowOf) }),
})

const byState = (tickets: readonly TicketDocument[]): Document => {
  const counts: Record<string, number> = {}
  for (const { ticket_state } of tickets) {
    const { category } = piece(ticketState, ticket_state ?? {}, ['category'])
    counts[String(category)] = (counts[String(category)] ?? 0) + 1
  }
  return counts
}

const linked = (key: string, { path }: Kind, document: Document, place: Place | undefined): Document => {
  const found = place?.app === undefined ? undefined : path?.(document)
  return found === undefined ? {} : { [key]: plain(`${place?.app}${found}`) }
}
