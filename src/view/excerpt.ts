import { folded } from './folded.ts'
import { markdown } from './markdown/markdown.ts'
import { plain } from './plain.ts'

/** Characters of an excerpt. */
const length = 120

/** What a reader sees of HTML or plain text. */
export const readable = (html: string): string => plain(markdown(html)).replace(/\s+/g, ' ')

/** Emphasis may begin or end within a word or a phrase. */
const bare = (text: string): string => folded(text).replace(/[*_~`\\]/g, '')

/** Which of the words a text has. */
export const wordsIn = (text: string, words: readonly string[]): string[] => {
  const searched = bare(text)
  return words.filter((word) => searched.includes(bare(word)))
}

/** Where what has the word begins, between spaces: only they stand in a bare text as in the text itself. */
const at = (text: string, word: string): number => {
  const searched = bare(text)
  const found = searched.indexOf(bare(word))
  const before = searched.slice(0, Math.max(found, 0)).split(' ').length - 1
  return found < 0 ? -1 : text.split(' ').slice(0, before).map((each) => `${each} `).join('').length
}

/** The surroundings of the first of these words in a text that {@link readable} made; its beginning when it has none. */
export const excerptAround = (text: string, words: readonly string[]): string => {
  const found = Math.max(0, Math.min(...words.map((word) => at(text, word)).filter((place) => place >= 0), text.length))
  const start = text.length <= length || found === text.length ? 0 : Math.max(0, Math.min(found - Math.floor(length / 3), text.length - length))
  const from = start === 0 ? 0 : text.indexOf(' ', start) + 1 || start
  const shown = text.slice(from, start + length)
  const whole = start + length >= text.length ? shown : shown.replace(/\s+\S*$/, '')
  return `${from > 0 ? '… ' : ''}${whole}${start + length < text.length ? ' …' : ''}`
}
