import type { Database } from './sqlite.ts'
import type { Tables } from './tables.ts'

/** All of `work` or, when it throws, nothing. `write` takes the write lock first. */
export type Transaction = <T>(mode: 'read' | 'write', work: () => T) => T

export const transactions = (database: Database, laid: Tables): Transaction => (mode, work) => {
  database.exec(mode === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    laid.forget() // tables made within are gone again
    undo(database)
    throw error
  }
}

/** After some failures, such as a full disk, SQLite has already undone the transaction and has none to undo. */
const undo = (database: Database): void => {
  try {
    database.exec('ROLLBACK')
  } catch (error) {
    if (!/no transaction is active/.test(String(error))) throw error
  }
}
