import type { Handlers } from './handler.ts'
import { changed, defaultReactions, liveSince, newsItem, newsItems, presentNewsItem } from './news-items.ts'
import { newsfeed, newsfeeds, presentNewsfeed } from './newsfeeds.ts'
import { pageFrom } from './page.ts'
import { sql } from './store.ts'

const itemsList = { path: '/news/news_items', perPage: 10, last: 'absent' } as const
const feedsList = { path: '/news/newsfeeds', perPage: 10, last: 'absent' } as const
const itemsOfFeed = (id: string) => ({ path: `/news/newsfeeds/${id}/items`, perPage: 20, last: 'absent' }) as const

/** As the published answers come: items newest first, feeds oldest first. */
const newestFirst = sql`seq DESC`

export const handlers: Handlers<'news'> = {
  list_news_items: (request, call) => {
    const { items, total, pages } = pageFrom(newsItems, { order: newestFirst }, request, itemsList, call)
    return { type: 'list', pages, data: items.map((item) => presentNewsItem(item, call)), total_count: total }
  },

  create_news_item: (wanted, call) => {
    const { store, now } = call
    const blank = {
      id: String(store.next('news_item')),
      title: wanted.title,
      body: '',
      sender_id: wanted.sender_id,
      state: 'draft',
      labels: [],
      cover_image_url: null,
      reactions: defaultReactions,
      deliver_silently: false,
      newsfeed_assignments: [],
      created_at: now,
      updated_at: now,
    } as const
    return presentNewsItem(changed(blank, wanted, call), call)
  },

  get_news_item: ({ id }, call) => presentNewsItem(newsItem(call.store, id), call),

  update_news_item: ({ id, ...change }, call) => presentNewsItem(changed(newsItem(call.store, id), change, call), call),

  delete_news_item: ({ id }, { store }) => {
    store.remove(newsItems, newsItem(store, id).id)
    return { id, object: 'news-item', deleted: true }
  },

  list_newsfeed_items: ({ id, ...request }, call) => {
    const since = liveSince(newsfeed(call.store, id).id)
    const selection = { where: sql`${since} IS NOT NULL`, order: sql`${since} DESC, seq DESC` }
    const { items, total, pages } = pageFrom(newsItems, selection, request, itemsOfFeed(id), call)
    return { type: 'list', pages, data: items.map((item) => presentNewsItem(item, call)), total_count: total }
  },

  list_newsfeeds: (request, call) => {
    const { items, total, pages } = pageFrom(newsfeeds, {}, request, feedsList, call)
    return { type: 'list', pages, data: items.map(presentNewsfeed), total_count: total }
  },

  get_newsfeed: ({ id }, { store }) => presentNewsfeed(newsfeed(store, id)),
}
