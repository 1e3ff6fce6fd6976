import { Timestamp } from '../contract/shape.ts'
import { LIMIT } from './fit.ts'
import { type Found, found, type Sort, stateOf } from './found.ts'
import { plain } from './plain.ts'
import type { Place } from './present.ts'
import { project } from './project.ts'

type Document = Readonly<Record<string, unknown>>

/** A whole document, in the shape that ChatGPT's connectors and deep research ask for. */
export interface Fetched extends Found {
  readonly text: string
  readonly metadata: Readonly<Record<string, string>>
}

/** An object with its text, which a tool of ours has made of it; in JSON it fits the limit of an answer. */
export const fetched = (sort: Sort, object: Document, text: string, place: Place): Fetched => {
  const { id, title, url } = found(sort, object, place)
  const metadata = about(sort, object, text, place)
  const length = (candidate: string): number => JSON.stringify({ id, title, text: candidate, url, metadata }).length
  return { id, title, text: fitting(text, (candidate) => length(candidate) <= LIMIT), url, metadata }
}

const about = (sort: Sort, object: Document, text: string, { simulated }: Place): Record<string, string> => {
  const state = stateOf[sort]?.(object)
  const updated = project(Timestamp, object.updated_at, { kinds: new Map(), times: 'minute' })
  const nonce = nonceIn(text)
  return {
    type: sort,
    source: 'Intercom',
    ...(updated !== undefined && { updated: String(updated) }),
    ...(typeof state === 'string' && { state: plain(state).slice(0, 100) }),
    ...(simulated && { simulated: 'true' }),
    ...(nonce && { untrusted: `Of the text, what stands between <customer-data ${nonce}> and </customer-data ${nonce}>; of the title, what stands between “ and ”.` }),
  }
}

/** The first mark is ours: our answers begin with what customers wrote, or have nothing of them. */
const nonceIn = (text: string): string | undefined => /^<customer-data (\S+)>$/m.exec(text)?.[1]

/**
 * As much of a text as fits: what it begins with tells what it is, and of what customers wrote the end is the newest. What is left
 * out between is counted. Theirs stays between its marks, and our words after it stay whole.
 */
const fitting = (text: string, fits: (text: string) => boolean): string => {
  if (fits(text)) return text
  const end = text.lastIndexOf(`\n</customer-data ${nonceIn(text)}>`)
  const [theirs, ours] = end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end)]
  let [low, high] = [0, Math.floor(theirs.length / 2)]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(ends(theirs, middle) + ours)) low = middle
    else high = middle - 1
  }
  return ends(theirs, low) + ours
}

/** So many characters of the beginning and of the end. Cut within a character, half of it is no text. */
const ends = (text: string, kept: number): string =>
  `${plain(text.slice(0, kept))}…\n(${(text.length - 2 * kept).toLocaleString('en')} characters are left out here)\n…${plain(text.slice(text.length - kept))}`
