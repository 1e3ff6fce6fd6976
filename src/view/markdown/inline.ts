/** What part of a line is: emphasised, code, a link. One value each, since marks are told apart by identity. */
export interface Mark {
  readonly wrap: (content: string) => string
}

const between = (sign: string): Mark => ({ wrap: (content) => `${sign}${content}${sign}` })

export const bold = between('**')
export const italic = between('_')
export const struck = between('~~')
export const code: Mark = { wrap: (content) => codeSpan(content) }

/** Else a price of 19 with 99 on high would be 1999. Letters, as in 1st, read well as they are. */
export const raised: Mark = { wrap: (content) => (/^[\d+()-]{1,20}$/.test(content) ? content.replace(/./g, (sign) => high[sign] ?? sign) : content) }
const high: Readonly<Record<string, string>> = Object.fromEntries(Array.from('0123456789+-()', (sign, index) => [sign, '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾'[index]!]))

/** Markdown goes from the outside in; a link around several lines is the link of the first. */
export const order = [bold, italic, struck, code, raised]

/** One backtick more than there are in a row within. */
export const fence = (content: string, least: number): string => '`'.repeat(Math.max(least, longestRun(content) + 1))

const longestRun = (content: string): number => (content.match(/`+/g) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0)

const codeSpan = (content: string): string => {
  const ticks = fence(content, 1)
  return ticks.length > 1 ? `${ticks} ${content} ${ticks}` : ticks + content + ticks
}

/** A line in the making. Blanks between its parts stand outside their marks. */
export class Line {
  private pieces: string[] = []
  private open: { readonly mark: Mark; readonly at: number }[] = []
  private gap = false

  get empty(): boolean {
    return this.pieces.length === 0
  }

  /** Adds text that stands within marks, from the outside in. */
  add(text: string, marks: readonly Mark[]): void {
    const content = text.replace(/\s+/g, ' ')
    const core = content.trim()
    this.gap ||= content.startsWith(' ')
    if (!core) return
    this.turn(marks)
    this.pieces.push(core)
    this.gap = content.endsWith(' ')
  }

  /** The line, and a new one begins. */
  take(): string {
    this.closeTo(0)
    const line = this.pieces.join('')
    this.pieces = []
    this.gap = false
    return line
  }

  private turn(marks: readonly Mark[]): void {
    let same = 0
    while (same < this.open.length && this.open[same]!.mark === marks[same]) same += 1
    this.closeTo(same)
    if (this.gap && !this.empty) this.pieces.push(' ')
    while (this.open.length < marks.length) this.open.push({ mark: marks[this.open.length]!, at: this.pieces.length })
  }

  private closeTo(depth: number): void {
    while (this.open.length > depth) {
      const { mark, at } = this.open.pop()!
      this.pieces.push(mark.wrap(this.pieces.splice(at).join('')))
    }
  }
}
