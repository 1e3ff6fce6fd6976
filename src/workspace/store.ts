import type { Database } from './sqlite.ts'
import { column, fold, type Sql, sql } from './sql.ts'

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
  count<D>(from: Collection<D>, where?: Sql): number
  /** 1, 2, 3, ... kept in the database. */
  next(counter: string): number
  setting(name: string): string | undefined
  set(name: string, value: string): void
}

export interface TransactionalStore extends Store {
  /** All of `work` or, when it throws, nothing. `write` takes the write lock first. */
  transaction<T>(mode: 'read' | 'write', work: () => T): T
  close(): void
}

type Value = string | number | null

/** A {@link Store} over an open database. Tables are made when a collection is first used. */
export const openStore = (database: Database): TransactionalStore => {
  const { all, get, run, release } = statements(database)
  const known = new Set<string>()
  const insertions = new Map<string, { columns: readonly string[]; text: string }>()

  const table = <D>(collection: Collection<D>): string => {
    if (known.has(collection.table)) return collection.table
    const present = all(`PRAGMA table_info(${name(collection.table)})`, []).map((row) => String(row['name']))
    if (present.join() !== columnsOf(collection).join()) lay(collection, present.length > 0)
    known.add(collection.table)
    return collection.table
  }

  /** Makes the tables; when a later version knows more facts, makes the facts anew from the documents. */
  const lay = <D>(collection: Collection<D>, present: boolean): void => {
    if (present) database.exec(`DROP TABLE ${name(collection.table)}`)
    database.exec(tablesOf(collection))
    for (const { seq, document } of all(`SELECT seq, document FROM ${name(`${collection.table}_document`)}`, []))
      write(collection, JSON.parse(String(document)) as D & { id: string | number }, Number(seq))
  }

  /** Made once: the text is long, and every document of a collection goes the same way. */
  const insertionInto = <D>({ table, columns: all }: Collection<D>): { columns: readonly string[]; text: string } => {
    const known = insertions.get(table)
    if (known) return known
    const columns = Object.keys(all).filter((key) => key !== 'id')
    const made = { columns, text: insertion(table, columns) }
    insertions.set(table, made)
    return made
  }

  const write = <D extends { id: string | number }>(into: Collection<D>, document: D, seq: number | null): number => {
    const { columns, text } = insertionInto(into)
    const facts = into.facts(document)
    const values = [seq, String(document.id), JSON.stringify(foldedAttributes(into.custom?.(document) ?? {})), ...columns.map((key) => foldedValue(facts[key]))]
    return Number(get(text, values)?.['seq'])
  }

  const selected = <D>(from: Collection<D>, what: Sql, { where, order, limit, offset }: Selection): [string, Value[]] => {
    const facts = name(table(from))
    const clauses = [where && ` WHERE ${where.text}`, order && ` ORDER BY ${order.text}`, limit !== undefined && ' LIMIT ? OFFSET ?']
    const bounds = limit === undefined ? [] : [limit, offset ?? 0]
    const values = [...what.values, ...(where?.values ?? []), ...(order?.values ?? []), ...bounds]
    return [`SELECT ${what.text} FROM ${facts}${clauses.filter(Boolean).join('')}`, values]
  }

  const findKeyed = <D>(from: Collection<D>, key: Sql, selection: Selection = {}): Keyed<D>[] => {
    const [text, values] = selected(from, sql`seq, ${key} AS key`, { order: sql`seq`, ...selection })
    // the facts are narrow, so filter and sort there; only the rows asked for touch a document
    const document = `SELECT document FROM ${name(`${from.table}_document`)} WHERE seq = ?`
    return all(text, values).map((row) => ({
      document: JSON.parse(String(get(document, [Number(row['seq'])])?.['document'])) as D, // only put writes there
      key: row['key'] as Value, // what SQLite gives for an expression over such columns
      seq: Number(row['seq']),
    }))
  }

  return {
    get: <D>(from: Collection<D>, id: string | number) => {
      const documents = name(`${table(from)}_document`)
      const row = get(`SELECT document FROM ${documents} WHERE seq = (SELECT seq FROM ${name(from.table)} WHERE id = ?)`, [String(id)])
      return row && (JSON.parse(String(row['document'])) as D) // only put writes there
    },
    put: (into, document) => {
      const documents = name(`${table(into)}_document`)
      const seq = write(into, document, null)
      run(`INSERT INTO ${documents} (seq, document) VALUES (?, ?) ON CONFLICT (seq) DO UPDATE SET document = excluded.document`, [seq, JSON.stringify(document)])
      return document
    },
    remove: (from, id) => {
      const row = get(`DELETE FROM ${name(table(from))} WHERE id = ? RETURNING seq`, [String(id)])
      if (row) run(`DELETE FROM ${name(`${from.table}_document`)} WHERE seq = ?`, [Number(row['seq'])])
      return row !== undefined
    },
    find: (from, selection) => findKeyed(from, sql`NULL`, selection).map(({ document }) => document),
    findKeyed,
    count: (from, where) => Number(get(...selected(from, sql`count(*) AS n`, { where }))?.['n']),
    next: (counter) =>
      Number(get('INSERT INTO counter (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value', [counter])?.['value']),
    setting: (key) => get('SELECT value FROM setting WHERE name = ?', [key])?.['value'] as string | undefined, // the column is TEXT NOT NULL
    set: (key, value) => run('INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value', [key, value]),
    transaction: (mode, work) => {
      database.exec(mode === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN')
      try {
        const result = work()
        database.exec('COMMIT')
        return result
      } catch (error) {
        known.clear() // tables made within are gone again
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
    },
    close: () => {
      release()
      database.close()
    },
  }
}

const name = (identifier: string): string => column(identifier).text

const columnsOf = <D>({ columns }: Collection<D>): string[] => ['seq', 'id', 'custom', ...Object.keys(columns).filter((key) => key !== 'id')]

const tablesOf = <D>({ table, columns, indexed = [] }: Collection<D>): string => {
  const facts = Object.entries(columns).filter(([key]) => key !== 'id')
  const lookups = new Set([...indexed, ...('updated_at' in columns ? ['updated_at'] : [])])
  return [
    `CREATE TABLE ${name(table)} (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, custom BLOB NOT NULL${facts.map(([key, type]) => `, ${name(key)} ${type}`).join('')})`,
    `CREATE TABLE IF NOT EXISTS ${name(`${table}_document`)} (seq INTEGER PRIMARY KEY, document TEXT NOT NULL)`,
    ...[...lookups].map((key) => `CREATE INDEX ${name(`${table}_by_${key}`)} ON ${name(table)} (${name(key)})`),
  ].join(';')
}

const insertion = (table: string, columns: readonly string[]): string => {
  const names = columns.map(name)
  const changes = ['custom', ...names].map((key) => `${key} = excluded.${key}`)
  const places = ['?', '?', 'jsonb(?)', ...names.map(() => '?')]
  return `INSERT INTO ${name(table)} (${['seq', 'id', 'custom', ...names].join()}) VALUES (${places.join()}) ON CONFLICT (id) DO UPDATE SET ${changes.join()} RETURNING seq`
}

const foldedValue = (value: Value | undefined): Value => (typeof value === 'string' ? fold(value) : (value ?? null))

const foldedAttributes = (attributes: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, typeof value === 'string' ? fold(value) : value]))

/** Statements are prepared once; a workspace asks the same few hundred questions over and over. */
const statements = (database: Database) => {
  const kept = new Map<string, ReturnType<Database['prepare']>>()
  const statement = (text: string) => {
    const found = kept.get(text) ?? database.prepare(text)
    if (kept.size >= 500) kept.clear()
    kept.set(text, found)
    return found
  }
  return {
    // rows are flat objects of column values, whatever the driver's types say
    all: (text: string, values: readonly Value[]) => statement(text).all(...values) as Record<string, unknown>[],
    get: (text: string, values: readonly Value[]) => statement(text).get(...values) as Record<string, unknown> | undefined,
    run: (text: string, values: readonly Value[]): void => void statement(text).run(...values),
    release: () => kept.clear(),
  }
}
