import type { Operation } from '../contract/operation.ts'
import { Failure } from './failure.ts'
import type { Limits } from './limits.ts'
import { at, type Page, pageOf, sized, startOf } from './pages.ts'
import { isRecord } from './recognise.ts'

/** A list, walked. `total` is Intercom's own count; `gap` says in a sentence what is missing or doubtful, if anything. */
export interface Collected {
  readonly items: unknown[]
  readonly total?: number
  readonly gap?: string
}

export type ReadPage = (input: Record<string, unknown>) => Promise<unknown>

/**
 * Walks a list page by page until its end, the cap, or the first sign that it has none. What cannot be had is told in `gap`;
 * only a first page that fails, or a caller who left, is a failure.
 */
export const collect = async (operation: Operation, input: Record<string, unknown>, read: ReadPage, limits: Pick<Limits, 'items' | 'pages'>): Promise<Collected> => {
  const walk = walkOf(limits.items, operation.paging?.identity)
  let asked = sized(operation, input, limits.items)
  const visited = new Set<unknown>()
  const visit = (place: unknown) => operation.paging?.style !== 'scroll' && visited.add(place) // a scroll has one place for all its pages
  visit(startOf(operation, asked))
  for (let count = 1; ; count++) {
    const page = await read(asked).then((answer) => pageOf(operation.paging, answer), (failure: unknown) => walk.broken(failure, count))
    if (!page) return walk.end()
    walk.add(page)
    const stop = page.next === undefined ? ending(page, walk.complete()) : (walk.full() ?? stopOf(page, count, visited, limits))
    if (stop !== undefined) return walk.end(stop)
    visit(page.next)
    asked = at(operation, asked, page.next!)
  }
}

const ending = ({ more }: Page, complete: string): string =>
  [complete, ...(more ? ['Intercom says that there is more, but not where'] : [])].filter(Boolean).join('; ')

const stopOf = ({ next }: Page, count: number, visited: ReadonlySet<unknown>, { pages }: Pick<Limits, 'pages'>): string | undefined => {
  if (visited.has(next)) return `stopped after ${count} pages: Intercom's list leads back to a page already read`
  return count >= pages ? `stopped after ${pages} pages, the most read in one go` : undefined
}

const walkOf = (most: number, identity: readonly string[] = ['id']) => {
  const items: unknown[] = []
  const seen = new Set<string | undefined>()
  const gaps: string[] = []
  let repeats = 0
  let left = 0
  let total: number | undefined

  const addItem = (item: unknown) => {
    const known = isRecord(item) ? told(item, identity) : undefined
    if (seen.has(known)) repeats += 1
    else if (items.length >= most) left += 1
    else items.push(item)
    if (known !== undefined) seen.add(known)
  }
  return {
    add: (page: Page) => {
      total = page.total ?? total
      page.items.forEach(addItem)
    },
    /** Why to stop although there is more, or undefined. */
    full: (): string | undefined => (items.length >= most ? capped(items.length, total, left) : undefined),
    /** What to say at the end of the list; empty when it was read whole. */
    complete: (): string => {
      if (left > 0) return capped(items.length, total, left)
      return total !== undefined && total !== items.length + repeats ? `Intercom counts ${total} but listed ${items.length + repeats}` : ''
    },
    broken: (failure: unknown, count: number): undefined => {
      if (count === 1 || !(failure instanceof Failure) || failure.code === 'cancelled') throw failure
      gaps.push(`stopped after ${count - 1} pages: ${failure.advice}`)
    },
    end: (gap?: string): Collected => {
      if (gap) gaps.push(gap)
      if (repeats > 0) gaps.push(`${repeats} came twice and ${repeats === 1 ? 'was' : 'were'} dropped: the list changed while it was read`)
      return { items, ...(total !== undefined && { total }), ...(gaps.length > 0 && { gap: gaps.join('; ') }) }
    },
  }
}

/** What tells an item from others; undefined when it does not say all of that. A number and its text are the same. */
const told = (item: Record<string, unknown>, identity: readonly string[]): string | undefined => {
  const values = identity.map((field) => item[field] ?? undefined)
  return values.includes(undefined) ? undefined : JSON.stringify(values.map(String))
}

const capped = (read: number, total: number | undefined, left: number): string => {
  const untold = (total ?? 0) - read
  const more = untold > 0 ? `${untold} more were` : left > 0 ? `at least ${left} more were` : 'more were'
  return `stopped at ${read} items; ${more} left unread`
}
