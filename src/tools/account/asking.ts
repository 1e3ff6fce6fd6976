import type * as z from 'zod'
import type { CallOptions, Client } from '../../client/client.ts'
import { findCompanies, getCompany, listCompanies } from '../../contract/companies.ts'
import type { Company } from '../../contract/company.ts'
import { listContactCompanies, searchContacts } from '../../contract/contacts.ts'
import { unlessGone } from '../gather.ts'
import type { Sense } from '../pasted/pasted.ts'

export type Account = z.output<typeof Company>

/** How Intercom is asked, and within what time. */
export interface Asking {
  readonly client: Client
  readonly options: CallOptions
}

/** The companies that a reading of a pasted text means exactly. */
export const exactly: Partial<Record<Sense, (value: string, asking: Asking) => Promise<readonly Account[]>>> = {
  company: async (id, { client, options }) => orNone(client.call(getCompany, { id }, options).then((company) => [company])),
  contact: (id, asking) => orNone(companiesOf(id, asking)),
  email: async (email, asking) => inAll(await peopleWith('email', email, 5, asking), ({ id }) => companiesOf(id, asking)),
  company_id: (company_id, asking) => orNone(found({ company_id }, asking)),
  name: (name, asking) => orNone(found({ name }, asking)),
}

/** Companies of the people whose email addresses are of this domain, the most frequent first; at most five. */
export const employing = async (domain: string, asking: Asking): Promise<readonly Account[]> => {
  const people = await peopleWith('email_domain', domain, 50, asking)
  const counts = new Map<string, number>()
  for (const { id } of people.flatMap(({ companies }) => companies?.data ?? [])) counts.set(id, (counts.get(id) ?? 0) + 1)
  const ids = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, 5)
  return inAll(ids, ([id]) => exactly.company!(id, asking))
}

/** Companies a page of them holds at most. */
const per_page = 60

/** The companies that were active last, of which there may be more. Pages after the first are read at once. */
export const active = async (first: number, last: number, { client, options }: Asking): Promise<{ readonly items: readonly Account[]; readonly total: number }> => {
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  const pages = await Promise.all(numbers.map((page) => client.call(listCompanies, { page, per_page }, options)))
  return { items: pages.flatMap(({ data }) => data), total: pages[0]?.total_count ?? 0 }
}

/** How many pages there are of so many. */
export const pagesOf = (total: number): number => Math.ceil(total / per_page)

/** By name or company_id Intercom answers one company, otherwise a list. */
const found = async (asked: { name: string } | { company_id: string }, { client, options }: Asking): Promise<Account[]> => {
  const answer = await client.call(findCompanies, asked, options)
  return Array.isArray(answer.data) ? (answer.data as Account[]) : [answer as Account] // the output is either of the two
}

const peopleWith = async (field: 'email' | 'email_domain', value: string, most: number, { client, options }: Asking) =>
  (await client.call(searchContacts, { query: { field, operator: '=', value }, pagination: { per_page: most } }, options)).data

const companiesOf = async (id: string, { client, options }: Asking): Promise<Account[]> => {
  const { data, companies } = await client.call(listContactCompanies, { id, per_page }, options)
  return data ?? companies ?? []
}

const inAll = async <T>(items: readonly T[], read: (item: T) => Promise<readonly Account[]>): Promise<Account[]> => (await Promise.all(items.map(read))).flat()

const orNone = async (read: Promise<readonly Account[]>): Promise<readonly Account[]> => (await unlessGone(read)) ?? []
