import { Article, ArticleTranslation, ListedArticle } from '../contract/articles.ts'
import { inApps } from './address.ts'
import type { Kind } from './kind.ts'

export { tag } from './tags.ts'

export const article: Kind = {
  name: 'article',
  plural: 'articles',
  by: 'workspace',
  schema: Article,
  headline: ['id', 'title', 'state', 'url'],
  brief: ['id', 'title'],
  summary: ['id', 'title', 'state', 'url', 'description', 'parent_id', 'updated_at'],
  hidden: ['parent_ids', 'parent_type'], // parent_id is the collection
  counted: ['translated_content'],
  excerpt: 200,
  long: { body: 'get_article' },
  times: 'date',
  path: ({ id, workspace_id }) => inApps(`articles/articles/${String(id)}/show`, workspace_id),
}

export const listedArticle: Kind = { ...article, schema: ListedArticle }

/** Beside the article itself a translation is only named: its text is read by its locale. */
export const translation: Kind = {
  name: 'translation',
  plural: 'translations',
  by: 'workspace',
  schema: ArticleTranslation,
  headline: ['title', 'state', 'url'],
  brief: ['title', 'state', 'url', 'updated_at'],
  times: 'date',
}
