import { createRequire } from 'node:module'
import type { DatabaseSync } from '@photostructure/sqlite'

export type Database = InstanceType<typeof DatabaseSync>

/** Format of the file, kept as its user_version. Raise it when what is in a file changes meaning. */
const format = 1

/** Says that a SQLite file is a workspace of ours: "IcWs". */
const applicationId = 0x49635773

/** How long one process waits for another that is writing to the same file, in milliseconds. */
const patience = 10_000

/**
 * Opens the workspace's database: in memory, or a durable file that several processes may share.
 * Throws an Error whose message is one line for the person who named the file.
 */
export const openDatabase = (file?: string): Database => {
  const Sqlite = sqlite()
  try {
    return prepared(new Sqlite(file ?? ':memory:'))
  } catch (error) {
    if (file === undefined) throw error
    throw new Error(`cannot use ${file} as a workspace: ${reason(error)}`, { cause: error })
  }
}

const sqlite = (): typeof DatabaseSync => {
  // both modules have the same API; each is typed as the one whose types are installed
  const builtIn = quietly(() => process.getBuiltinModule('node:sqlite')) as { DatabaseSync: typeof DatabaseSync } | undefined
  if (builtIn) return builtIn.DatabaseSync
  try {
    const installed = createRequire(import.meta.url)('@photostructure/sqlite') as { DatabaseSync: typeof DatabaseSync }
    return installed.DatabaseSync
  } catch (cause) {
    throw new Error('the simulated workspace needs SQLite: use Node 22.13 or newer, or run npm install @photostructure/sqlite', { cause })
  }
}

/** Loading it makes Node 22 and 24 print that SQLite is experimental, which tells a user nothing. */
const quietly = <T>(load: () => T): T => {
  const emitWarning = process.emitWarning.bind(process)
  process.emitWarning = () => {}
  try {
    return load()
  } finally {
    process.emitWarning = emitWarning
  }
}

const prepared = (database: Database): Database => {
  try {
    database.exec(`PRAGMA busy_timeout = ${patience}`)
    refuseForeign(database)
    // an answer means the write is on the disk: FULL syncs the log at every commit
    database.exec('PRAGMA page_size = 16384; PRAGMA synchronous = FULL')
    writeAhead(database)
    database.exec(tables)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Milliseconds between two tries. */
const pause = 20

/** Keeps a log beside the file. Of processes that open a new file together one changes it so, and SQLite does not wait for it as elsewhere. */
const writeAhead = (database: Database, waited = 0): void => {
  try {
    database.exec('PRAGMA journal_mode = WAL')
  } catch (error) {
    if (!busy(error) || waited >= patience) throw error
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause) // opening is synchronous, and so is this sleep
    writeAhead(database, waited + pause)
  }
}

const refuseForeign = (database: Database): void => {
  const one = (question: string): number => Number(Object.values(database.prepare(question).get() as Record<string, number>)[0])
  database.exec('BEGIN') // another process may be making the tables right now
  const [owner, tables, found] = ['PRAGMA application_id', 'SELECT count(*) FROM sqlite_master', 'PRAGMA user_version'].map(one)
  database.exec('COMMIT')
  if (tables && owner !== applicationId) throw new Error('it is a database of another program')
  if (found! > format) throw new Error(`it was written by a newer version (format ${found}; this one knows ${format})`)
}

const tables = `
  BEGIN IMMEDIATE;
  CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${format};
  COMMIT;
`

/** SQLite's own words, in the terms of someone who named a file. */
const reason = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error)
  if (/not a database|malformed/.test(message)) return 'it is not a SQLite database'
  if (/unable to open/.test(message)) return 'it cannot be opened; check that its folder exists and may be written'
  if (/readonly|read-only/.test(message)) return 'it cannot be written'
  if (/locked|busy/.test(message)) return 'another process keeps it locked'
  return message.split('\n')[0] ?? message
}

/** Another process is writing, and did not finish while we were ready to wait. */
export const busy = (error: unknown): boolean => error instanceof Error && /database is locked|SQLITE_BUSY/.test(error.message)
