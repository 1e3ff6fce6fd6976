import type { Attributes } from './tokens.ts'
import { Lines } from './lines.ts'

/** A cell of more characters is no cell but a column of a page. */
const longestCell = 2_000

/** More columns or rows than this no cell goes over: what a hostile one claims would be filled with empty cells. */
const widestSpan = 20

/** A table in the making. Only when it ends is it known whether it holds data or lays out a page. */
export class Table {
  /** Captions, and what stands between the cells. */
  readonly outside = new Lines()
  private readonly rows: string[][] = []
  /** Rows that a cell above still goes over, by column. */
  private readonly covered: number[] = []
  private hasHead = false
  private span = { columns: 1, rows: 1 }
  /** Where the text goes now. */
  lines = this.outside

  row(): void {
    this.rows.push([])
  }

  openCell(name: string, { colspan, rowspan }: Attributes): void {
    this.hasHead ||= name === 'th'
    this.span = { columns: span(colspan), rows: span(rowspan) }
    this.lines = new Lines()
  }

  closeCell(): void {
    if (!this.rows.length) this.row()
    const row = this.rows.at(-1)!
    this.skipCovered(row)
    const start = row.length
    row.push(this.lines.done.join('\n'), ...Array.from({ length: this.span.columns - 1 }, () => ''))
    for (let column = start; column < row.length; column++) this.covered[column] = this.span.rows - 1
    this.lines = this.outside
  }

  /** What has been read goes to these lines as text, and what follows can go there too. */
  dissolve(lines: Lines): void {
    lines.absorb(this.outside)
    for (const cell of this.rows.flat().filter(Boolean)) cell.split('\n').forEach((each) => lines.write(each))
    if (this.lines !== this.outside) lines.absorb(this.lines)
  }

  /** The whole of it, as a table if it has data. */
  write(lines: Lines): void {
    const rows = withoutEmpty(this.rows)
    if (!this.isData(rows)) return this.dissolve(lines)
    lines.absorb(this.outside)
    lines.part()
    const columns = rows.reduce((most, { length }) => Math.max(most, length), 0)
    const [head = [], ...others] = rows
    lines.write(line([...head.map(inCell), ...Array.from({ length: columns - head.length }, () => '')]))
    lines.write(line(Array.from({ length: columns }, () => '---')))
    for (const row of others) lines.write(line(row.map(inCell)))
  }

  private isData = (rows: readonly string[][]): boolean =>
    rows.some(({ length }) => length > 1) && (rows.length > 1 || this.hasHead) && !rows.some((row) => row.some(({ length }) => length > longestCell))

  private skipCovered(row: string[]): void {
    while (this.covered[row.length]) {
      this.covered[row.length]! -= 1
      row.push('')
    }
  }
}

const span = (text = '1'): number => Math.min(widestSpan, Math.max(1, parseInt(text, 10) || 1))

/** Without rows and columns that only hold things apart. */
const withoutEmpty = (rows: readonly string[][]): string[][] => {
  const used: boolean[] = []
  for (const row of rows) row.forEach((cell, column) => (used[column] ||= cell !== ''))
  return rows.filter((row) => row.some(Boolean)).map((row) => row.filter((_, column) => used[column]))
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** A line break is a tag here, and a bar, with whatever backslashes stand before it, is no end of the cell. */
const inCell = (text: string): string => {
  const whole = text.split('\n').filter(Boolean).join('<br>')
  return whole.includes('|') ? whole.replace(/[\\|]/g, '\\$&') : whole
}
