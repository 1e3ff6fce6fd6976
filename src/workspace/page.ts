import { type Call, Rejection } from './handler.ts'
import type { Collection, Sql } from './store.ts'

/** Items and `pages` of one numbered page. */
export interface NumberedPage<T> {
  readonly items: T[]
  readonly total: number
  readonly pages: { type: 'pages'; page: number; per_page: number; total_pages: number; next?: string | null }
}

export interface PageRequest {
  readonly page?: number
  readonly per_page?: number
}

export interface Numbering {
  /** Path of the list for `pages.next`, with a query of its own where it has one. */
  readonly path: string
  /** Items a page when the request does not say. */
  readonly perPage: number
  /** What stands in for `next` on the last page: Intercom answers null on some lists and leaves it out on others. */
  readonly last: 'null' | 'absent'
}

/** One page of a list that is at hand. Beyond the last page it is empty, since the official client stops only there. */
export const pageOf = <T>(all: readonly T[], request: PageRequest, numbering: Numbering, call: Call): NumberedPage<T> => {
  const { page, perPage } = bounds(request, numbering)
  return numbered(all.slice((page - 1) * perPage, page * perPage), all.length, { page, perPage }, numbering, call.url)
}

/** One page of a collection. */
export const pageFrom = <D>(
  from: Collection<D>,
  selection: { where?: Sql; order?: Sql },
  request: PageRequest,
  numbering: Numbering,
  call: Call,
): NumberedPage<D> => {
  const { page, perPage } = bounds(request, numbering)
  const items = call.store.find(from, { ...selection, limit: perPage, offset: (page - 1) * perPage })
  return numbered(items, call.store.count(from, selection.where), { page, perPage }, numbering, call.url)
}

const bounds = (request: PageRequest, { perPage }: Numbering): { page: number; perPage: number } => {
  const page = request.page ?? 1
  if (!Number.isSafeInteger(page * (request.per_page ?? perPage))) throw new Rejection(400, 'parameter_invalid', 'page is too large', 'page')
  return { page, perPage: request.per_page ?? perPage }
}

const numbered = <T>(
  items: T[],
  total: number,
  at: { page: number; perPage: number },
  { path, last }: Numbering,
  url: Call['url'],
): NumberedPage<T> => {
  const total_pages = Math.ceil(total / at.perPage)
  const query = `${path.includes('?') ? '&' : '?'}per_page=${at.perPage}&page=${at.page + 1}`
  const next = at.page < total_pages ? url(path + query) : null
  const pages = { type: 'pages' as const, page: at.page, per_page: at.perPage, total_pages }
  return { items, total, pages: next === null && last === 'absent' ? pages : { ...pages, next } }
}
