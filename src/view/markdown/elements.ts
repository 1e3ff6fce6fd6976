import type { Attributes } from './tokens.ts'
import type { Page } from './page.ts'
import { bold, code as inCode, italic, raised, struck, type Mark } from './inline.ts'
import { address, isUploaded, link } from './link.ts'

/** What an element does to the page when it begins and when it ends. */
export interface Element {
  /** A block begins on a line of its own, and ends a paragraph that nobody closed. */
  readonly block?: true
  readonly open?: (page: Page, attributes: Attributes, where: Where) => void
  readonly close?: (page: Page) => void
  /** Whether what is in it is for nobody to read. */
  readonly unread?: true
}

interface Where {
  readonly isIn: (name: string, within: readonly string[]) => boolean
}

const marked = (mark: Mark): Element => ({ open: (page) => page.mark(mark, 1), close: (page) => page.mark(mark, -1) })
const emphasis = marked(bold)
const crossedOut = marked(struck)
const heading = (sign: string): Element => ({ block: true, open: (page) => page.head(sign), close: (page) => page.endHead() })
const line: Element = { block: true, open: (page) => page.endLine(), close: (page) => page.endLine() }
const paragraph: Element = { block: true, open: (page) => page.part(), close: (page) => page.part() }
const unread: Element = { unread: true }

const list = (numbered: boolean): Element => ({
  block: true,
  open: (page, { start }, { isIn }) => page.openList(isIn('li', ['ul', 'ol']), numbered ? (wholeNumber(start) ?? 1) : undefined),
  close: (page) => page.closeList(),
})

const item: Element = { block: true, open: (page, { value }) => page.openItem(wholeNumber(value)), close: (page) => page.closeItem() }
const quote: Element = { block: true, open: (page) => page.quote(), close: (page) => page.endQuote() }
const table: Element = { block: true, open: (page) => page.openTable(), close: (page) => page.closeTable() }
const row: Element = { open: (page) => page.inTable((each) => each.row()), close: (page) => page.endLine() }

const cell = (name: string): Element => ({
  open: (page, attributes) => page.inTable((each) => each.openCell(name, attributes)),
  close: (page) => page.inTable((each) => each.closeCell()),
})

/** The language that highlighters put on code, and on the `pre` around it. */
const language = ({ class: names = '' }: Attributes): string => /\blanguage-(\w{1,20})/.exec(names)?.[1] ?? ''

const verbatim: Element = { block: true, open: (page, attributes) => page.openVerbatim(language(attributes)), close: (page) => page.closeVerbatim() }

const code: Element = {
  open: (page, attributes) => {
    page.mark(inCode, 1)
    page.tellLanguage(language(attributes))
  },
  close: (page) => page.mark(inCode, -1),
}

const anchor: Element = {
  open: (page, { href }) => {
    const to = address(href)
    page.linkTo(to === undefined ? undefined : link(to))
  },
  close: (page) => page.linkTo(undefined),
}

/** A dot that tells the sender that the mail was opened. */
const isTracker = ({ width, height, style = '' }: Attributes): boolean =>
  [width, height].some((size) => /^[01](?:px)?$/.test(size ?? '')) || /(?:^|[;\s])(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)/i.test(style)

const isEmoji = (text: string): boolean => /^(?=.{1,30}$)[\p{Extended_Pictographic}\p{Emoji_Component}]+$/u.test(text) && !/^[\d#*]+$/.test(text)

const image: Element = {
  open: (page, attributes) => {
    const alt = (attributes.alt ?? '').trim()
    if (isTracker(attributes)) return
    if (isEmoji(alt)) page.say(alt)
    else if (isUploaded(attributes.src)) page.picture(alt ? `image: ${alt}` : 'image', address(attributes.src))
    else page.say(alt ? `[image: ${alt}]` : '[image]')
  },
}

/** What is played or shown from elsewhere, by its address. */
const embedded = (name: string): Element => ({
  open: (page, { src }) => page.openEmbedded(name, src),
  close: (page) => page.closeEmbedded(),
})

const wholeNumber = (text = ''): number | undefined => (/^\s*\d{1,9}\s*$/.test(text) ? Number(text) : undefined)

const each = (names: string, element: Element): [string, Element][] => names.split(' ').map((name) => [name, element])

/** The elements that do something. */
const elements: ReadonlyMap<string, Element> = new Map([
  ...each('b strong', emphasis),
  ...each('i em', marked(italic)),
  ...each('s strike del', crossedOut),
  ['sup', marked(raised)],
  ...each('code kbd samp tt', code),
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name, index): [string, Element] => [name, heading(`${'#'.repeat(index + 1)} `)]),
  ...each('div section article header footer main aside nav address center form fieldset figure figcaption details summary legend dl dt dd option body', line),
  ['p', paragraph],
  ['ul', list(false)],
  ['ol', list(true)],
  ['li', item],
  ['blockquote', quote],
  ...each('pre xmp listing', verbatim),
  ['a', anchor],
  ['img', image],
  ['br', { open: (page) => page.breakLine() }],
  ['hr', { block: true, open: (page) => page.rule() }],
  ['table', table],
  ['tr', row],
  ['td', cell('td')],
  ['th', cell('th')],
  ['caption', line],
  ['iframe', embedded('embedded page')],
  ['video', embedded('video')],
  ['audio', embedded('audio')],
  ['source', { open: (page, { src }) => page.embedFrom(src) }],
  ...each('script style title template noscript noembed noframes object xml', unread),
])

/** An element that does nothing: what is in it is read as if it were not there. */
const other: Element = {}

/** What an element does, by its name unless its style says otherwise: Google Docs puts all it copies into a `b` that is not bold. */
export const elementOf = (name: string, { style = '' }: Attributes): Element => {
  const element = elements.get(name) ?? other
  if (element === emphasis && /font-weight\s*:\s*(?:normal|[1-4]00)/i.test(style)) return other
  if (element === other && /text-decoration[\w-]*\s*:[^;]*line-through/i.test(style)) return crossedOut
  return element
}
