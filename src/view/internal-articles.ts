import { InternalArticle } from '../contract/internal-articles.ts'
import type { Kind } from './kind.ts'

export const internalArticle: Kind = {
  name: 'internal_article',
  plural: 'internal_articles',
  by: 'workspace',
  schema: InternalArticle,
  headline: ['id', 'title', 'owner_id'],
  brief: ['id', 'title'],
  summary: ['id', 'title', 'owner_id', 'body', 'updated_at'],
  excerpt: 200,
  long: { body: 'get_internal_article' },
  times: 'date',
}
