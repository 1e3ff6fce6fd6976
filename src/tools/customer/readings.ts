import type { Client } from '../../client/client.ts'
import { getCompany, findCompanies, listCompanyContacts } from '../../contract/companies.ts'
import { Company } from '../../contract/company.ts'
import { getContact, searchContacts } from '../../contract/contacts.ts'
import { getConversation } from '../../contract/conversations.ts'
import type { Output } from '../../contract/operation.ts'
import type { Query } from '../../contract/search.ts'
import { getTicket, searchTickets } from '../../contract/tickets.ts'
import { folded } from '../../view/folded.ts'
import { unlessGone } from '../gather.ts'
import { trusted } from '../own-words.ts'
import { digitsOf, type Pasted, type Reading, type Sense } from '../pasted/pasted.ts'

export type Contact = Output<typeof getContact>
export type Conversation = Output<typeof getConversation>

/** People whom one reading of the pasted text leads to. */
export interface Trace {
  readonly people: readonly Contact[]
  /** How many there are, where they are more than `people`. */
  readonly total?: number
  /** What leads to them, when it is not their own fields: "conversation 42". */
  readonly via?: string
  /** Whether they have but a part of what was meant, so that even a single one is only a guess. */
  readonly weak?: true
  /** What else to tell of it, in our own words. */
  readonly remark?: string
  /** Read on the way. */
  readonly conversation?: Conversation
}

export interface Asking {
  readonly client: Client
  readonly signal: AbortSignal
}

export type Way = (asking: Asking) => Promise<Trace>

/** Most people of whom it is known which they are; of more only how many. */
export const page = 150

/** Tickets among which a number is looked for: Intercom cannot search for it. */
const newestTickets = 100

/** Ways to find people by these readings, to be tried at once. A company is looked for by what it may be likeliest. */
export const directly = (pasted: Pasted): readonly Way[] => {
  const of = (...senses: Sense[]): readonly string[] => pasted.readings.filter(({ as }) => senses.includes(as)).map(({ value }) => value)
  const [conversation] = of('conversation')
  const [ticket] = conversation ? [] : of('ticket')
  const query = contactQuery(pasted)
  const [company] = of('email').length ? [] : pasted.readings.filter(({ as }) => as in companiesBy)
  return [
    ...(query ? [byFields(query, pasted)] : []),
    ...(conversation ? [byConversation(conversation, of('ticket').length > 0)] : []),
    ...(ticket ? [byTicket(ticket)] : []),
    ...of('ticket_number').map(byTicketNumber),
    ...(company ? [byCompany([company])] : []),
  ]
}

export const byId = (id: string): Way => async ({ client, signal }) => {
  const contact = await unlessGone(client.call(getContact, { id }, { signal }))
  return { people: contact ? [contact] : [] }
}

/** Those among these ids who can still be read. */
export const peopleOf = async (ids: readonly string[], { client, signal }: Asking): Promise<readonly Contact[]> => {
  const [only, ...others] = [...new Set(ids)]
  if (only === undefined) return []
  if (others.length === 0) return (await byId(only)({ client, signal })).people
  const value = [only, ...others].slice(0, page)
  return (await client.call(searchContacts, { query: { field: 'id', operator: 'IN', value }, pagination: { per_page: value.length } }, { signal })).data
}

/** `Zoë` as many write it, `Zoe`. */
const unaccented = (text: string): string => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC')

const equal = (field: string, value: string): Query => ({ field, operator: '=', value })

const queries: Readonly<Partial<Record<Sense, (value: string, text: string) => Query[]>>> = {
  email: (value) => [equal('email', value)],
  domain: (value) => [equal('email_domain', value)],
  external_id: (value) => [equal('external_id', value)],
  name: (value) => [...new Set([value, unaccented(value)])].map((name) => ({ field: 'name', operator: '~', value: name })),
  phone: (value, text) => {
    const digits = digitsOf(value)
    const written = [...new Set([`+${digits}`, digits, text])].map((writing) => equal('phone', writing))
    return [...written, { field: 'phone', operator: '~', value: digits.slice(-9) }]
  },
}

/** One search for all that contacts can be searched by. */
const contactQuery = ({ readings, text }: Pasted): Query | undefined => {
  const value = readings.flatMap(({ as, value: meant }) => queries[as]?.(meant, text) ?? [])
  return value.length ? { operator: 'OR', value } : undefined
}

/** Who has one of these exactly or, failing that, in their name. */
const byFields = (query: Query, { readings }: Pasted): Way => async ({ client, signal }) => {
  const named = readings.find(({ as }) => as === 'name')
  const found = await client.call(searchContacts, { query, pagination: { per_page: page } }, { signal })
  const total = found.total_count ?? found.data.length
  const exact = found.data.filter((contact) => readings.some((reading) => is(contact, reading)))
  if (exact.length === 0) return named && found.data.length ? { people: found.data, total, remark: inPart } : { people: [] }
  if (!exact.some((contact) => readings.some((reading) => reading.as !== 'domain' && is(contact, reading)))) return { people: exact, total, weak: true, remark: 'By the domain of their email only.' }
  const [address] = readings.filter(({ as }) => as === 'email')
  const byNameOnly = address && !exact.some((contact) => is(contact, address)) ? { remark: `Nobody has the email ${address.value}: found by the name.` } : {}
  if (total <= found.data.length || !named) return { people: exact, ...byNameOnly }
  const namesakes = await client.call(searchContacts, { query: equal('name', named.value), pagination: { per_page: page } }, { signal })
  return { people: namesakes.data, total: namesakes.total_count ?? namesakes.data.length, ...byNameOnly }
}

