import type { Database } from './sqlite.ts'
import { column } from './sql.ts'
import type { Statements } from './statements.ts'

/** A document of any collection. */
export type Stored = { readonly id: string | number } & Readonly<Record<string, unknown>>

/** All data of a workspace. */
export interface Contents {
  /** Documents by collection (the name of its table), in the order of creation; collections that hold none are left out. */
  readonly collections: Readonly<Record<string, readonly Stored[]>>
  /** How far each counter has counted. */
  readonly counters: Readonly<Record<string, number>>
}

/** Everything at once, whatever collections there are. What begins with `control_` is no data of the workspace and stays out. */
export interface Whole {
  readonly contents: () => Contents
  /** How many documents each collection holds that holds any. */
  readonly counts: () => Readonly<Record<string, number>>
  /** Characters of all documents together. */
  readonly size: () => number
  /** Removes all documents and counters. */
  readonly clear: () => void
  readonly setCounters: (counters: Contents['counters']) => void
  /** No counter gives a number up to this one any more. */
  readonly countFrom: (floor: number) => void
}

const own = /^control_/

/** The counter that the others begin at. */
export const floorCounter = '*'

export const whole = (database: Database, { all, run }: Statements): Whole => {
  const rows = (text: string) => all(text, [])
  /** The table of documents is known by its columns; the facts stand in the one without the ending. */
  const collections = (): string[] =>
    rows(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
      .map((row) => String(row['name']))
      .filter((name) => name.endsWith('_document') && !own.test(name) && columnsOf(name) === 'seq,document')
      .map((name) => name.replace(/_document$/, ''))
  const columnsOf = (table: string): string => rows(`PRAGMA table_info(${quoted(table)})`).map((row) => String(row['name'])).join()
  const documents = (name: string): Stored[] =>
    rows(`SELECT document FROM ${quoted(`${name}_document`)} ORDER BY seq`).map((row) => JSON.parse(String(row['document'])) as Stored) // only put writes there
  const count = (name: string): number => Number(rows(`SELECT count(*) AS n FROM ${quoted(`${name}_document`)}`)[0]?.['n'] ?? 0)
  return {
    contents: () => ({
      collections: Object.fromEntries(collections().map((name) => [name, documents(name)] as const).filter(([, found]) => found.length > 0)),
      counters: Object.fromEntries(
        rows('SELECT name, value FROM counter ORDER BY name').map((row) => [String(row['name']), Number(row['value'])] as const).filter(([name]) => !own.test(name)),
      ),
    }),
    counts: () => Object.fromEntries(collections().map((name) => [name, count(name)] as const).filter(([, found]) => found > 0)),
    size: () => collections().reduce((sum, name) => sum + Number(rows(`SELECT sum(length(document)) AS n FROM ${quoted(`${name}_document`)}`)[0]?.['n'] ?? 0), 0),
    clear: () => {
      for (const name of collections()) {
        database.exec(`DELETE FROM ${quoted(name)}; DELETE FROM ${quoted(`${name}_document`)}`)
        run('DELETE FROM sqlite_sequence WHERE name = ?', [name]) // the order of creation begins anew
      }
      for (const { name } of rows('SELECT name FROM counter')) if (!own.test(String(name))) run('DELETE FROM counter WHERE name = ?', [String(name)])
    },
    setCounters: (counters) => {
      for (const [name, value] of Object.entries(counters)) if (!own.test(name)) run('INSERT OR REPLACE INTO counter (name, value) VALUES (?, ?)', [name, value])
    },
    countFrom: (floor) => {
      if (floor === 0) return
      run('INSERT OR REPLACE INTO counter (name, value) VALUES (?, ?)', [floorCounter, floor])
      run('UPDATE counter SET value = max(value, ?)', [floor])
    },
  }
}

const quoted = (table: string): string => column(table).text
