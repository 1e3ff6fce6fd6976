import { allowed, type Comparison, type FieldType, isGroup, type Query, type Searchable } from '../contract/search.ts'
import { dayOf } from './calendar.ts'
import { cursorPage } from './cursor-page.ts'
import { type Call, Rejection } from './handler.ts'
import { type Value, valuesOf } from './search-value.ts'
import { attributePath, column, fold } from './sql.ts'
import { type Collection, joined, type Sql, sql, type Store } from './store.ts'

/** How one kind of document is searched. */
export interface Index<D> {
  /** Name of the search operation; a cursor of one endpoint is refused by another. */
  readonly operation: string
  readonly from: Collection<D>
  readonly searchable: Searchable
  /** Documents that can be found at all. */
  readonly among?: Sql
  /** Fields whose column holds a list, as JSON text. */
  readonly lists: readonly string[]
  /** Those of them of whose values each stands in few documents: looked up rather than looked through. The collection has them among its `lists`. */
  readonly rare?: readonly string[]
  /** Columns with the words of a text, as JSON text, for fields of which `=` and its like compare one word. */
  readonly words?: Readonly<Record<string, string>>
  /** Columns of fields that do not simply have the field's name with dots as underscores. */
  readonly columns?: Readonly<Record<string, string>>
  /** Type of one of the workspace's own fields; undefined when there is none of that name. */
  readonly customType: (store: Store, name: string) => FieldType | undefined
  readonly perPage: number
  /** The order of results when the request names none. */
  readonly order: Order
}

interface Order {
  readonly field: string
  readonly order: 'ascending' | 'descending'
}

/** The body of a search, its structure already checked. */
export interface SearchRequest {
  readonly query: { operator: Query['operator']; field?: string | undefined; value?: unknown }
  readonly pagination?: { per_page?: number | undefined; starting_after?: string | null | undefined } | null | undefined
  readonly sort?: { field: string; order?: Order['order'] | undefined } | undefined
}

/** [inferred] The direction of a sort that gives none, or one that is no word for either. */
const defaultDirection = 'descending'

/** [inferred] What lacks the text also lacks a value; so a record without one passes "does not contain", as it passes `!=`. */
const emptyPassesNotContains = sql`1`

/** [inferred] On tickets and conversations > and < include the moment itself, as their text says ("greater (or equal)"). */
const bounds: Readonly<Partial<Record<Comparison, Comparison>>> = { '>': '>=', '<': '<=' }

/** One page of the documents that match. Throws a 400 that names what the query may say instead. */
export const search = <D>(index: Index<D>, request: SearchRequest, call: Call) => {
  const query = request.query as Query // the input schema has checked its structure
  const { field, order = defaultDirection } = request.sort ?? index.order
  const place = sortPlace(field, index, call.store)
  const listing = {
    from: index.from,
    where: joined([index.among ?? sql`1`, compiled(query, index, call)], 'AND'),
    by: place,
    order,
    identity: [index.operation, query, field, order],
  }
  const { per_page = index.perPage, starting_after } = request.pagination ?? {}
  return cursorPage(listing, { per_page, starting_after }, call)
}

/** Up to version 2.15 Intercom takes any word for the direction, such as "desc". */
export const readDirection = (word: unknown): Order['order'] => {
  if (typeof word === 'string' && /^asc/i.test(word)) return 'ascending'
  return typeof word === 'string' && /^desc/i.test(word) ? 'descending' : defaultDirection
}

const compiled = <D>(query: Query, index: Index<D>, call: Call): Sql => {
  if (isGroup(query)) return joined(query.value.map((entry) => compiled(entry, index, call)), query.operator)
  const { field, operator } = query
  const type = typeOf(field, index, call.store)
  const operators = allowed(index.searchable, field, type)
  if (!operators.includes(operator))
    throw new Rejection(400, 'parameter_invalid', `${field} is of type ${type} and takes ${operators.join(' ')}, not ${operator}`, field)
  const values = valuesOf(field, type, operator, query.value)
  const at = placeOf(field, index)
  if (canLookUp(field, operator, values, index)) return call.store.holding(index.from, field, ...values.map(String))
  if (index.lists.includes(field)) return listMatches(at, operator, values)
  const words = index.words?.[field]
  if (words !== undefined && byWord.includes(operator) && values[0] !== null) return listMatches(column(words), operator, values)
  return type === 'date' ? dateMatches(at, operator, values, index.searchable, call) : matches(at, operator, values)
}

/** Operators that compare a text word by word, where words are kept; the others look at the whole text. */
const byWord: readonly Comparison[] = ['=', '!=', 'IN', 'NIN']

