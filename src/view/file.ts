import type { Packed } from './archive.ts'
import { plain } from './plain.ts'

type Document = Record<string, unknown>

/** Characters of the rows shown, all files together: what surrounds them must fit beside them. */
const most = 10_000

/** Files that are shown by name; more of them are counted. */
const mostFiles = 50

/** A file as a model should read it: what is in it, with the first rows of each table. `data` is Base64. */
export const contents = async ({ filename, size, data }: { filename: string; size: number; data: string }): Promise<Document> => {
  const { unpacked } = await import('./archive.ts')
  const files = await unpacked(filename, Buffer.from(data, 'base64'))
  const shown = files.slice(0, mostFiles)
  const budgets = shares(shown.map(({ bytes }) => bytes.length), most)
  return {
    filename: plain(filename),
    size,
    ...(files.length > shown.length && { total_files: files.length }),
    files: shown.map((file, index) => describe(file, budgets[index]!)),
  }
}

/** What each gets of a total: what it needs, or an equal part of what those leave that need less. */
const shares = (needs: readonly number[], total: number): number[] => {
  const given: number[] = []
  let left = total
  for (const [place, { need, index }] of needs.map((need, index) => ({ need, index })).toSorted((a, b) => a.need - b.need).entries()) {
    given[index] = Math.min(need, Math.floor(left / (needs.length - place)))
    left -= given[index]
  }
  return given
}

const describe = ({ name, bytes, whole }: Packed, budget: number): Document => {
  const about = { name: plain(name), size: bytes.length, ...(!whole && { incomplete: true }) }
  return /\.csv$/i.test(name) ? { ...about, ...table(bytes.toString(), budget) } : about
}

/** The first line and as many rows as fit. */
const table = (text: string, budget: number): Document => {
  const [header = '', ...rows] = linesOf(text)
  const fitting = firstOf(rows, budget - header.length)
  return { rows: rows.length, ...(fitting.length < rows.length && { rows_shown: fitting.length }), csv: plain([header, ...fitting].join('\n')) }
}

const firstOf = (rows: readonly string[], budget: number): string[] => {
  let left = budget
  const tooLong = rows.findIndex((row) => (left -= row.length + 1) < 0)
  return tooLong < 0 ? [...rows] : rows.slice(0, tooLong)
}

/** Lines of a CSV: a break between quotes ends none. */
const linesOf = (text: string): string[] => {
  const lines: string[] = []
  let start = 0
  let quoted = false
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '"') quoted = !quoted
    if (at < text.length && (quoted || text[at] !== '\n')) continue
    lines.push(text.slice(start, at).replace(/\r$/, ''))
    start = at + 1
  }
  return lines.filter(Boolean)
}
