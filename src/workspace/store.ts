import { floorCounter, type Whole, whole } from './contents.ts'
import { patience, type Patiently } from './patience.ts'
import { clauses, type Ranking } from './ranking.ts'
import type { Database } from './sqlite.ts'
import { type Sql, sql } from './sql.ts'
import { type Statements, statements, type Value } from './statements.ts'
import { listOf, type Tables, tables } from './tables.ts'
import { type Transaction, transactions } from './transactions.ts'

export { joined, type Sql, sql } from './sql.ts'

/** One kind of document: its table and the facts of it that can be searched or sorted by. */
export interface Collection<D> {
  readonly table: string
  /** Column name to SQL type, one per searchable standard field (dots become underscores); `id` is always there. */
  readonly columns: Readonly<Record<string, ColumnType>>
  /** Text is kept folded (see {@link fold}). A list is kept as JSON text: JSON.stringify(['1', '2']). */
  readonly facts: (document: D) => Readonly<Record<string, string | number | null>>
  /** Custom attributes, kept as JSONB beside the columns; top-level text is folded. */
  readonly custom?: (document: D) => Record<string, unknown>
  /** Columns looked up by value; `updated_at` always is. */
  readonly indexed?: readonly string[]
  /** What a document is where nothing is known: for those that people write by hand into a seed. */
  readonly blank?: Readonly<Record<string, unknown>>
  /** Columns that hold a list and are looked up by what it holds: see {@link Store.holding}. */
  readonly lists?: readonly string[]
}

export type ColumnType = 'TEXT' | 'INTEGER' | 'REAL'

/** Which documents, in which order. Columns of the collection, `id`, and `seq` (order of creation) can be named. */
export interface Selection {
  readonly where?: Sql
  readonly order?: Sql
  readonly limit?: number
  readonly offset?: number
}

export interface Keyed<D> {
  readonly document: D
  readonly key: string | number | null
  readonly seq: number
}

/** Documents by id and by facts. Without `order`, documents come in the order in which they were made. */
export interface Store {
  get<D>(from: Collection<D>, id: string | number): D | undefined
  /** Inserts or replaces; the facts are made anew. */
  put<D extends { id: string | number }>(into: Collection<D>, document: D): D
  remove<D>(from: Collection<D>, id: string | number): boolean
  find<D>(from: Collection<D>, selection?: Selection): D[]
  /** As `find`, with the value of an expression and the place in the order of creation of each. */
  findKeyed<D>(from: Collection<D>, key: Sql, selection?: Selection): Keyed<D>[]
  /** The first `limit` of an order. */
  first<D>(from: Collection<D>, ranking: Ranking, limit: number): Keyed<D>[]
  count<D>(from: Collection<D>, where?: Sql): number
  /**
   * Puts another document in the place of each that a filter finds, and that it then no longer finds. Where they are many this is
   * done bit by bit, to be seen by others meanwhile, and then the work that wants it starts over: see {@link Patiently}.
   */
  revise<D extends { id: string | number }>(of: Collection<D>, where: Sql, revised: (document: D) => D): void
  /** A table with a `value` and a `seq` for each element of the lists in a column. */
  elements<D>(from: Collection<D>, column: string): Sql
  /** The condition that the list in a column holds one of some values. */
  holding<D>(from: Collection<D>, column: string, ...values: string[]): Sql
  /** 1, 2, 3, ... kept in the database. */
  next(counter: string): number
  setting(name: string): string | undefined
  set(name: string, value: string): void
}

export interface TransactionalStore extends Store, Whole {
  /** Every collection that was used since the store was opened. */
  used(): readonly Collection<never>[]
  readonly transaction: Transaction
  readonly patiently: Patiently
  close(): void
}

/** A {@link Store} over an open database. */
export const openStore = (database: Database): TransactionalStore => {
  const asked = statements(database)
  const laid = tables(database, asked)
  const plain = { ...documents(asked, laid), ...settings(asked) }
  const transaction = transactions(database, laid)
  return {
    ...plain,
    patiently: patience(asked, laid, plain, transaction),
    ...whole(database, asked),
    used: laid.used,
    transaction,
    close: () => {
      asked.release()
      database.close()
    },
  }
}

type Kept = Pick<Store, 'get' | 'put' | 'remove'>
type Questions = Pick<Store, 'find' | 'findKeyed' | 'first' | 'count' | 'elements' | 'holding'>

