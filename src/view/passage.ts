import type { Frame } from './frame.ts'

type Document = Record<string, unknown>

/** Which part of an object's long texts is shown. */
export interface Passage {
  /** Characters that were shown before. */
  readonly from?: number
  /** Characters that may be shown now, as they count in JSON. */
  readonly room?: number
}

/** So much of a text reads well at once, and leaves room for what stands beside it. */
const enough = 8_000

/** An answer with the long texts of its one object cut to a passage, and how to read on beside what else is to be told. */
export const passaged = (answer: Document, { key, kind }: Frame, { passage = {}, note }: { readonly passage?: Passage; readonly note?: string }): { answer: Document; note?: string } => {
  const shown = answer[key]
  if (!kind?.long || typeof shown !== 'object' || shown === null || Array.isArray(shown)) return { answer, note }
  const cuts = Object.entries(kind.long).flatMap(([field, tool]) => cutting(field, (shown as Document)[field], tool, passage))
  if (cuts.length === 0) return { answer, note }
  const texts = Object.fromEntries(cuts.map(({ field, text }) => [field, text]))
  return { answer: { ...answer, [key]: { ...shown, ...texts } }, note: [note, ...cuts.map((each) => each.note)].filter(Boolean).join(' ') }
}

const cutting = (field: string, text: unknown, tool: string, { from = 0, room = enough }: Passage): { field: string; text: string; note: string }[] => {
  if (typeof text !== 'string') return []
  const end = from + lengthWithin(text.slice(from), room)
  if (from === 0 && end === text.length) return []
  const rest = end < text.length ? ` ${tool} with text_from ${end} shows more.` : ''
  return [{ field, text: text.slice(from, end), note: `Characters ${count(from)} to ${count(end)} of ${count(text.length)} of ${field}.${rest}` }]
}

const count = (characters: number): string => characters.toLocaleString('en')

/** Characters from its beginning that fit, up to the end of a line where one ends near. */
const lengthWithin = (text: string, room: number): number => {
  let [length, taken] = [0, 0]
  for (const character of text) {
    taken += JSON.stringify(character).length - 2
    if (taken > room) return lineEnd(text, length)
    length += character.length
  }
  return length
}

const lineEnd = (text: string, length: number): number => {
  const end = text.lastIndexOf('\n', length - 1) + 1
  return end > length * 0.8 ? end : length
}
