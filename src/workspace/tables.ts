import type { Database } from './sqlite.ts'
import { column, fold } from './sql.ts'
import type { Row, Statements, Value } from './statements.ts'
import type { Collection } from './store.ts'

type Identified = { readonly id: string | number }

/** The two tables of each collection: the documents, and a narrow one of their facts. */
export interface Tables {
  /** Quoted names of both. Makes them when the collection is first used. */
  readonly of: <D>(collection: Collection<D>) => { facts: string; documents: string }
  /** Writes a document's facts, and gives its place in the order of creation. */
  readonly write: <D extends Identified>(into: Collection<D>, document: D) => number
  /** Every collection that was used since the database was opened. */
  readonly used: () => readonly Collection<never>[]
  /** Looks again at what tables there are, after a transaction was undone. */
  readonly forget: () => void
}

/** What SQL calls a collection. Kept, since most of it is long and every document needs it. */
interface Names {
  readonly facts: string
  readonly documents: string
  readonly columns: readonly string[]
  readonly insertion: string
}

export const tables = (database: Database, { all, get }: Statements): Tables => {
  const known = new Map<string, Names>()
  const used = new Map<string, Collection<never>>()

  const of = <D>(collection: Collection<D>): Names => {
    const found = known.get(collection.table)
    if (found) return found
    const names = namesOf(collection)
    ensure(collection, names)
    known.set(collection.table, names)
    used.set(collection.table, collection)
    return names
  }

  /** When a later version knows other facts, they are made anew from the documents. */
  const ensure = <D>(collection: Collection<D>, names: Names): void => {
    const { facts, documents } = names
    const present = (table: string) => all(`PRAGMA table_info(${table})`, []).map((row) => String(row['name']))
    const listed = (collection.lists ?? []).every((key) => present(listOf(collection, key)).length > 0)
    if (listed && present(facts).join() === columnsOf(collection).join()) return
    database.exec(`DROP TABLE IF EXISTS ${facts}; ${creation(collection)}`)
    for (const { seq, document } of all(`SELECT seq, document FROM ${documents}`, []))
      insert(collection, names, JSON.parse(String(document)) as D & Identified, Number(seq)) // only put writes there
  }

  const insert = <D extends Identified>(into: Collection<D>, { columns, insertion }: Names, document: D, seq: number | null): Row | undefined => {
    const facts = into.facts(document)
    const values = columns.map((key) => foldedValue(facts[key]))
    return get(insertion, [seq, String(document.id), JSON.stringify(foldedAttributes(into.custom?.(document) ?? {})), ...values])
  }

  return {
    of,
    write: (into, document) => Number(insert(into, of(into), document, null)?.['seq']),
    used: () => [...used.values()],
    forget: () => known.clear(),
  }
}

const name = (identifier: string): string => column(identifier).text

/** The columns beside those that every collection has. */
const factsOf = <D>({ columns }: Collection<D>): string[] => Object.keys(columns).filter((key) => key !== 'id')

const columnsOf = <D>(collection: Collection<D>): string[] => ['seq', 'id', 'custom', ...factsOf(collection)]

const creation = <D>(collection: Collection<D>): string => {
  const { table, columns, indexed = [], lists = [] } = collection
  const facts = factsOf(collection).map((key) => `, ${name(key)} ${columns[key]}`)
  const lookups = new Set([...indexed, ...('updated_at' in columns ? ['updated_at'] : [])])
  return [
    `CREATE TABLE ${name(table)} (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, custom BLOB NOT NULL${facts.join('')})`,
    `CREATE TABLE IF NOT EXISTS ${name(`${table}_document`)} (seq INTEGER PRIMARY KEY, document TEXT NOT NULL)`,
    ...[...lookups].map((key) => `CREATE INDEX ${name(`${table}_by_${key}`)} ON ${name(table)} (${name(key)})`),
    ...lists.map((key) => listing(collection, key)),
  ].join(';')
}

/** The table of what the lists in a column hold. */
export const listOf = <D>({ table }: Collection<D>, key: string): string => name(`${table}_${key}`)

/** Triggers keep that table, so that whatever writes a document, it is never behind. */
const listing = <D>(collection: Collection<D>, key: string): string => {
  const [facts, list, column] = [name(collection.table), listOf(collection, key), name(key)]
  const on = (event: string) => `CREATE TRIGGER ${name(`${collection.table}_${key}_${event}`)} AFTER ${event} ON ${facts}`
  const enter = `INSERT INTO ${list} SELECT DISTINCT value, new.seq FROM json_each(new.${column});`
  const leave = `DELETE FROM ${list} WHERE seq = old.seq AND value IN (SELECT value FROM json_each(old.${column}));`
  return [
    `DROP TABLE IF EXISTS ${list}`,
    `CREATE TABLE ${list} (value TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (value, seq)) WITHOUT ROWID`,
    `${on('insert')} BEGIN ${enter} END`,
    `${on('update')} WHEN old.${column} IS NOT new.${column} BEGIN ${leave} ${enter} END`,
    `${on('delete')} BEGIN ${leave} END`,
  ].join(';')
}

const namesOf = <D>(collection: Collection<D>): Names => ({
  facts: name(collection.table),
  documents: name(`${collection.table}_document`),
  columns: factsOf(collection),
  insertion: insertionInto(collection),
})

const insertionInto = <D>(collection: Collection<D>): string => {
  const names = factsOf(collection).map(name)
  const changes = ['custom', ...names].map((key) => `${key} = excluded.${key}`)
  const places = ['?', '?', 'jsonb(?)', ...names.map(() => '?')]
  const into = `${name(collection.table)} (${['seq', 'id', 'custom', ...names].join()})`
  return `INSERT INTO ${into} VALUES (${places.join()}) ON CONFLICT (id) DO UPDATE SET ${changes.join()} RETURNING seq`
}

const foldedValue = (value: Value | undefined): Value => (typeof value === 'string' ? fold(value) : (value ?? null))

const foldedAttributes = (attributes: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, typeof value === 'string' ? fold(value) : value]))
