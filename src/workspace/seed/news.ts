import { defaultReactions, type NewsItemDocument, newsItems } from '../news-items.ts'
import { newsfeeds } from '../newsfeeds.ts'
import type { Store } from '../store.ts'
import type { Clock } from './clock.ts'
import { adminIds, type Colleague } from './workspace.ts'

const feeds = { everyone: 1, owners: 2 } as const

/** What the API cannot make. */
export const layNewsfeeds = (store: Store, { ago }: Clock): void => {
  store.put(newsfeeds, { id: String(feeds.everyone), name: 'Everyone', created_at: ago(800, 10), updated_at: ago(800, 10) })
  store.put(newsfeeds, { id: String(feeds.owners), name: 'Owners on Fleet', created_at: ago(300, 10), updated_at: ago(120, 15) })
}

interface Announcement extends Partial<Pick<NewsItemDocument, 'labels' | 'reactions' | 'deliver_silently' | 'cover_image_url'>> {
  readonly title: string
  readonly body: string
  readonly by: Colleague
  /** Days ago: when it was written and, unless it is a draft, published. */
  readonly written: number
  readonly in: readonly (keyof typeof feeds)[]
  readonly draft?: true
}

const announcements: readonly Announcement[] = [
  {
    title: 'Tours that follow the tide',
    body: '<p>Choose a tide station, and your start times move with the water for the whole season.</p>',
    by: 'dmitri',
    written: 150,
    in: ['everyone'],
    labels: ['New'],
    reactions: ['🌊', '👍', '😕'],
    cover_image_url: 'https://pondwick.example/news/tides.png',
  },
  {
    title: 'Calendar sync is faster',
    body: '<p>Bookings from other calendars now arrive <b>within a minute</b>, each of them once.</p>',
    by: 'tobias',
    written: 64,
    in: ['everyone', 'owners'],
    labels: ['Improved'],
    reactions: ['🎉', '👍'],
  },
  {
    title: 'Reports by location for Fleet',
    body: '<p>Compare your docks side by side, and export the table.</p>',
    by: 'wes',
    written: 31,
    in: ['owners'],
    labels: ['Fleet', 'New'],
    deliver_silently: true,
  },
  {
    title: 'Vouchers for the holidays',
    body: '<p>Vouchers can have a picture of yours from now on. They are valid for three years, as before.</p>',
    by: 'lucia',
    written: 9,
    in: ['everyone'],
    labels: ['Seasonal'],
    draft: true,
  },
  { title: 'Plans and prices from January', body: '<p>To be agreed with Wes.</p>', by: 'priya', written: 3, in: [], draft: true },
]

export const layNews = (store: Store, { ago }: Clock): void => {
  for (const { by, written, in: where, draft, ...announcement } of announcements)
    store.put(newsItems, {
      labels: [],
      reactions: defaultReactions,
      deliver_silently: false,
      cover_image_url: null,
      ...announcement,
      id: String(store.next('news_item')),
      sender_id: Number(adminIds[by]),
      state: draft ? 'draft' : 'live',
      newsfeed_assignments: where.map((name) => ({ newsfeed_id: feeds[name], published_at: draft ? null : ago(written, 12) })),
      created_at: ago(written + 2, 10),
      updated_at: ago(written, 12),
    })
}
