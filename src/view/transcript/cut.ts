import { cut } from '../fit.ts'
import { text } from '../text.ts'

type Document = Record<string, unknown>

/** How far an entry of a transcript is indented. */
const indentation = 6

/** Characters that something takes in the longer of the two forms of an answer. What stands side by side adds up. */
export const weight = (value: unknown): number => {
  if (value === undefined) return 0
  const lines = text(value)
  return Math.max(JSON.stringify(value).length, lines.length + indentation * lines.split('\n').length) + 20
}

/**
 * What somebody said, in an entry of at most that weight. Of a text that is longer, or was read up to some character,
 * it says so, and with which `parts_after` it goes on. `place` is what that calls the entry.
 */
export const shortened = (said: Document, most: number, place: string, read = 0): Document => {
  const { body, ...besides } = said
  if (typeof body !== 'string') return said
  const left = after(body, read)
  const more = (end: number) => `: parts_after "${place}:${body.length - left.length + end}"`
  const shown = left ? beginning(left, most - weight(besides), more) : `(nothing after character ${body.length})`
  return shown === body ? said : { ...said, ...(read > 0 && { from_character: read }), body: shown }
}

/** Of a text what comes after as many characters, of which the last may be half of one. */
const after = (text: string, read: number): string => text.slice(/[\udc00-\udfff]/.test(text[read] ?? '') ? read - 1 : read)

/** Room for saying how much is left. */
const remark = 100

const beginning = (text: string, most: number, more: (end: number) => string): string => {
  if (text.length <= most && weight(text) <= most) return text
  const room = Math.max(most - remark, 0)
  let length = Math.min(text.length, room)
  for (let heavy = weight(text.slice(0, length)); heavy > room && length > 0; heavy = weight(text.slice(0, length)))
    length = Math.floor(length * Math.min(room / heavy, 0.95))
  return cut(text, length, more)
}
