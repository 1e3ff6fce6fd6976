import type { Handlers, Refusals } from './handler.ts'
import { internalArticle, type InternalArticleDocument, internalArticles, kept, presentInternal } from './internal-article.ts'
import { pageFrom } from './page.ts'
import { sql } from './store.ts'
import { withoutAuthor } from './teammates.ts'
import { defaultLocale } from './translations.ts'

const list = { path: '/internal_articles', perPage: 25, last: 'absent' } as const

/** [inferred] As articles come. */
const lastUpdatedFirst = sql`updated_at DESC, seq DESC`

export const refusals: Refusals<'internal-articles'> = { create_internal_article: { author_id: withoutAuthor } }

export const handlers: Handlers<'internal-articles'> = {
  list_internal_articles: (request, call) => {
    const { items, total, pages } = pageFrom(internalArticles, { order: lastUpdatedFirst }, request, list, call)
    return { type: 'list', pages, total_count: total, data: items.map(presentInternal) }
  },

  create_internal_article: ({ title, author_id, owner_id, body = '', locale = defaultLocale }, call) => {
    const { store, now } = call
    const id = String(store.next('internal_article'))
    const blank: InternalArticleDocument = { id, title, body, author_id, owner_id, locale, folder_id: null, created_at: now, updated_at: now }
    return presentInternal(kept(blank, { body, author_id, owner_id }, call))
  },

  get_internal_article: ({ id }, { store }) => presentInternal(internalArticle(store, id)),

  update_internal_article: ({ id, ...change }, call) => presentInternal(kept(internalArticle(call.store, id), change, call)),

  delete_internal_article: ({ id }, { store }) => {
    store.remove(internalArticles, internalArticle(store, id).id)
    return { id, object: 'internal_article', deleted: true }
  },

  search_internal_articles: ({ folder_id, ...request }, call) => {
    const selection = { ...(folder_id !== undefined && { where: sql`folder_id = ${folder_id}` }), order: lastUpdatedFirst }
    const path = `/internal_articles/search${folder_id === undefined ? '' : `?folder_id=${encodeURIComponent(folder_id)}`}`
    const { items, total, pages } = pageFrom(internalArticles, selection, request, { path, perPage: 10, last: 'absent' }, call)
    return { type: 'list', total_count: total, data: { internal_articles: items.map(presentInternal) }, pages }
  },
}
