import * as z from 'zod'
import type { Noun } from '../../contract/nouns.ts'
import type { Operation } from '../../contract/operation.ts'
import { shape } from '../../contract/shape.ts'
import { plain } from '../../view/plain.ts'
import { view } from '../../view/view.ts'
import { cut } from '../../view/fit.ts'
import type { CallContext } from '../call.ts'
import { type Clause, clauseOf, type Filter, together } from './filter-clause.ts'
import type { Exact } from './filter-dates.ts'
import { fieldNamed } from './filter-fields.ts'
import type { Refinement } from '../refinements.ts'
import { withinTimes } from './days.ts'
import { type Depth, searchDeep, type Sought } from './depth.ts'
import { checked, type FlatInput, searchInput } from './input.ts'
import { readerOf, type SearchReader } from './reader.ts'
import { type Answered, askFor, everything, type Request, type Search, searchOf } from './request.ts'
import { textClause, wordsOf } from './text.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What one search tool knows beyond its operation. */
export interface Tongue {
  readonly noun: Noun
  readonly vocabulary: Vocabulary
  /** A filter, and what `text` finds, for who reads the tool's description. */
  readonly example: string
  readonly text: string
  /** How far words are looked for, where Intercom's search ends. */
  readonly depth?: Depth
}

/** Lets a search take flat filters in people's words. */
export const flatSearch = (operation: Operation, tongue: Tongue): Refinement => ({
  input: searchInput(tongue.example, tongue.text),
  prepare: async (asked) => checked(operation, asked),
  ask: (prepared, asked, context) => (asked.query === undefined ? found(searchOf(operation), tongue, prepared as unknown as Prepared, context) : asItIs(operation, prepared, context)), // as `checked` made it
  ...(tongue.depth && { present: presenting(operation, tongue.noun, tongue.depth) }),
})

type Prepared = FlatInput & Pick<Request, 'pagination' | 'sort'>

const asItIs = async (operation: Operation, prepared: Record<string, unknown>, context: CallContext): Promise<Answered> => ({
  output: (await askFor(searchOf(operation), prepared as unknown as Request, context)).answer, // as the operation's input was parsed
})

/** Shows with each where the words were found. */
const presenting = (operation: Operation, noun: Noun, { id }: Depth): NonNullable<Refinement['present']> => {
  const Excerpt = shape({}, { [id]: z.string(), found_in: z.string() })
  const output = (operation.output as z.ZodObject).extend({ excerpts: z.array(Excerpt).nullish() }) // every search answers an object
  return (answer, _, manner) => view(noun, { ...operation, output }, answer, manner)
}

const found = async (search: Search, { vocabulary, depth }: Tongue, prepared: Prepared, context: CallContext): Promise<Answered> => {
  const { starting_after, ...pagination } = prepared.pagination
  const cursor = openedCursor(starting_after)
  const now = cursor.now ?? Math.floor(context.now() / 1000)
  const reader = readerOf(search.operation, vocabulary, context, now)
  const filters = await clauseOfAll(prepared, reader)
  const text = prepared.text === undefined ? undefined : textClause(prepared.text, vocabulary)
  const clause = together([filters, text].filter((each) => each !== undefined), 'all')
  const sort = prepared.sort && { ...prepared.sort, field: (await fieldNamed(prepared.sort.field, reader)).name }
  const request = { query: filters || text ? clause.query : everything, pagination: { ...pagination, ...(cursor.place && { starting_after: cursor.place }) }, ...(sort && { sort }) }
  const sought = depth && prepared.text !== undefined ? { depth, words: wordsOf(prepared.text), rest: filters?.query ?? everything } : undefined
  const answered = await answer(search, request, { exact: clause.exact, sought }, context)
  return { output: clause.relative ? withClock(answered.output, now) : answered.output, note: await noteOf(answered, clause, reader) }
}

interface Beyond {
  readonly exact: readonly Exact[]
  readonly sought: Sought | undefined
}

/** What Intercom's search answers and, where it cannot do all that is asked, more than that. */
const answer = async (search: Search, request: Request, { exact, sought }: Beyond, context: CallContext): Promise<Answered> => {
  if (exact.length) return withinTimes(search, request, exact, context)
  if (sought) return searchDeep(search, request, sought, context)
  return { output: (await askFor(search, request, context)).answer }
}

/** Undefined when there is no filter. */
const clauseOfAll = async ({ filters = [], groups = [], match = 'all' }: FlatInput, reader: SearchReader): Promise<Clause | undefined> => {
  const read = (some: readonly Filter[]) => Promise.all(some.map((filter) => clauseOf(filter, reader)))
  const grouped = await Promise.all(groups.filter((group) => group.filters.length).map(async (group) => together(await read(group.filters), group.match ?? 'all')))
  const clauses = [...(await read(filters)), ...grouped]
  return clauses.length ? together(clauses, match) : undefined
}

/** Characters of what was searched for, repeated. */
const longest = 600

const noteOf = async ({ output, note }: Answered, clause: Clause, reader: SearchReader): Promise<string | undefined> => {
  const empty = output.total_count === 0
  const zone = await reader.zone()
  const said = cut(plain(`${empty ? 'Nothing matches' : 'Searched for'}: ${clause.said || 'everything'}${zone && ` (dates in ${zone})`}.`).replace(/\s+/g, ' '), longest)
  const rounded = clause.rounded ? 'Intercom matches contacts by whole days, and among alternatives the times of day were ignored.' : ''
  return [empty || clause.interpreted ? said : '', rounded, note].filter(Boolean).join(' ') || undefined
}

/** What a relative date means moves on; the pages of one search must not. So their cursor keeps the time of the first. */
const withClock = (output: Answered['output'], now: number): Answered['output'] => {
  const { pages } = output as { pages?: { next?: { starting_after?: string } | null } | null }
  const place = pages?.next?.starting_after
  return place === undefined ? output : { ...output, pages: { ...pages, next: { ...pages?.next, starting_after: `${now}~${place}` } } }
}

const openedCursor = (starting_after: string | undefined): { now?: number; place?: string } => {
  const [, now, place] = /^(\d{9,11})~(.+)$/s.exec(starting_after ?? '') ?? []
  return place === undefined ? { place: starting_after } : { now: Number(now), place }
}
