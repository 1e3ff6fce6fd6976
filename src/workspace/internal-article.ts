import { type Call, Rejection } from './handler.ts'
import { cleaned } from './html.ts'
import type { Collection, Store } from './store.ts'
import { requireTeammates } from './teammates.ts'
import { defaultLocale } from './translations.ts'

/** What teammates wrote down for each other. */
export interface InternalArticleDocument {
  readonly id: string
  readonly title: string
  /** HTML or plain text. */
  readonly body: string
  readonly author_id: number
  readonly owner_id: number
  readonly locale: string
  /** Folders are made in Intercom, and no answer tells of them. */
  readonly folder_id: string | null
  readonly created_at: number
  readonly updated_at: number
}

export const internalArticles: Collection<InternalArticleDocument> = {
  table: 'internal_article',
  columns: { folder_id: 'TEXT', updated_at: 'INTEGER' },
  facts: ({ folder_id, updated_at }) => ({ folder_id, updated_at }),
  blank: { body: '', locale: defaultLocale },
}

/** The internal article of that id, or a 404. */
export const internalArticle = (store: Store, id: string): InternalArticleDocument => {
  const found = store.get(internalArticles, id)
  if (!found) throw new Rejection(404, 'not_found', 'Resource Not Found')
  return found
}

export const presentInternal = ({ id, title, body, owner_id, author_id, created_at, updated_at, locale }: InternalArticleDocument) => ({
  id,
  type: 'internal_article',
  title,
  body,
  owner_id,
  author_id,
  created_at,
  updated_at,
  locale,
})

type Written = Partial<Pick<InternalArticleDocument, 'title' | 'body' | 'author_id' | 'owner_id'>>

/** Keeps an internal article with what was written. Plain text stays as it is, as in the published answers. */
export const kept = (before: InternalArticleDocument, { body, ...change }: Written, { store, now }: Call): InternalArticleDocument => {
  requireTeammates(store, { author_id: change.author_id, owner_id: change.owner_id })
  return store.put(internalArticles, { ...before, ...change, ...(body !== undefined && { body: cleaned(body) }), updated_at: now })
}
