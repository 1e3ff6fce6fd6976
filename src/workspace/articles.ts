import { article, articles } from './article.ts'
import { created, removed, updated } from './article-changes.ts'
import { highlighter } from './article-highlights.ts'
import { searched } from './article-search.ts'
import type { Handlers, Refusals } from './handler.ts'
import { pageFrom } from './page.ts'
import { presentArticle, presentListed } from './present-article.ts'
import { sql } from './store.ts'
import { withoutAuthor } from './teammates.ts'

const list = { path: '/articles', perPage: 25, last: 'absent' } as const
const lastUpdatedFirst = sql`updated_at DESC, seq DESC`

export const refusals: Refusals<'articles'> = { create_article: { author_id: withoutAuthor } }

export const handlers: Handlers<'articles'> = {
  list_articles: (request, call) => {
    const { items, total, pages } = pageFrom(articles, { order: lastUpdatedFirst }, request, list, call)
    return { type: 'list', pages, total_count: total, data: items.map((found) => presentListed(found, call)) }
  },

  create_article: ({ parent_type: _type, ...wanted }, call) => presentArticle(created(wanted, call), call),

  get_article: ({ id }, call) => presentArticle(article(call.store, id), call),

  update_article: ({ id, parent_type: _type, ...change }, call) => presentArticle(updated(article(call.store, id), change, call), call),

  delete_article: ({ id }, call) => {
    removed(article(call.store, id), call)
    return { id, object: 'article', deleted: true }
  },

  search_articles: (query, call) => {
    const { items, total, pages } = searched(query, call)
    const highlights = query.highlight ? items.map(highlighter(query.phrase)) : []
    return { type: 'list', total_count: total, data: { articles: items.map((found) => presentListed(found, call)), highlights }, pages }
  },
}
