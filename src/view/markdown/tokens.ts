import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import { plain } from '../plain.ts'

const read = ['alt', 'class', 'colspan', 'height', 'hidden', 'href', 'id', 'rowspan', 'src', 'start', 'style', 'type', 'value', 'width'] as const

/** The attributes of a tag that say something about its text; of each the first of its name, as in a browser. */
export type Attributes = Partial<Record<(typeof read)[number], string>>

export interface Reader {
  readonly open: (name: string, attributes: Attributes) => void
  /** All text between two tags, entities decoded, without anything invisible. */
  readonly text: (text: string) => void
  readonly close: (name: string) => void
}

/**
 * HTML as tags and text, names in lower case; comments, declarations and conditionals are dropped. It stands on the
 * library's tokenizer, since the library's parser looks through all open elements at each tag, which would take it hours
 * over what a hostile body can nest.
 */
export const tokens = (html: string, reader: Reader): void => {
  const tags = new Tags(html, reader)
  const tokenizer = new Tokenizer({}, tags)
  tokenizer.write(html)
  tokenizer.end()
}

/** More of one attribute is no address, style or name. */
const longestAttribute = 10_000
const longestName = 100

const isRead = (name: string): name is keyof Attributes => (read as readonly string[]).includes(name)

class Tags implements TokenizerCallbacks {
  private pending = ''
  private name = ''
  private attributes: Attributes = {}
  private attribute = ''
  private value = ''

  private readonly html: string
  private readonly reader: Reader

  constructor(html: string, reader: Reader) {
    this.html = html
    this.reader = reader
  }

  private slice = (start: number, end: number): string => this.html.slice(start, end)
  private settle(): void {
    if (this.pending) this.reader.text(plain(this.pending))
    this.pending = ''
  }

  ontext = (start: number, end: number): void => void (this.pending += this.slice(start, end))
  ontextentity = (point: number): void => void (this.pending += String.fromCodePoint(point))
  onopentagname(start: number, end: number): void {
    this.settle()
    this.name = this.slice(start, Math.min(end, start + longestName)).toLowerCase()
    this.attributes = {}
  }
  onattribname(start: number, end: number): void {
    this.attribute = this.slice(start, Math.min(end, start + longestName)).toLowerCase()
    this.value = ''
  }
  onattribdata(start: number, end: number): void {
    if (this.value.length < longestAttribute) this.value += this.slice(start, Math.min(end, start + longestAttribute))
  }
  onattribentity = (point: number): void => void (this.value += String.fromCodePoint(point))
  onattribend(): void {
    if (isRead(this.attribute)) this.attributes[this.attribute] ??= plain(this.value)
  }
  onopentagend = (): void => this.reader.open(this.name, this.attributes)
  onselfclosingtag = (): void => this.reader.open(this.name, this.attributes)
  onclosetag(start: number, end: number): void {
    this.settle()
    this.reader.close(this.slice(start, Math.min(end, start + longestName)).toLowerCase())
  }
  onend = (): void => this.settle()

  oncdata = (): void => undefined
  oncomment = (): void => undefined
  ondeclaration = (): void => undefined
  onprocessinginstruction = (): void => undefined
}