const inPart = 'By a part of the name only. get_account looks for a company of such a name.'

const fits: Readonly<Partial<Record<Sense, (contact: Contact, value: string) => boolean>>> = {
  email: ({ email }, value) => same(email, value),
  domain: ({ email }, value) => same(email?.split('@').at(-1), value),
  external_id: ({ external_id }, value) => same(external_id, value),
  name: ({ name }, value) => folded(name ?? '').replace(/[\s.,;:!?]+$/, '').trim() === folded(value).trim(),
  phone: ({ phone }, value) => sameNumber(phone, value),
}

/** Whether the contact is exactly what is meant. */
const is = (contact: Contact, { as, value }: Reading): boolean => fits[as]?.(contact, value) ?? false

const same = (one: string | null | undefined, other: string): boolean => one?.trim().toLowerCase() === other.trim().toLowerCase()

/** One may lack the country, or have a zero in its place. */
export const sameNumber = (one: string | null | undefined, other: string): boolean => {
  const [short = '', long = ''] = [digitsOf(one ?? ''), digitsOf(other)].toSorted((a, b) => a.length - b.length)
  const national = short.replace(/^0+/, '')
  return national.length >= 7 && long.endsWith(national)
}

/** Conversations and tickets are counted together, so a ticket has this id only where no conversation does. */
const byConversation = (id: string, orTicket: boolean): Way => async (asking) => {
  const conversation = await unlessGone(asking.client.call(getConversation, { id }, { signal: asking.signal }))
  if (!conversation) return orTicket ? byTicket(id)(asking) : { people: [] }
  return { ...(await participants(conversation, `conversation ${id}`, asking)), conversation }
}

const byTicket = (id: string): Way => async (asking) => {
  const ticket = await unlessGone(asking.client.call(getTicket, { id }, { signal: asking.signal }))
  return ticket ? participants(ticket, `ticket ${id}`, asking) : { people: [] }
}

type WithContacts = Pick<Conversation, 'contacts'>

const participants = async ({ contacts }: WithContacts, via: string, asking: Asking): Promise<Trace> => {
  const people = await peopleOf((contacts?.contacts ?? []).map(({ id }) => id), asking)
  return people.length ? { people, via } : { people, remark: `There is a ${via}, but nobody in it can be read: archived or deleted since.` }
}

/** The ticket of that number in the inbox, if it is among the newest; how many these are, and how many there are in all. */
export const ticketNumbered = async (number: string, { client, signal }: Asking) => {
  const query = { field: 'created_at', operator: '>', value: 0 } as const
  const newest = { sort: { field: 'created_at', order: 'descending' }, pagination: { per_page: newestTickets } } as const
  const { tickets, total_count } = await client.call(searchTickets, { query, ...newest }, { signal })
  return { ticket: tickets.find(({ ticket_id }) => ticket_id === number), tickets, total_count }
}

const byTicketNumber = (number: string): Way => async (asking) => {
  const { ticket, tickets, total_count } = await ticketNumbered(number, asking)
  if (ticket) return participants(ticket, `ticket number ${number} (id ${trusted(ticket.id)})`, asking)
  const all = (total_count ?? 0) <= tickets.length
  return { people: [], ...(!all && { remark: `As a ticket's number, ${number} was looked for among the newest ${tickets.length} of ${total_count} tickets only.` }) }
}

/** People of a company that are read; of more only how many. */
const members = 20

/** How a company is read in each sense. */
export const companiesBy: Readonly<Partial<Record<Sense, (value: string, asking: Asking) => Promise<unknown>>>> = {
  company: (id, { client, signal }) => client.call(getCompany, { id }, { signal }),
  company_id: (company_id, { client, signal }) => client.call(findCompanies, { company_id }, { signal }),
  name: (name, { client, signal }) => client.call(findCompanies, { name }, { signal }),
}

/** By Intercom's id, by your own or by its exact name, one after the other until there is one. */
export const byCompany = (readings: readonly Reading[]): Way => async (asking) => {
  for (const { as, value } of readings) {
    const company = Company.safeParse(await unlessGone(companiesBy[as]!(value, asking))).data
    if (company) return membersOf(company, asking)
  }
  return { people: [] }
}

/** The company's people, the longest known first. */
export const membersOf = async ({ id, name, company_id }: Output<typeof getCompany>, { client, signal }: Asking): Promise<Trace> => {
  const { data, total_count } = await client.call(listCompanyContacts, { id, per_page: members }, { signal })
  const more = `get_account {"company": "${trusted(id)}"} tells about the company itself.`
  return { people: data, total: total_count ?? data.length, via: `company ${name || company_id || id}`, remark: data.length ? more : `The company has nobody in it. ${more}` }
}