const documents = (asked: Statements, laid: Tables): Kept & Questions & Pick<Store, 'revise'> => {
  const all = { ...kept(asked, laid), ...questions(asked, laid) }
  return {
    ...all,
    revise: (of, where, revised) => {
      for (const document of all.find(of, { where })) all.put(of, revised(document))
    },
  }
}

const kept = ({ get, run }: Statements, laid: Tables): Kept => ({
  get: <D>(from: Collection<D>, id: string | number) => {
    const { facts, documents } = laid.of(from)
    const row = get(`SELECT document FROM ${documents} WHERE seq = (SELECT seq FROM ${facts} WHERE id = ?)`, [String(id)])
    return row && (JSON.parse(String(row['document'])) as D) // only put writes there
  },
  put: (into, document) => {
    const seq = laid.write(into, document)
    const change = 'ON CONFLICT (seq) DO UPDATE SET document = excluded.document'
    run(`INSERT INTO ${laid.of(into).documents} (seq, document) VALUES (?, ?) ${change}`, [seq, JSON.stringify(document)])
    return document
  },
  remove: (from, id) => {
    const { facts, documents } = laid.of(from)
    const row = get(`DELETE FROM ${facts} WHERE id = ? RETURNING seq`, [String(id)])
    if (row) run(`DELETE FROM ${documents} WHERE seq = ?`, [Number(row['seq'])])
    return row !== undefined
  },
})

const questions = ({ all, get }: Statements, laid: Tables): Questions => {
  const findKeyed = <D>(from: Collection<D>, key: Sql, selection: Selection = {}): Keyed<D>[] => {
    const tables = laid.of(from)
    const { text, values } = selected(tables.facts, sql`seq, ${key} AS key`, { order: asMade(selection), ...selection })
    // the facts are narrow, so filter and sort there; only the rows asked for touch a document
    const document = `SELECT document FROM ${tables.documents} WHERE seq = ?`
    return all(text, values).map((row) => ({
      document: JSON.parse(String(get(document, [Number(row['seq'])])?.['document'])) as D, // only put writes there
      key: row['key'] as Value, // what SQLite gives for an expression over such columns
      seq: Number(row['seq']),
    }))
  }
  const elements = <D>(from: Collection<D>, key: string): Sql => {
    laid.of(from) // at its first use it has yet to be made
    return { text: listOf(from, key), values: [] }
  }
  return {
    find: (from, selection) => findKeyed(from, sql`NULL`, selection).map(({ document }) => document),
    findKeyed,
    first: (from, ranking, limit) => findKeyed(from, ranking.by, { ...clauses(ranking), limit }),
    count: (from, where) => {
      const { text, values } = selected(laid.of(from).facts, sql`count(*) AS n`, { where })
      return Number(get(text, values)?.['n'])
    },
    elements,
    holding: (from, key, ...values) => sql`seq IN (SELECT seq FROM ${elements(from, key)} WHERE value IN (SELECT value FROM json_each(${JSON.stringify(values)})))`,
  }
}

/** The order of creation. Where all that a filter finds is wanted, +seq keeps SQLite from reading the whole table for that order's sake. */
const asMade = ({ where, limit }: Selection): Sql => (where && limit === undefined ? sql`+seq` : sql`seq`)

const selected = (facts: string, what: Sql, { where, order, limit, offset }: Selection): Sql => {
  const clauses = [where && ` WHERE ${where.text}`, order && ` ORDER BY ${order.text}`, limit !== undefined && ' LIMIT ? OFFSET ?']
  const bounds = limit === undefined ? [] : [limit, offset ?? 0]
  return {
    text: `SELECT ${what.text} FROM ${facts}${clauses.filter(Boolean).join('')}`,
    values: [...what.values, ...(where?.values ?? []), ...(order?.values ?? []), ...bounds],
  }
}

const counting = `INSERT INTO counter (name, value) VALUES (?, 1 + coalesce((SELECT value FROM counter WHERE name = ?), 0))
  ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value`

const settings = ({ get, run }: Statements): Pick<Store, 'next' | 'setting' | 'set'> => ({
  next: (counter) =>
    Number(get(counting, [counter, floorCounter])?.['value']),
  setting: (name) => get('SELECT value FROM setting WHERE name = ?', [name])?.['value'] as string | undefined, // the column is TEXT NOT NULL
  set: (name, value) => run('INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value', [name, value]),
})
