import type { Lines } from './lines.ts'
import type { Attributes } from './tokens.ts'

/** Lines of an answer that repeat the mail it answers. */
export interface History {
  readonly from: number
  /** The line after the last. */
  readonly to: number
  /** What stands before the line that takes their place: the quote or list they are in. */
  readonly prefix: string
}

const classes = new Set(['gmail_quote', 'gmail_quote_container', 'yahoo_quoted', 'moz-cite-prefix', 'protonmail_quote', 'zmail_extra'])

const headers = new Set(['divRplyFwdMsg', 'stopSpelling', 'mail-editor-reference-message-container'])

/** Whether a mail program put this element around what it quotes, or where it begins. */
export const quotes = (name: string, { class: names = '', id = '', type }: Attributes): 'within' | 'from here on' | undefined => {
  if (headers.has(id)) return 'from here on'
  return (name === 'blockquote' && type === 'cite') || names.split(/\s+/).some((each) => classes.has(each)) ? 'within' : undefined
}

/** Whether this may be the line over the header of a quoted mail, as Outlook draws it. */
export const isRuled = ({ style = '' }: Attributes): boolean => /border-top\s*:/i.test(style)

const labels = 'From|Von|De|Da|Van|Från|Fra|Od|От'
const fromLine = new RegExp(`^\\W{0,4}(?:${labels})\\s?:`, 'i')
const subjectLine = /^\W{0,4}(?:Subject|Betreff|Objet|Asunto|Oggetto|Assunto|Onderwerp|Ämne|Emne|Temat|Тема)[\s*]*:/i

/** Whether these lines are such a header: a sender, a subject and something else. From Berlin to Paris is a journey. */
const isMailHeader = (lines: readonly string[]): boolean => {
  const said = lines.filter(Boolean)
  const labelled = said.filter((line) => /^\W{0,4}[\p{L}\w][^:]{0,20}:/u.test(line))
  return said.length > 2 && said.length < 12 && fromLine.test(said[0]!) && labelled.length > 2 && said.some((line) => subjectLine.test(line))
}

/** The histories in the lines of a body, as they are written. One within another is a part of that. */
export class Histories {
  private readonly done: History[] = []
  private open: Omit<History, 'to'> | undefined
  /** Whether it was begun by an element around quotes, in which answers may stand between them. */
  private isAroundQuotes = false

  get isOpen(): boolean {
    return this.open !== undefined
  }

  /** The next line is the first; returned is what ends it. */
  begin(lines: Lines, name: string, holds: 'within' | 'from here on'): () => void {
    this.open = next(lines)
    this.isAroundQuotes = holds === 'within' && name !== 'blockquote'
    return () => void (holds === 'within' && this.end(lines))
  }

  /** The first quote in what stands around quotes ends it; returned is what does. What follows may be an answer to it. */
  narrow(lines: Lines): (() => void) | undefined {
    if (!this.isAroundQuotes) return undefined
    this.isAroundQuotes = false
    return () => this.end(lines)
  }

  /** What comes next begins one if it turns out to be the header of a mail; returned is what finds out. */
  watch(lines: Lines): () => void {
    const here = next(lines)
    return () => {
      if (isMailHeader(lines.done.slice(here.from, here.from + 12))) this.open ??= here
    }
  }

  all(lines: Lines): readonly History[] {
    this.end(lines)
    return this.done
  }

  private end(lines: Lines): void {
    if (this.open) this.done.push({ ...this.open, to: lines.done.length })
    this.open = undefined
  }
}

const next = (lines: Lines): Omit<History, 'to'> => ({ from: lines.done.length, prefix: lines.prefix() })
