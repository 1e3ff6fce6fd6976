import type { CallContext } from '../call.ts'
import type { Exact } from './filter-dates.ts'
import { all } from './filter-tree.ts'
import { noonOf } from './local-time.ts'
import { type Answered, askFor, type Document, type Request, type Search } from './request.ts'

/** Pages read on while nothing on them is within the time. */
const mostPages = 5

/** Items read of a day that is partly outside, to count them: three pages. */
const mostOfDay = 450

/**
 * Searches by whole days, which is all that Intercom does here, and leaves out what is outside the time. The total tells how
 * many are within it, as long as the days that are partly outside can be read whole.
 */
export const withinTimes = async (search: Search, request: Request, exact: readonly Exact[], context: CallContext): Promise<Answered> => {
  const isWithin = (item: Document) => exact.every((range) => holds(range, item))
  const { output, seen } = await firstWithin(search, request, isWithin, context)
  const kept = output.items.filter(isWithin)
  const isAll = request.pagination.starting_after === undefined && output.next === undefined && seen === output.items.length
  const outside = isAll ? { ids: new Set(output.items.filter((item) => !isWithin(item)).map(({ id }) => id)), whole: true } : await outsideOf(search, request, exact, isWithin, context)
  const total = (output.total ?? kept.length) - outside.ids.size
  return { output: { ...output.answer, [search.items]: kept, total_count: total }, note: told(outside, kept.length === 0 && output.next !== undefined) }
}

const firstWithin = async (search: Search, request: Request, isWithin: (item: Document) => boolean, context: CallContext) => {
  let output = await askFor(search, request, context)
  let seen = output.items.length
  for (let page = 1; page < mostPages && output.next !== undefined && !output.items.some(isWithin); page += 1) {
    output = await askFor(search, { ...request, pagination: { ...request.pagination, starting_after: output.next } }, context)
    seen += output.items.length
  }
  return { output, seen }
}

/** Those of the days that are partly outside which are outside. */
const outsideOf = async ({ operation, fit }: Search, { query }: Request, exact: readonly Exact[], isWithin: (item: Document) => boolean, { client, signal }: CallContext) => {
  const days = exact.flatMap(({ field, days: starts }) => starts.map((start) => ({ field, operator: '=' as const, value: noonOf(start) })))
  const read = await Promise.all(days.map((day) => client.collect(operation, { query: fit(all(query, day)) }, { items: mostOfDay, signal })))
  const items = read.flatMap((collected) => collected.items as Document[]) // the client has checked that they have ids
  return { ids: new Set(items.filter((item) => !isWithin(item)).map(({ id }) => id)), whole: read.every(({ gap }) => gap === undefined) }
}

const told = ({ ids, whole }: { ids: ReadonlySet<unknown>; whole: boolean }, goesOn: boolean): string =>
  [
    ids.size === 0 ? '' : `Intercom matches contacts by whole days; ${ids.size} whom it found ${ids.size === 1 ? 'is' : 'are'} outside the time asked for and left out.`,
    whole ? '' : 'There were too many to look at all: the total may count more that are outside.',
    goesOn ? 'None so far is within it; next_cursor goes on.' : '',
  ]
    .filter(Boolean)
    .join(' ')

const holds = ({ field, from = -Infinity, until = Infinity }: Exact, item: Document): boolean => {
  const value = valueAt(item, field)
  return typeof value === 'number' && value >= from && value < until
}

const custom = 'custom_attributes.'

const valueAt = (item: Document, field: string): unknown =>
  field.startsWith(custom) ? (item.custom_attributes as Document | null | undefined)?.[field.slice(custom.length)] : item[field]
