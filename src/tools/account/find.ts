import { type Account, active, type Asking, employing, exactly, pagesOf } from './asking.ts'
import { contains, hostIn, isAt, isCalled, spelt } from './match.ts'
import { gather } from '../gather.ts'
import { type Reading, readPasted } from '../pasted/pasted.ts'

export interface Found {
  /** One when it is clear which is meant. */
  readonly companies: readonly Account[]
  /** They are only spelt alike. */
  readonly guessed?: boolean
  /** How far it was looked, and what could not be: sentences. */
  readonly looked: readonly string[]
}

/** The companies a pasted text may mean, by id, name, website or a person of theirs. At most so many pages of the list of companies are read. */
export const findAccounts = async (pasted: string, pages: number, asking: Asking): Promise<Found> => {
  const readings = decisive(readPasted(pasted).readings)
  const name = readings.find(({ as }) => as === 'name')?.value
  const host = name === undefined ? undefined : hostIn(name)
  const exact = gather<Record<string, readonly Account[]>>(lookups(readings.filter(({ as }) => as !== 'name' || host === undefined), asking))
  const listed = gather({ list: () => (name === undefined ? Promise.resolve(none) : active(1, 1, asking)) })
  const [{ found, missing }, { found: { list = none }, missing: unlisted }] = await Promise.all([exact, listed])
  const companies = unique([...Object.values(found).flatMap((some) => some ?? []), ...list.items.filter(isCalled(name ?? ''))])
  const so = { companies, looked: [...unread({ ...missing, ...unlisted }), ...reach(list)] }
  if (companies.length || name === undefined) return so
  const rough = await (host === undefined ? byLikeness(name, list, pages, asking) : byHost(name, host, list, asking))
  return { ...rough, looked: [...unread({ ...missing, ...unlisted }), ...rough.looked] }
}

const lookups = (readings: readonly Reading[], asking: Asking) =>
  Object.fromEntries(readings.flatMap(({ as, value }) => (exactly[as] ? [[`${as} ${value}`, () => exactly[as]!(value, asking)]] : [])))

/** An email tells for sure which person is meant; the name beside it only repeats it. */
const decisive = (readings: readonly Reading[]): readonly Reading[] => {
  const emails = readings.filter(({ as }) => as === 'email')
  return emails.length ? emails : readings
}

interface List {
  readonly items: readonly Account[]
  readonly total: number
}

const none: List = { items: [], total: 0 }

/** Companies with a website there or, when none of the most active has, those whose people write from there; some are called like a website too. */
const byHost = async (name: string, host: string, first: List, asking: Asking): Promise<Found> => {
  const near = first.items.filter((company) => isAt(host)(company) || contains(name)(company))
  if (near.length) return { companies: near, looked: reach(first) }
  const { found, missing } = await gather({ people: () => employing(host, asking), called: () => exactly.name!(name, asking) })
  return { companies: unique([...(found.people ?? []), ...(found.called ?? [])]), looked: [...unread(missing), ...reach(first)] }
}

/** Companies whose name is like this, further down the list too. */
const byLikeness = async (name: string, first: List, pages: number, asking: Asking): Promise<Found> => {
  const last = Math.min(pages, pagesOf(first.total))
  const { found, missing } = await gather({ further: () => (last > 1 ? active(2, last, asking) : Promise.resolve(none)) })
  const list = { items: [...first.items, ...(found.further?.items ?? [])], total: first.total }
  const companies = list.items.filter(contains(name))
  const looked = [...unread(missing), ...reach(list)]
  return companies.length ? { companies, looked } : { companies: spelt(list.items, name), guessed: true, looked }
}

const unique = (companies: readonly Account[]): Account[] => [...new Map(companies.map((company) => [company.id, company])).values()]

const reach = ({ items, total }: List): string[] =>
  total > items.length ? [`Names were compared with the ${items.length} most recently active of ${total} companies that have people.`] : []

const unread = (missing: Readonly<Record<string, string | undefined>>): string[] => [...new Set(Object.values(missing))].map((reason) => `Not everywhere could be looked: ${(reason ?? '').replace(/\.$/, '')}.`)
