import { setImmediate as nextTurn } from 'node:timers/promises'
import { clauses, rightAfter, type Ranking } from './ranking.ts'
import { column, type Sql, sql } from './sql.ts'
import type { Row, Statements } from './statements.ts'
import type { Collection } from './store.ts'
import type { Tables } from './tables.ts'

/** Rows that are looked at in one turn of the event loop: one or two milliseconds, so that other requests never wait long. */
const slice = 2_500

/** Rows that are looked at in one turn where an index leads to them, each on another page of the file. */
const ahead = 800

/** A table with more rows is looked through in slices. */
const large = 20_000

/** So few matches of a filter are remembered one by one. */
const few = 1_000

/** What a filter finds. */
export interface Matches {
  readonly total: number
  /** Their places in the order of creation, when they are few. */
  readonly seqs?: readonly number[]
}

type From = Collection<never>

/** Ways to look at tables that may be large. */
export interface Looker {
  /** Whether a look at all that a filter finds would keep the event loop. */
  readonly takesLong: (from: From, where: Sql) => boolean
  readonly matches: (from: From, where: Sql) => Promise<Matches>
  /** The places of the first of an order, as far as they are among the rows that come next in an index; fewer when they are not. */
  readonly next: (from: From, ranking: Ranking, limit: number) => number[]
  /** The places of the first of an order, wherever they are. */
  readonly first: (from: From, ranking: Ranking, limit: number) => Promise<number[]>
}

export const looker = ({ all }: Statements, laid: Tables): Looker => {
  const ask = ({ text, values }: Sql): Row[] => all(text, values)
  const seqs = (question: Sql): number[] => ask(question).map((row) => Number(row['seq']))
  const rowsOf = (from: From): Sql => ({ text: `FROM ${laid.of(from).facts}`, values: [] })
  const last = (from: From): number => Number(ask(sql`SELECT max(seq) AS last ${rowsOf(from)}`)[0]?.['last'])
  const isNarrow = narrowness(ask)
  const turn = turns()

  /** One part of the table after another. No index is used, or each part might cost as much as the whole. */
  const through = async (from: From, visit: (part: Sql) => void): Promise<void> => {
    for (let at = 0, end = last(from); at < end; at += slice) {
      await turn()
      visit(sql`${rowsOf(from)} NOT INDEXED WHERE seq > ${at} AND seq <= ${at + slice}`)
    }
  }

  return {
    takesLong: (from, where) => last(from) > large && !isNarrow(sql`${rowsOf(from)} WHERE ${where}`),
    next: (from, ranking, limit) => (isIndexed(from, ranking.by) ? seqs(nearest(rowsOf(from), ranking, limit)) : []),

    matches: async (from, where) => {
      let total = 0
      let found: number[] | undefined = []
      await through(from, (part) => {
        const here = Number(ask(sql`SELECT count(*) AS n ${part} AND (${where})`)[0]?.['n'])
        total += here
        if (total > few) found = undefined
        else if (here > 0) found?.push(...seqs(sql`SELECT seq ${part} AND (${where})`))
      })
      return found ? { total, seqs: found } : { total }
    },

    first: async (from, ranking, limit) => {
      const { where, order } = clauses(ranking)
      const best = (among: Sql): number[] => seqs(sql`SELECT seq ${among} AND (${where}) ORDER BY ${order} LIMIT ${limit}`)
      let found: number[] = []
      await through(from, (part) => {
        found.push(...best(part))
        if (found.length > few) found = best(sql`${rowsOf(from)} WHERE ${oneOf(found)}`)
      })
      return best(sql`${rowsOf(from)} WHERE ${oneOf(found)}`)
    },
  }
}

export const oneOf = (seqs: readonly number[]): Sql => sql`seq IN (SELECT value FROM json_each(${JSON.stringify(seqs)}))`

/** A limit on the rows that are looked at, and one on those that fit. */
const nearest = (rows: Sql, ranking: Ranking, limit: number): Sql => {
  const next = sql`SELECT seq, (${ranking.where}) AS fits ${rows} WHERE ${rightAfter(ranking)} ORDER BY ${clauses(ranking).order} LIMIT ${ahead}`
  return sql`SELECT seq FROM (${next}) WHERE fits LIMIT ${limit}`
}

const isIndexed = ({ indexed = [], columns }: From, { text }: Sql): boolean =>
  [...indexed, ...('updated_at' in columns ? ['updated_at'] : [])].some((key) => text === key || text === column(key).text)

/** As many filters as it is remembered of how they are found. */
const remembered = 500

/** Whether SQLite finds the few rows of a filter by their exact key in an index. Told by the filter's text, whatever its values. */
const narrowness = (ask: (question: Sql) => Row[]) => {
  const known = new Map<string, boolean>()
  return (filtered: Sql): boolean => {
    const plan = sql`EXPLAIN QUERY PLAN SELECT seq ${filtered}`
    const found = known.get(plan.text) ?? /^SEARCH .*=\?/.test(String(ask(plan)[0]?.['detail']))
    if (known.size >= remembered) known.clear()
    known.set(plan.text, found)
    return found
  }
}

/** One slice of one request a turn, however many there are. */
const turns = () => {
  let last: Promise<unknown> = Promise.resolve()
  return (): Promise<unknown> => (last = last.then(() => nextTurn()))
}
