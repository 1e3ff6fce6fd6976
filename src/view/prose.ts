import { markdown } from './markdown/markdown.ts'
import { plain } from './plain.ts'

/** So much of one text is read, in characters: a long chapter of a book. Markdown in the making takes forty times the room of its HTML. */
const longest = 100_000

/** What a reader sees of HTML or plain text, as Markdown. Tells how much of it was left unread. */
export const prose = (html: string): string => beginning(html, (text) => plain(markdown(text)))

/** A text on which no HTML is looked for. */
export const plainProse = (text: string): string => beginning(text, plain)

const beginning = (text: string, read: (text: string) => string): string =>
  text.length <= longest ? read(text) : `${read(text.slice(0, longest))}… (${(text.length - longest).toLocaleString('en')} more characters are not read)`
