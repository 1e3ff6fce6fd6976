import type { Operation } from '../contract/operation.ts'
import { itemsIn, type Paging } from '../contract/paging.ts'
import { isRecord } from './recognise.ts'

type Input = Record<string, unknown>

/** Search endpoints take their paging in `pagination`, lists at the top. */
const nests = (operation: Operation): boolean => 'pagination' in operation.input.shape

const pagingOf = (operation: Operation, input: Input): Input => {
  const paging = nests(operation) ? input.pagination : input
  return isRecord(paging) ? paging : {}
}

const withPaging = (operation: Operation, input: Input, paging: Input): Input =>
  nests(operation) ? { ...input, pagination: { ...pagingOf(operation, input), ...paging } } : { ...input, ...paging }

/** Whether pages of this list can be asked for in a size. */
const isSized = (operation: Operation): boolean => nests(operation) || 'per_page' in operation.input.shape

/** The input with a page size the endpoint takes (it answers an error above its maximum), and of at most so many items. */
export const clamp = (operation: Operation, input: Input, most = Infinity): Input => {
  if (!operation.paging || !isSized(operation)) return input
  const { per_page: asked = Math.min(operation.paging.default, most) } = pagingOf(operation, input)
  if (typeof asked !== 'number') return input
  const per_page = Math.max(1, Math.min(asked, operation.paging.max, most))
  return per_page === (pagingOf(operation, input).per_page ?? operation.paging.default) ? input : withPaging(operation, input, { per_page })
}

/** The input with as large a page as `wanted` items need, unless it says a size itself. */
export const sized = (operation: Operation, input: Input, wanted: number): Input => {
  if (!operation.paging || 'per_page' in pagingOf(operation, input) || !isSized(operation)) return input
  return withPaging(operation, input, { per_page: Math.max(1, Math.min(wanted, operation.paging.max)) })
}

/** A place in a list: an opaque cursor, a moment, or the number of a page. */
export type Place = string | number

/** The input field that names a place. */
const field = { cursor: 'starting_after', page: 'page', scroll: 'scroll_param', before: 'before' } as const

/** Where the input begins; at page 1 unless it says. */
export const startOf = (operation: Operation, input: Input): unknown => (operation.paging && pagingOf(operation, input)[field[operation.paging.style]]) ?? 1

export const at = (operation: Operation, input: Input, place: Place): Input =>
  withPaging(operation, input, { [field[operation.paging!.style]]: place })

/** One page, read. `next` is undefined on the last. */
export interface Page {
  readonly items: unknown[]
  readonly total?: number
  readonly next?: Place
  /** Whether upstream says that there is a next page, be it in words that cannot be followed. */
  readonly more: boolean
}

export const pageOf = (paging: Paging | undefined, answer: unknown): Page => {
  const body = answer as Input // understood already, and no operation answers anything but an object
  const pages = isRecord(body.pages) ? body.pages : {}
  const next = paging && nextOf[paging.style](pages, body)
  return {
    items: itemsOf(paging, body),
    total: typeof body.total_count === 'number' ? body.total_count : undefined,
    next,
    more: saysMore(pages.next),
  }
}

const saysMore = (next: unknown): boolean => (typeof next === 'object' && next !== null ? Object.keys(next).length > 0 : Boolean(next))

/** Intercom does not always use the key it documents (`companies` for `data`): then the only list is meant. */
const itemsOf = (paging: Paging | undefined, body: Input): unknown[] => {
  const lists = Object.values(body).filter(Array.isArray)
  return (paging && itemsIn(body, paging)) ?? (lists.length === 1 ? lists[0]! : [])
}

/**
 * `pages.next` is an object, a URL, null or absent, whatever is documented. Of a URL only the page or cursor is read: where
 * it points is upstream's word, and a request goes nowhere but to the configured host.
 */
const nextOf: Readonly<Record<Paging['style'], (pages: Input, body: Input) => Place | undefined>> = {
  cursor: ({ next }) => cursorIn(fieldsIn(next).starting_after),
  page: ({ next, page, total_pages: last }) => {
    const number = Number(fieldsIn(next).page)
    if (Number.isInteger(number) && number > 0) return number
    return next === undefined && typeof page === 'number' && typeof last === 'number' && page < last ? page + 1 : undefined // some lists leave it out
  },
  before: ({ next }) => cursorIn(fieldsIn(next).before),
  // the parameter is there even beside the last items; only an empty page is the end
  scroll: (_, { data, scroll_param }) => (Array.isArray(data) && data.length > 0 ? cursorIn(scroll_param) : undefined),
}

const fieldsIn = (next: unknown): Input => (typeof next === 'string' ? Object.fromEntries(new URLSearchParams(next.split('?')[1])) : isRecord(next) ? next : {})

/** A text; but numbers come for texts. */
const cursorIn = (value: unknown): string | undefined => (typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : undefined)
