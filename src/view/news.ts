import { Newsfeed, NewsItem } from '../contract/news.ts'
import type { Kind } from './kind.ts'

export const newsItem: Kind = {
  name: 'news_item',
  plural: 'news_items',
  by: 'workspace',
  schema: NewsItem,
  headline: ['id', 'title', 'state'],
  brief: ['id', 'title'],
  summary: ['id', 'title', 'state', 'body', 'sender_id', 'newsfeed_assignments', 'labels', 'updated_at'],
  excerpt: 300,
  long: { body: 'get_news_item' },
  times: 'minute',
}

export const newsfeed: Kind = {
  name: 'newsfeed',
  plural: 'newsfeeds',
  by: 'workspace',
  schema: Newsfeed,
  headline: ['id', 'name'],
  brief: ['id', 'name'],
  times: 'date',
}
