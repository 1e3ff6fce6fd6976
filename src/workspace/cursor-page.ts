import { type Position, seal, unseal } from './cursor.ts'
import type { Call } from './handler.ts'
import type { Ranking } from './ranking.ts'
import type { Collection } from './store.ts'

/** What is listed and in which order. */
export interface Listing<D> extends Omit<Ranking, 'after'> {
  readonly from: Collection<D>
  /** Endpoint, query and order, as JSON: a cursor serves no other. */
  readonly identity: unknown
}

export interface CursorRequest {
  readonly per_page: number
  readonly starting_after?: string | null | undefined
}

/** The items of one page, how many there are on all, and `pages` with its cursor to the next. */
export const cursorPage = <D>({ from, identity, ...ranking }: Listing<D>, { per_page, starting_after }: CursorRequest, { store }: Call) => {
  const [key = null, seq, before = 0]: Position | [] = starting_after ? unseal(starting_after, identity, store) : []
  const total = store.count(from, ranking.where)
  const rows = store.first(from, { ...ranking, after: seq === undefined ? undefined : [key, seq] }, per_page + 1)
  const page = before + 1
  const last = rows.length > per_page ? rows[per_page - 1] : undefined
  const next = last && { per_page, page: page + 1, starting_after: seal([last.key, last.seq, page], identity, store) }
  return {
    items: rows.slice(0, per_page).map(({ document }) => document),
    total,
    // the last page has no next at all, rather than null
    pages: { type: 'pages', page, per_page, total_pages: Math.ceil(total / per_page), ...(next && { next }) },
  }
}
