/** A piece of SQL with bound parameters: sql`email = ${email}`. */
export interface Sql {
  readonly text: string
  readonly values: readonly (string | number | null)[]
}

/**
 * Text as facts keep it and as every value of a query is bound: searching ignores case, and SQLite's own
 * NOCASE knows only ASCII. So sql`name = ${name}` finds "Émile" for "émile"; where case matters, look at the document.
 * SQLite's text has no NUL and no lone surrogates, so those stand as U+FFFD.
 */
export const fold = (text: string): string => text.normalize('NFC').toLowerCase().replace(/[\0\p{Cs}]/gu, '\uFFFD')

/** Values become bound, folded parameters; a piece of SQL is put in as it stands. */
export const sql = (texts: TemplateStringsArray, ...parts: readonly (Sql | string | number | null)[]): Sql => ({
  text: texts.map((text, index) => text + placeholder(parts, index)).join(''),
  values: parts.flatMap((part) => (isSql(part) ? part.values : [typeof part === 'string' ? fold(part) : part])),
})

const placeholder = (parts: readonly (Sql | string | number | null)[], index: number): string => {
  const part = parts[index]
  if (part === undefined) return ''
  return isSql(part) ? part.text : '?'
}

const isSql = (part: Sql | string | number | null): part is Sql => typeof part === 'object' && part !== null

/** A column of one of our own tables. Refuses what is not a plain identifier, so that no input ever becomes SQL. */
export const column = (name: string): Sql => {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`not a column: ${name}`)
  return { text: `"${name}"`, values: [] }
}

/** Where a custom attribute stands in the `custom` column, for SQLite's JSON functions. Its name keeps its case, so it is no part of sql`...`. */
export const attributePath = (name: string): string => `$.${JSON.stringify(name)}`

/** joined([a, b], 'AND') is (a AND b). At least one piece. */
export const joined = (pieces: readonly Sql[], by: 'AND' | 'OR'): Sql => ({
  text: `(${pieces.map(({ text }) => text).join(` ${by} `)})`,
  values: pieces.flatMap(({ values }) => values),
})
