import { allowed, type Comparison, isGroup, limits, type Query, type Searchable } from '../../contract/search.ts'
import { BadArguments } from '../arguments.ts'

type Group = Extract<Query, { value: Query[] }>
type Join = Group['operator']
type Filter = Exclude<Query, Group>

const other: Readonly<Record<Join, Join>> = { AND: 'OR', OR: 'AND' }

const joined = (operator: Join, value: readonly Query[]): Query => (value.length === 1 ? value[0]! : { operator, value: [...value] })
export const all = (...value: readonly Query[]): Query => joined('AND', value)
export const any = (...value: readonly Query[]): Query => joined('OR', value)

/**
 * The same query as Intercom takes it: groups nested at most two deep with at most 15 entries each. Groups of one kind within
 * each other are one, alternatives of one field are a list, and what is nested deeper is multiplied out. Throws BadArguments
 * when there is no such form.
 */
export const withinLimits = (query: Query, searchable: Searchable): Query => {
  const flat = flattened(query)
  const forms = [flat, ...(['AND', 'OR'] as const).map((join) => multiplied(flat, join)).filter((form) => form !== undefined)]
  const fitting = forms.map((form) => sized(shortened(form, searchable))).find((form) => fits(form))
  if (!fitting) throw new BadArguments(`These filters are more than Intercom takes: ${limits.entries} in a group, groups nested ${limits.levels} deep. Search with fewer, in several calls.`)
  return fitting
}

const flattened = (query: Query): Query => {
  if (!isGroup(query)) return query
  const entries = query.value.map(flattened)
  return joined(query.operator, unique(entries.flatMap((entry) => (entry.operator === query.operator && isGroup(entry) ? entry.value : [entry]))))
}

const unique = (entries: readonly Query[]): Query[] => [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()]

/** Most clauses worth writing down on the way. */
const most = 500

/** An AND of ORs of filters, or an OR of ANDs, that means the same; undefined when it would be too long. */
const multiplied = (query: Query, join: Join): Query | undefined => {
  const clauses = clausesOf(query, join)
  return clauses && flattened({ operator: join, value: clauses.map((filters) => joined(other[join], filters)) })
}

const clausesOf = (query: Query, join: Join): Filter[][] | undefined => {
  if (!isGroup(query)) return [[query]]
  const parts = query.value.map((entry) => clausesOf(entry, join))
  if (parts.some((part) => part === undefined)) return undefined
  const known = parts as Filter[][][] // none is undefined, as just seen
  if (query.operator === join) return known.flat()
  return known.reduce<Filter[][] | undefined>((products, part) => products && crossed(products, part), [[]])
}

const crossed = (some: Filter[][], others: Filter[][]): Filter[][] | undefined =>
  some.length * others.length > most ? undefined : some.flatMap((one) => others.map((two) => [...one, ...two]))

/** Alternatives of one field as one filter with a list, wherever a group is too long without. */
const shortened = (query: Query, searchable: Searchable): Query => {
  if (!isGroup(query)) return query
  const entries = query.value.map((entry) => shortened(entry, searchable))
  return joined(query.operator, entries.length > limits.entries ? listed(entries, query.operator, searchable) : entries)
}

const lists: Readonly<Record<Join, readonly [one: Comparison, many: Comparison]>> = { OR: ['=', 'IN'], AND: ['!=', 'NIN'] }

const listed = (entries: readonly Query[], join: Join, searchable: Searchable): Query[] => {
  const [one, many] = lists[join]
  const listable = (entry: Query): entry is Filter => !isGroup(entry) && entry.operator === one && takesLists(entry, many, searchable)
  const byField = new Map<string, Filter[]>()
  for (const entry of entries.filter(listable)) byField.set(entry.field, [...(byField.get(entry.field) ?? []), entry])
  const filters = [...byField].map(([field, same]): Filter => (same.length === 1 ? same[0]! : { field, operator: many, value: same.map(({ value }) => value) }))
  return [...filters, ...entries.filter((entry) => !listable(entry))]
}

/** Of the workspace's own fields the type is not known here; but text is text. */
const takesLists = ({ field, value }: Filter, many: Comparison, searchable: Searchable): boolean => {
  const type = searchable.fields[field] ?? (typeof value === 'string' ? 'string' : undefined)
  return type !== undefined && value !== null && value !== undefined && allowed(searchable, field, type).includes(many)
}

/** Filters of a group that is too long stand in groups of their own within it. */
const sized = (query: Query): Query => {
  if (!isGroup(query) || query.value.length <= limits.entries) return query
  const filters = query.value.filter((entry) => !isGroup(entry))
  const groups = query.value.filter(isGroup)
  const parts = Array.from({ length: Math.ceil(filters.length / limits.entries) }, (_, index) => filters.slice(index * limits.entries, (index + 1) * limits.entries))
  return { operator: query.operator, value: [...parts.map((part) => joined(query.operator, part)), ...groups] }
}

const fits = (query: Query, level = 1): boolean =>
  !isGroup(query) || (level <= limits.levels && query.value.length <= limits.entries && query.value.every((entry) => fits(entry, level + 1)))
