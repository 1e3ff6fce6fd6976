import type { Comparison, Query } from '../../contract/search.ts'
import { BadArguments } from '../arguments.ts'
import type { Clause } from './filter-clause.ts'
import { all, any } from './filter-tree.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Words of one search; more would be more than Intercom takes. */
const most = 8

/** The words of a text, and what stands in quotes as it stands there. Throws BadArguments. */
export const wordsOf = (text: string): string[] => {
  const found = [...text.matchAll(/"([^"]+)"|(\S+)/g)].map(([, phrase, word]) => (phrase ?? word!.replace(/^[^\p{L}\p{N}@+]+|[^\p{L}\p{N}]+$/gu, '')).trim())
  const words = [...new Set(found.filter(Boolean))]
  if (words.length === 0) throw new BadArguments('text: give at least one word.')
  if (words.length > most) throw new BadArguments(`text: at most ${most} words; fewer find more.`)
  return words
}

const filter = (field: string, operator: Comparison, value: string): Query => ({ field, operator, value })

/** Each word in any of the fields. */
const everyWord =
  (...fields: readonly string[]) =>
  (text: string): Query =>
    all(...wordsOf(text).map((word) => any(...fields.map((field) => filter(field, '~', word)))))

const digits = (text: string): string => text.replace(/\D/g, '').replace(/^0+/, '')

/** What a text looks like, and how a person is found by it; the last fits any. */
const looks: readonly (readonly [looksSo: (text: string) => boolean, query: (text: string) => Query])[] = [
  [(text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text), (text) => filter('email', '=', text)],
  [(text) => /^@[^\s@]+\.[^\s@]+$/.test(text), (text) => filter('email_domain', '=', text.slice(1))],
  [(text) => /^\+?[\d\s().-]+$/.test(text) && digits(text).length >= 6, (text) => any(filter('phone', '~', digits(text)), filter('external_id', '=', text))],
  [(text) => /^[0-9a-f]{24}$/i.test(text), (text) => any(filter('id', '=', text), filter('external_id', '=', text))],
  [(text) => /^\S+$/.test(text), (text) => any(filter('name', '~', text), filter('email', '~', text), filter('external_id', '=', text))],
  [() => true, everyWord('name', 'email')],
]

const person = (text: string): Query => looks.find(([looksSo]) => looksSo(text))![1](text)

const queries: Readonly<Record<Vocabulary['own'], (text: string) => Query>> = {
  contact: person,
  conversation: everyWord('source.body', 'source.subject'),
  ticket: everyWord('title', 'description'),
}

export const textClause = (text: string, { own }: Vocabulary): Clause => ({
  query: queries[own](text.trim()),
  said: `text ${JSON.stringify(text.trim().slice(0, 100))}`,
  interpreted: false,
  relative: false,
  exact: [],
  rounded: false,
})
