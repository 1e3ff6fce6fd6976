import type * as z from 'zod'
import { Company } from '../../contract/company.ts'
import { ListedConversation } from '../../contract/conversation.ts'
import { DataEvent } from '../../contract/data-events.ts'
import { Note } from '../../contract/notes.ts'
import { Segment } from '../../contract/segment.ts'
import { SubscriptionType } from '../../contract/subscription-type.ts'
import { Tag } from '../../contract/tag.ts'
import { Ticket } from '../../contract/tickets.ts'
import { defined } from '../brief.ts'
import { type Document, type Look, only } from './pieces.ts'
import { type Person, profile } from './profile.ts'
import { dayOf, isAnswered, showConversation, showTicket, weightOf } from './talks.ts'
import { callName } from '../transcript/author.ts'

/** Some of a list, as Intercom answers them, and how many there are in all. */
export interface Page {
  readonly items: readonly object[]
  readonly total: number
}

export interface Conversations extends Page {
  /** How many are open or snoozed, where not all were read. */
  readonly unfinished?: number
}

export interface Events extends Page {
  /** The last single ones; the items are kinds. */
  readonly single?: readonly object[]
}

/** What was read of a customer besides the contact. */
export interface CustomerSections {
  readonly conversations?: Conversations
  readonly tickets?: Page
  readonly companies?: Page
  readonly notes?: Page
  readonly tags?: Page
  readonly events?: Events
  readonly segments?: Page
  readonly subscriptions?: Page
}

type Section = keyof CustomerSections

/** How one section reads: each item, and how many of them in a summary and in full. */
interface Telling {
  readonly schema: z.core.$ZodType
  readonly most: Readonly<Record<Look['detail'], number>>
  readonly show: (item: Document, look: Look, raw: Document) => unknown
  /** What to say of all, beside their number. */
  readonly sum?: (page: Conversations) => string
}

const nameOf = ({ name, id }: Document): unknown => name ?? id

const tellings: Readonly<Record<Section, Telling>> = {
  companies: {
    schema: Company,
    most: { summary: 3, full: 20 },
    show: ({ plan, ...company }, { detail }) => {
      const shown = { ...company, ...(plan !== undefined && { plan: (plan as Document).name }) } // a projected plan is its id and name
      return detail === 'full' ? shown : only(shown, ['id', 'name', 'plan', 'monthly_spend', 'size'])
    },
  },
  tags: { schema: Tag, most: { summary: 15, full: 200 }, show: nameOf },
  segments: { schema: Segment, most: { summary: 10, full: 100 }, show: nameOf },
  subscriptions: {
    schema: SubscriptionType,
    most: { summary: 10, full: 100 },
    show: ({ id, default_translation, consent_type }) => ({ name: (default_translation as Document | undefined)?.name ?? id, state: consent_type === 'opt_in' ? 'opted in' : 'opted out' }),
  },
  conversations: {
    schema: ListedConversation,
    most: { summary: 5, full: 20 },
    show: showConversation,
    sum: ({ items, total, unfinished }) => (unfinished === undefined || total === items.length ? states(items) : `${unfinished} open or snoozed`),
  },
  tickets: {
    schema: Ticket,
    most: { summary: 3, full: 20 },
    show: showTicket,
    sum: ({ items, total }) => `${items.filter(isUnresolved).length} not resolved${total > items.length ? ` among the newest ${items.length}` : ''}`,
  },
  notes: {
    schema: Note,
    most: { summary: 3, full: 20 },
    show: ({ created_at, author, body }, { brief }) => defined({ created_at: dayOf(created_at), author: callName(author), body: brief(body) }),
  },
  events: {
    schema: DataEvent,
    most: { summary: 5, full: 50 },
    show: ({ name, count, last, first }, { detail }) => ({ name, count, last: dayOf(last), ...(detail === 'full' && { first: dayOf(first) }) }),
  },
}

const states = (items: readonly object[]): string => {
  const count = (state: string) => items.filter((item) => 'state' in item && item.state === state).length
  return ['open', 'snoozed'].map((state) => [count(state), state] as const).filter(([many]) => many).map(([many, state]) => `${many} ${state}`).join(', ') || 'all closed'
}

const isUnresolved = (ticket: object): boolean => weightOf(ticket) > 0

/** A customer as a model should read them. */
export interface Told {
  readonly customer: Document
  /** How many there are of everything: "conversations 12 (3 open; 5 shown), tickets none". */
  readonly counts: string
  /** Sections of which only some items are shown. */
  readonly partly: readonly string[]
  /** Conversations of which it is shown who wrote last, and not what. */
  readonly unheard: number
}

/** Everything read of one customer. `attached` tells how many there are of what was not read, where that is known. */
export const tell = (person: Person, read: CustomerSections, attached: Partial<Record<Section, number>>, look: Look): Told => {
  const told = (Object.keys(tellings) as Section[]).map((section) => [section, tellSection(section, read[section], look)] as const) // Object.keys forgets which they are
  const single = read.events?.single?.map((event) => only(look.project(DataEvent, event), ['event_name', 'created_at', 'metadata']))
  return {
    customer: { ...profile(person, look), ...Object.fromEntries(told.flatMap(([section, { shown }]) => (shown.length ? [[section, shown]] : []))), ...(single?.length && { last_events: single }) },
    counts: told.flatMap(([section, { counted }]) => counted ?? (attached[section] === undefined ? [] : `${section} ${attached[section]} (not read)`)).join(', '),
    partly: told.flatMap(([section, { partly }]) => (partly ? section : [])),
    unheard: chosen('conversations', read.conversations ?? nothing, look.detail).filter((talk) => isAnswered(talk) && !look.messages.has(idOf(talk))).length,
  }
}

const nothing: Page = { items: [], total: 0 }
export const idOf = (item: object): string => ('id' in item ? String(item.id) : '')

interface ToldSection {
  readonly shown: readonly unknown[]
  readonly counted?: string
  readonly partly?: boolean
}

const tellSection = (section: Section, page: CustomerSections[Section], look: Look): ToldSection => {
  if (!page) return { shown: [] }
  if (page.total === 0) return { shown: [], counted: `${section} none` }
  const { schema, show, sum } = tellings[section]
  const shown = chosen(section, page, look.detail).map((item) => show(look.project(schema, item), look, item as Document))
  const partly = shown.length < page.total
  const aside = [sum?.(page), partly && `${shown.length} shown`].filter(Boolean).join('; ')
  return { shown, partly, counted: `${section === 'events' ? 'kinds of events' : section} ${page.total}${aside ? ` (${aside})` : ''}` }
}

/** Those of a section that are shown. */
export const chosen = (section: Section, { items }: Page, detail: Look['detail']): readonly object[] => weighed(section, items).slice(0, tellings[section].most[detail])

/** What is unfinished comes first; events as they happened last; the rest as it came. */
const weighed = (section: Section, items: readonly object[]): readonly object[] => {
  if (section === 'events') return items.toSorted((a, b) => ('last' in a && 'last' in b ? String(b.last).localeCompare(String(a.last)) : 0))
  return section === 'conversations' || section === 'tickets' ? items.toSorted((a, b) => weightOf(b) - weightOf(a)) : items
}
