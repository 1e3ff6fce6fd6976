import type { Locale } from '../contract/translation.ts'
import { type ArticleContent, type ArticleDocument, articles, noStatistics } from './article.ts'
import { parentCollection } from './article-collections.ts'
import type { Call } from './handler.ts'
import { written } from './html.ts'
import { presentArticle } from './present-article.ts'
import { requireTeammates } from './teammates.ts'
import { inDefault, withTranslations } from './translations.ts'

/** What a request says of an article's content. */
type ContentChange = Partial<Pick<ArticleContent, 'title' | 'description' | 'body' | 'author_id' | 'state'>>

export interface ArticleChange extends ContentChange {
  /** null takes it out of its collection. */
  readonly parent_id?: number | null
  readonly translated_content?: Readonly<Partial<Record<Locale, ContentChange>>>
}

/** HTML as an article keeps it: cleaned, and no paragraph with a margin of its own. */
const articleHtml = (body: string): string => (body === '' ? '' : written(body).replace(/<p(?=[\s>])(?![^>]*\sclass=)/gi, '<p class="no-margin"'))

/** The content after a change; `before` is what it was or, when it is new, what it takes where the change says nothing. */
const rewritten = (before: ArticleContent, change: ContentChange, { store, now }: Call): ArticleContent => {
  if (Object.keys(change).length === 0) return before
  requireTeammates(store, { author_id: change.author_id })
  return { ...before, ...change, ...(change.body !== undefined && { body: articleHtml(change.body) }), updated_at: now }
}

/** [inferred] A translation without a title or an author takes the article's; it is a draft until it says otherwise. */
const translator = (main: ArticleContent, call: Call) => (before: ArticleContent | undefined, change: ContentChange): ArticleContent => {
  const { title, author_id } = main
  return rewritten(before ?? { title, author_id, ...unwritten(call) }, change, call)
}

const unwritten = ({ now }: Call) => ({ description: '', body: '', state: 'draft', created_at: now, updated_at: now }) as const

export const created = (wanted: ArticleChange & Pick<ArticleContent, 'title' | 'author_id'>, call: Call): ArticleDocument => {
  const { title, author_id } = wanted
  const blank = { title, author_id, ...unwritten(call), parent_id: null, translations: {}, statistics: noStatistics, tags: [] }
  const made = changed({ ...blank, id: '' }, wanted, call)
  const article = call.store.put(articles, { ...made, id: String(call.store.next('article')) })
  tell(article, 'created', call)
  if (article.state === 'published') tell(article, 'published', call)
  return article
}

export const updated = (before: ArticleDocument, wanted: ArticleChange, call: Call): ArticleDocument => {
  const article = call.store.put(articles, changed(before, wanted, call))
  tell(article, 'updated', call)
  if (article.state !== before.state) tell(article, article.state === 'published' ? 'published' : 'unpublished', call)
  return article
}

/** The default language's time of change stands for the article's, as is documented, so a translation alone does not move it. */
const changed = (before: ArticleDocument, { parent_id, translated_content, ...outside }: ArticleChange, call: Call): ArticleDocument => {
  const place = parent_id === undefined ? {} : { parent_id: placeNamed(parent_id, call), updated_at: call.now }
  const content = rewritten(before, inDefault(translated_content, outside), call)
  const translations = withTranslations(before.translations, translated_content, translator(content, call))
  return { ...before, ...content, ...place, translations }
}

const placeNamed = (id: number | null, { store }: Call): number | null => (id === null ? null : Number(parentCollection(store, id).id))

export const removed = (article: ArticleDocument, { store, notify }: Call): void => {
  store.remove(articles, article.id)
  notify('article.deleted', () => ({ type: 'article', id: article.id }))
}

const tell = (article: ArticleDocument, event: 'created' | 'updated' | 'published' | 'unpublished', call: Call): void =>
  call.notify(`article.${event}`, () => presentArticle(article, call))
