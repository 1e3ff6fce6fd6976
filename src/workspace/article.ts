import type { Locale } from '../contract/translation.ts'
import { Rejection } from './handler.ts'
import { textOf } from './plain-text.ts'
import type { Collection, Store } from './store.ts'

/** What an article says in one language. */
export interface ArticleContent {
  readonly title: string
  readonly description: string
  /** HTML. */
  readonly body: string
  readonly author_id: number
  readonly state: 'published' | 'draft'
  readonly created_at: number
  readonly updated_at: number
}

/** An article of the Help Center: its own content is that in the default language. */
export interface ArticleDocument extends ArticleContent {
  readonly id: string
  /** The collection it stands in. */
  readonly parent_id: number | null
  /** In every other language there is. */
  readonly translations: Readonly<Partial<Record<Locale, ArticleContent>>>
  readonly statistics: { readonly views: number; readonly conversations: number; readonly happy: number; readonly neutral: number; readonly sad: number }
  readonly tags: readonly { readonly id: string; readonly applied_at: number; readonly admin_id: string }[]
}

export const noStatistics = { views: 0, conversations: 0, happy: 0, neutral: 0, sad: 0 } as const

/** `title_words` and `words` are searched: see article-search.ts. */
export const articles: Collection<ArticleDocument> = {
  table: 'article',
  columns: { state: 'TEXT', parent_id: 'INTEGER', title_words: 'TEXT', words: 'TEXT', updated_at: 'INTEGER' },
  facts: ({ translations, state, parent_id, updated_at, ...main }) => {
    const contents = [main, ...Object.values(translations)]
    const titles = contents.map(({ title }) => title).join(' ')
    const texts = contents.map(({ description, body }) => `${description} ${textOf(body)}`).join(' ')
    return { state, parent_id, updated_at, title_words: spaced(titles), words: spaced(texts) }
  },
  indexed: ['parent_id'],
  blank: { description: '', body: '', state: 'draft', statistics: noStatistics },
}

/** The words of a text, each behind a blank, so that ' boat' finds what begins with "boat". */
const spaced = (text: string): string => wordsIn(text).map((word) => ` ${word}`).join('')

export const wordsIn = (text: string): string[] => text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? []

/** The article of that id, or a 404. */
export const article = (store: Store, id: string): ArticleDocument => {
  const found = store.get(articles, id)
  if (!found) throw new Rejection(404, 'not_found', 'Resource Not Found')
  return found
}
