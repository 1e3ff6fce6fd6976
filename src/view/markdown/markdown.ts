import { elementOf, type Element } from './elements.ts'
import { folded } from './fold.ts'
import { OpenElements, type Leaving } from './open.ts'
import { Page } from './page.ts'
import { tokens, type Attributes, type Reader } from './tokens.ts'
import { plain } from '../plain.ts'

/**
 * HTML as Markdown without anything invisible; text without tags as it is. What a mail quotes of those before it becomes one
 * line that counts it. Streams without building a tree: takes time in proportion to its length, however it is nested.
 */
export const markdown = (html: string): string => (hasTags.test(html) ? ofTags(html) : ofText(decoded(html)))

/** An address in angle brackets is none. */
const hasTags = /<(?:\/?[a-z][a-z0-9-]{0,40}[\s/>]|!)/i

const ofText = (text: string): string => folded(text.split('\n'), []).join('\n').trim()

const decoded = (html: string): string => {
  if (!html.includes('&')) return plain(html)
  let text = ''
  tokens(html, { open: () => {}, close: () => {}, text: (each) => void (text += each) })
  return text
}

const ofTags = (html: string): string => {
  const reading = new Reading()
  tokens(html, reading)
  return reading.end()
}

/** Elements that hold nothing, and so never end. */
const empty = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))

const isHidden = ({ hidden, style = '' }: Attributes): boolean => hidden !== undefined || /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d]))/i.test(style)

class Reading implements Reader {
  private readonly page = new Page()
  private readonly openElements = new OpenElements()
  /** How many of the open elements are not to be read. */
  private hidden = 0
  private readonly unhide: Leaving = { leave: () => void (this.hidden -= 1) }
  /** Made once for each kind of element, since a body may have a million. */
  private readonly leavings = new Map<Element, Leaving>()

  text(text: string): void {
    if (!this.hidden) this.page.say(text)
  }

  open(name: string, attributes: Attributes): void {
    if (name.includes('@')) return this.text(plain(`<${name}>`)) // an address that nobody escaped
    const element = elementOf(name, attributes)
    this.openElements.make(name, element.block === true)
    const shown = this.hidden === 0 && !isHidden(attributes)
    if (empty.has(name)) {
      if (shown) element.open?.(this.page, attributes, this.openElements)
    } else this.openElements.push(name, shown ? this.enter(name, element, attributes) : this.hide())
  }

  close(name: string): void {
    if (name !== 'br') this.openElements.close(name)
    else if (!this.hidden) this.page.breakLine()
  }

  end(): string {
    this.openElements.closeAll()
    return this.page.end()
  }

  /** Begins an element, and tells how it ends. */
  private enter(name: string, element: Element, attributes: Attributes): Leaving {
    if (element.unread) return this.hide()
    const endHistory = this.page.openHistory(name, attributes)
    element.open?.(this.page, attributes, this.openElements)
    const leaving = this.leaving(element)
    return endHistory ? { leave: () => (leaving.leave(), endHistory()) } : leaving
  }

  private hide(): Leaving {
    this.hidden += 1
    return this.unhide
  }

  private leaving(element: Element): Leaving {
    const made = this.leavings.get(element) ?? { leave: () => element.close?.(this.page) }
    this.leavings.set(element, made)
    return made
  }
}