/** Operators that name the very values that a list holds. */
const byValue: readonly Comparison[] = ['=', 'IN']

const canLookUp = <D>(field: string, operator: Comparison, [value]: readonly Value[], { rare = [] }: Index<D>): boolean =>
  rare.includes(field) && byValue.includes(operator) && value !== null

const typeOf = <D>(field: string, { searchable, customType }: Index<D>, store: Store): FieldType => {
  const own = field.startsWith(searchable.custom) ? customType(store, field.slice(searchable.custom.length)) : undefined
  const type = own ?? (Object.hasOwn(searchable.fields, field) ? searchable.fields[field] : undefined)
  if (!type) throw new Rejection(400, 'invalid_field', `${field.slice(0, 100)} is not a valid search field`, 'field')
  return type
}

/** Where a field's value is found. The field is known, so its name is one of ours, or that of a custom attribute. */
const placeOf = <D>(field: string, { searchable, columns }: Index<D>): Sql => {
  if (field.startsWith(searchable.custom)) return { text: 'json_extract(custom, ?)', values: [attributePath(field.slice(searchable.custom.length))] }
  return column(columns?.[field] ?? field.replaceAll('.', '_'))
}

const sortPlace = <D>(field: string, index: Index<D>, store: Store): Sql => {
  typeOf(field, index, store)
  if (index.lists.includes(field)) throw new Rejection(400, 'invalid_field', `${field} holds several values and cannot be sorted by`, 'sort')
  return placeOf(field, index)
}

const dateMatches = (at: Sql, operator: Comparison, values: readonly Value[], { dates }: Searchable, { app }: Call): Sql => {
  const [moment] = values
  if (dates === 'second') return matches(at, bounds[operator] ?? operator, values)
  if (typeof moment !== 'number') return matches(at, operator, values)
  const { start, end } = dayOf(moment, app.timezone)
  if (operator === '=') return sql`(${at} >= ${start} AND ${at} < ${end})`
  return operator === '>' ? sql`${at} >= ${end}` : sql`${at} < ${start}`
}

const matches = (at: Sql, operator: Comparison, values: readonly Value[]): Sql => {
  const [value = null] = values
  if (value === null && operator === '=') return sql`${at} IS NULL`
  if (value === null && operator === '!=') return sql`${at} IS NOT NULL`
  return comparison[operator](at, value, values)
}

const any = (values: readonly Value[]): Sql => {
  const folded = values.map((value) => (typeof value === 'string' ? fold(value) : value))
  return sql`(SELECT value FROM json_each(${JSON.stringify(folded)}))`
}

/** Text is compared folded on both sides, and never as a pattern: % and _ mean themselves. */
const comparison: Readonly<Record<Comparison, (at: Sql, value: Value, values: readonly Value[]) => Sql>> = {
  '=': (at, value) => sql`${at} = ${value}`,
  '!=': (at, value) => sql`${at} IS NOT ${value}`,
  IN: (at, _, values) => sql`${at} IN ${any(values)}`,
  NIN: (at, _, values) => sql`(${at} IS NULL OR ${at} NOT IN ${any(values)})`,
  '<': (at, value) => sql`${at} < ${value}`,
  '<=': (at, value) => sql`${at} <= ${value}`,
  '>': (at, value) => sql`${at} > ${value}`,
  '>=': (at, value) => sql`${at} >= ${value}`,
  '~': (at, value) => sql`instr(${at}, ${value}) > 0`,
  '!~': (at, value) => sql`(CASE WHEN ${at} IS NULL THEN ${emptyPassesNotContains} ELSE instr(${at}, ${value}) = 0 END)`,
  '^': (at, value) => sql`substr(${at}, 1, length(${value})) = ${value}`,
  $: (at, value) => sql`substr(${at}, length(${at}) - length(${value}) + 1) = ${value}`,
}

const positive: Readonly<Partial<Record<Comparison, Comparison>>> = { '!=': '=', NIN: 'IN', '!~': '~' }

/** [inferred] A list passes when any element does; a negation when none does. */
const listMatches = (at: Sql, operator: Comparison, values: readonly Value[]): Sql => {
  const opposite = positive[operator]
  if (opposite) return sql`NOT ${listMatches(at, opposite, values)}`
  if (values[0] === null) return sql`(${at} IS NULL OR ${at} = '[]')`
  return sql`EXISTS (SELECT 1 FROM json_each(${at}) AS entry WHERE ${comparison[operator](sql`entry.value`, values[0] ?? null, values)})`
}
