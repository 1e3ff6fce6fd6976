import type { Database } from './sqlite.ts'

export type Value = string | number | null
export type Row = Readonly<Record<string, unknown>>

/** Questions to a database, with bound values. */
export interface Statements {
  readonly all: (text: string, values: readonly Value[]) => Row[]
  readonly get: (text: string, values: readonly Value[]) => Row | undefined
  readonly run: (text: string, values: readonly Value[]) => void
  /** Lets go of what was prepared, as a database that is closed must. */
  readonly release: () => void
}

/** SQLite takes a text only up to its first NUL, so an id with one would name what stands before it. */
const whole = (value: Value): Value => (typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value)

/** As many prepared statements as are kept. */
const most = 500

/** Statements are prepared once; a workspace asks the same few hundred questions over and over. */
export const statements = (database: Database): Statements => {
  const kept = new Map<string, ReturnType<Database['prepare']>>()
  const statement = (text: string) => {
    const found = kept.get(text) ?? database.prepare(text)
    if (kept.size >= most) kept.clear()
    kept.set(text, found)
    return found
  }
  return {
    // rows are flat objects of column values, whatever the driver's types say
    all: (text, values) => statement(text).all(...values.map(whole)) as Row[],
    get: (text, values) => statement(text).get(...values.map(whole)) as Row | undefined,
    run: (text, values) => void statement(text).run(...values.map(whole)),
    release: () => kept.clear(),
  }
}
