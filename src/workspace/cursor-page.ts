import { type Position, seal, unseal } from './cursor.ts'
import type { Call } from './handler.ts'
import { type Collection, type Sql, sql } from './store.ts'

/** What is listed and in which order. */
export interface Listing<D> {
  readonly from: Collection<D>
  readonly where: Sql
  /** The expression that is sorted by; equal keys come in the order of creation, and nulls as the smallest. */
  readonly by: Sql
  readonly order: 'ascending' | 'descending'
  /** Endpoint, query and order, as JSON: a cursor serves no other. */
  readonly identity: unknown
}

export interface CursorRequest {
  readonly per_page: number
  readonly starting_after?: string | null | undefined
}

/** The items of one page, how many there are on all, and `pages` with its cursor to the next. */
export const cursorPage = <D>({ from, where, by, order, identity }: Listing<D>, { per_page, starting_after }: CursorRequest, { store }: Call) => {
  const after = starting_after ? unseal(starting_after, identity, store) : undefined
  const total = store.count(from, where)
  const rest = after ? sql`${where} AND ${beyond[order](by, after)}` : where
  const rows = store.findKeyed(from, by, { where: rest, order: sorted[order](by), limit: per_page + 1 })
  const page = after ? after[2] + 1 : 1
  const last = rows.length > per_page ? rows[per_page - 1] : undefined
  const next = last && { per_page, page: page + 1, starting_after: seal([last.key, last.seq, page], identity, store) }
  return {
    items: rows.slice(0, per_page).map(({ document }) => document),
    total,
    // the last page has no next at all, rather than null
    pages: { type: 'pages', page, per_page, total_pages: Math.ceil(total / per_page), ...(next && { next }) },
  }
}

const sorted = {
  ascending: (by: Sql) => sql`${by}, seq`,
  descending: (by: Sql) => sql`${by} DESC, seq DESC`,
} as const

/** The rows after a position. SQLite sorts NULL first, and compares nothing with it. */
const beyond = {
  ascending: (by: Sql, [key, seq]: Position) =>
    key === null ? sql`(${by} IS NOT NULL OR seq > ${seq})` : sql`(${by}, seq) > (${key}, ${seq})`,
  descending: (by: Sql, [key, seq]: Position) =>
    key === null ? sql`(${by} IS NULL AND seq < ${seq})` : sql`(${by} IS NULL OR (${by}, seq) < (${key}, ${seq}))`,
} as const
