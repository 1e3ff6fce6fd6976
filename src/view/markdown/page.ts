import type { Attributes } from './tokens.ts'
import { fence, Line, order, type Mark } from './inline.ts'
import { folded } from './fold.ts'
import { Histories, isRuled, quotes } from './history.ts'
import { address, link } from './link.ts'
import { Lines } from './lines.ts'
import { Lists } from './lists.ts'
import { Table } from './table.ts'

/** What of a body has been written so far, and where its text goes now. */
export class Page {
  private readonly body = new Lines()
  private readonly line = new Line()
  private readonly depths = new Map<Mark, number>()
  private readonly lists = new Lists()
  private marks: readonly Mark[] = []
  private link: Mark | undefined
  private heading = ''
  private table: Table | undefined
  private verbatim: string[] | undefined
  private language = ''
  /** What is played here and has yet to say from where; the text in it is for browsers that cannot. */
  private embedded: { name?: string } | undefined
  private readonly history = new Histories()

  private get lines(): Lines {
    return this.table?.lines ?? this.body
  }

  say(text: string): void {
    if (this.embedded) return
    if (this.verbatim) this.verbatim.push(text)
    else this.line.add(text, this.marks)
  }

  /** A picture, with its address unless what is around it leads elsewhere. */
  picture(text: string, to?: string): void {
    if (to === undefined || this.link || this.verbatim || this.embedded) this.say(text)
    else this.line.add(text, [...this.marks, link(to)])
  }

  /** What follows stands on a line of its own. */
  endLine(): void {
    if (this.verbatim?.length && !this.verbatim.at(-1)!.endsWith('\n')) this.verbatim.push('\n')
    if (this.line.empty) return
    this.lines.write(this.heading + this.line.take())
    this.heading = ''
  }

  /** What follows stands after a blank line. */
  part(): void {
    this.endLine()
    this.lines.part()
  }

  /** A line break; two of them part. */
  breakLine(): void {
    if (this.verbatim) this.verbatim.push('\n')
    else if (this.heading) this.say(' ')
    else if (this.line.empty) this.lines.part()
    else this.endLine()
  }

  rule(): void {
    this.part()
    if (!/^[\d. >-]*---$/.test(this.lines.done.at(-1) ?? '')) this.lines.write('---')
    this.lines.part()
  }

  head(sign: string): void {
    this.part()
    this.heading = sign
  }

  endHead(): void {
    this.part()
    this.heading = ''
  }

  mark(mark: Mark, by: 1 | -1): void {
    this.depths.set(mark, (this.depths.get(mark) ?? 0) + by)
    this.remark()
  }

  linkTo(link: Mark | undefined): void {
    this.link = link
    this.remark()
  }

  private remark(): void {
    const marks = order.filter((mark) => (this.depths.get(mark) ?? 0) > 0)
    this.marks = this.link ? [this.link, ...marks] : marks
  }

  quote(): void {
    this.part()
    this.lines.enter('> ', '> ')
  }

  endQuote(): void {
    this.endLine()
    this.lines.leave()
    this.lines.part()
  }

  openList(isInItem: boolean, start?: number): void {
    this.part()
    this.lists.open(this.lines, isInItem, start)
  }

  closeList(): void {
    this.endLine()
    this.lists.close(this.lines)
  }

  openItem(value?: number): void {
    this.endLine()
    this.lists.item(this.lines, value)
  }

  closeItem(): void {
    this.endLine()
    this.lines.leave()
  }

  openVerbatim(language: string): void {
    this.part()
    this.dissolveTable()
    this.verbatim ??= []
    this.language = language
  }

  tellLanguage(language: string): void {
    this.language ||= language
  }

  closeVerbatim(): void {
    const content = (this.verbatim?.join('') ?? '').replace(/^\n/, '').trimEnd()
    this.verbatim = undefined
    if (!content) return
    const ticks = fence(content, 3)
    for (const each of [ticks + this.language, ...content.split('\n'), ticks]) this.lines.write(each)
    this.lines.part()
  }

  openEmbedded(name: string, src?: string): void {
    this.part()
    this.embedded = { name }
    this.embedFrom(src)
  }

  /** The first address is shown. */
  embedFrom(src?: string): void {
    const to = address(src)
    if (!this.embedded?.name || to === undefined) return
    this.line.add(this.embedded.name, [link(to)])
    this.embedded = {}
    this.part()
  }

  closeEmbedded(): void {
    this.embedded = undefined
    this.part()
  }

  openTable(): void {
    this.endLine()
    this.dissolveTable()
    this.lines.part()
    this.table = new Table()
  }

  closeTable(): void {
    this.endLine()
    const table = this.table
    this.table = undefined
    table?.write(this.lines)
    this.lines.part()
  }

  /** What no cell can hold makes a table the layout of a page. */
  private dissolveTable(): void {
    const table = this.table
    this.table = undefined
    table?.dissolve(this.lines)
  }

  inTable(change: (table: Table) => void): void {
    this.endLine()
    if (this.table) change(this.table)
  }

  /**
   * Begins what the element holds of the mail that is answered, if it holds any: what is then to be done when the element
   * ends. A table around it is dissolved, since lines are counted only in the body.
   */
  openHistory(name: string, attributes: Attributes): (() => void) | undefined {
    const end = this.history.isOpen ? this.narrowed(name, attributes) : this.historyOf(name, attributes)
    return end && (() => (this.endLine(), end()))
  }

  private narrowed(name: string, attributes: Attributes): (() => void) | undefined {
    return name === 'blockquote' && quotes(name, attributes) ? this.history.narrow(this.body) : undefined
  }

  private historyOf(name: string, attributes: Attributes): (() => void) | undefined {
    const holds = quotes(name, attributes)
    if (!holds && !(isRuled(attributes) && !this.table)) return undefined
    this.endLine()
    this.dissolveTable()
    return holds ? this.history.begin(this.body, name, holds) : this.history.watch(this.body)
  }

  end(): string {
    this.endLine()
    return folded(this.body.done, this.history.all(this.body)).join('\n').trim()
  }
}
