import { Article, ListedArticle } from '../contract/articles.ts'
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
  times: 'date',
  path: ({ id, workspace_id }) => `/a/apps/${String(workspace_id)}/articles/articles/${String(id)}/show`,
}

export const listedArticle: Kind = { ...article, schema: ListedArticle }
