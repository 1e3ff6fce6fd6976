import type { ArticleDocument } from './article.ts'
import { wordsOf } from './article-search.ts'
import { textOf } from './plain-text.ts'

type Piece = { readonly type: 'plain' | 'highlight'; readonly text: string }

/** [inferred] Of an article's text, so many sentences with words of the phrase are shown, each of so many characters. */
const sentences = 3
const longest = 240

/** Shows where articles have the words of a phrase: in their titles, and in sentences of description and body. */
export const highlighter = (phrase: string | undefined) => {
  const words = wordsOf(phrase)
  // they hold nothing but letters and digits
  const wanted = words.length > 0 ? new RegExp(`((?<![\\p{L}\\p{N}])(?:${words.join('|')})[\\p{L}\\p{N}]*)`, 'giu') : /(?!)/
  return ({ id, title, description, body }: ArticleDocument) => ({
    article_id: id,
    highlighted_title: pieces(title, wanted),
    highlighted_summary: sentencesOf(`${description}\n${textOf(body)}`)
      .filter((sentence) => sentence.search(wanted) >= 0)
      .slice(0, sentences)
      .map((sentence) => pieces(around(sentence, sentence.search(wanted)), wanted)),
  })
}

const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+|\n+/)

/** The part of a long sentence in which the first of the words stands. */
const around = (sentence: string, at: number): string => (sentence.length <= longest ? sentence : sentence.slice(Math.max(0, at - longest / 4)).slice(0, longest))

/** Cut at the words, which are every second part. */
const pieces = (text: string, wanted: RegExp): Piece[] =>
  text
    .split(wanted)
    .map((part, index): Piece => ({ type: index % 2 === 1 ? 'highlight' : 'plain', text: part }))
    .filter((piece) => piece.text !== '')
