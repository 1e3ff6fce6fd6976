import { type Query } from '../../contract/search.ts'
import { type Document, type Sort, wordsIn } from '../../view/found.ts'
import { idle } from '../idle.ts'
import { readPasted } from '../pasted/pasted.ts'

/** What is looked for: the words that tell something, or one email address or phone number. */
export interface Wanted {
  readonly text: string
  readonly words: readonly string[]
}

export const wantedIn = (query: string): Wanted => {
  const { text, readings } = readPasted(query)
  const [first] = readings
  return first?.as === 'email' || first?.as === 'phone' ? { text: first.value, words: [first.value] } : { text: text || query, words: tellingWords(text || query) }
}

/** An address is one word. */
const tellingWords = (text: string): string[] => {
  const all = [...new Set(text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}@.+_'’-]*/gu)?.map((word) => word.replace(/[^\p{L}\p{N}\p{M}]+$/u, '')))]
  const telling = all.filter((word) => !idle.has(word))
  return telling.length > 0 ? telling : all
}

/** Where a search endpoint may find words: in texts, or as a whole value. */
export interface Places {
  readonly texts: readonly string[]
  readonly values: readonly string[]
}

/** As many entries as Intercom takes in a group. */
const most = 15

/** All of the words. One word alone may also be a whole value, such as an id. */
export const withAll = ({ words, text }: Wanted, { texts, values }: Places): Query =>
  words.length > 1
    ? { operator: 'AND', value: words.slice(0, most).map((word) => ({ operator: 'OR', value: containing(word, texts) })) }
    : { operator: 'OR', value: [...containing(words[0] ?? text, texts), ...values.map((field): Query => ({ field, operator: '=', value: words[0] ?? text }))] }

/** Any of the words. */
export const withAny = ({ words }: Wanted, { texts }: Places): Query => ({ operator: 'OR', value: words.flatMap((word) => containing(word, texts)).slice(0, most) })

const containing = (word: string, texts: readonly string[]): Query[] => texts.map((field) => ({ field, operator: '~', value: word }))

/** Of these objects those with most of the words, each at the beginning of one, in their own order. */
export const fittest = (sort: Sort, objects: readonly Document[], { words }: Wanted): Document[] => {
  const scored = objects.map((object) => ({ object, score: scoreOf(spaced(wordsIn(sort, object)), words) })).filter(({ score }) => score > 0)
  const complete = scored.filter(({ score }) => score === words.length)
  return (complete.length > 0 ? complete : scored.toSorted((a, b) => b.score - a.score)).map(({ object }) => object)
}

const scoreOf = (text: string, words: readonly string[]): number => words.filter((word) => text.includes(spaced(word).trimEnd())).length

/** ` every word `, so that the beginning of one can be looked for. */
const spaced = (text: string): string => ` ${text.toLowerCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ').trim()} `
