import { type Sql, sql } from './sql.ts'

/** Where a document stands in an order: its sort key, and its place in the order of creation. */
export type Place = readonly [key: string | number | null, seq: number]

/** Which documents, in which order and from where on. Equal keys come in the order of creation, and nulls as the smallest. */
export interface Ranking {
  readonly where: Sql
  /** The expression that is sorted by. */
  readonly by: Sql
  readonly order: 'ascending' | 'descending'
  /** Only what comes after this place. */
  readonly after?: Place | undefined
}

/** As SQL's clauses. */
export const clauses = ({ where, by, order, after }: Ranking): { where: Sql; order: Sql } => ({
  where: after ? sql`(${where}) AND ${beyond[order](by, after)}` : where,
  order: sorted[order](by),
})

/** What comes right after a place, said so that an index on the key serves: null keys and others are not mixed. */
export const rightAfter = ({ by, order, after }: Ranking): Sql => {
  if (!after) return sql`1`
  const [key, seq] = after
  if (order === 'ascending') return key === null ? sql`${by} IS NULL AND seq > ${seq}` : sql`(${by}, seq) > (${key}, ${seq})`
  return key === null ? sql`${by} IS NULL AND seq < ${seq}` : sql`(${by}, seq) < (${key}, ${seq})`
}

const sorted = {
  ascending: (by: Sql) => sql`${by}, seq`,
  descending: (by: Sql) => sql`${by} DESC, seq DESC`,
} as const

/** SQLite sorts NULL first, and compares nothing with it. */
const beyond = {
  ascending: (by: Sql, [key, seq]: Place) => (key === null ? sql`(${by} IS NOT NULL OR seq > ${seq})` : sql`(${by}, seq) > (${key}, ${seq})`),
  descending: (by: Sql, [key, seq]: Place) =>
    key === null ? sql`(${by} IS NULL AND seq < ${seq})` : sql`(${by} IS NULL OR (${by}, seq) < (${key}, ${seq}))`,
} as const
