import { type Call, Rejection } from './handler.ts'
import { written } from './html.ts'
import { newsfeeds } from './newsfeeds.ts'
import { type Collection, type Sql, sql, type Store } from './store.ts'
import { requireTeammates } from './teammates.ts'

/** That a news item appears in a feed. Since when is told once it is live. */
interface Assignment {
  readonly newsfeed_id: number
  readonly published_at: number | null
}

/** An announcement to customers. */
export interface NewsItemDocument {
  readonly id: string
  readonly title: string
  /** HTML. */
  readonly body: string
  readonly sender_id: number
  readonly state: 'draft' | 'live'
  readonly labels: readonly string[]
  /** Set in Intercom, never through the API. */
  readonly cover_image_url: string | null
  readonly reactions: readonly (string | null)[]
  readonly deliver_silently: boolean
  readonly newsfeed_assignments: readonly Assignment[]
  readonly created_at: number
  readonly updated_at: number
}

/** What the published answers have where nobody chose any. */
export const defaultReactions: readonly null[] = [null, null, null, null]

/** `live_since` has, by feed, when a live item was published there. */
export const newsItems: Collection<NewsItemDocument> = {
  table: 'news_item',
  columns: { live_since: 'TEXT', updated_at: 'INTEGER' },
  facts: ({ state, newsfeed_assignments, updated_at }) => {
    const feeds = state === 'live' ? newsfeed_assignments.map(({ newsfeed_id, published_at }) => [newsfeed_id, published_at ?? updated_at]) : []
    return { updated_at, live_since: JSON.stringify(Object.fromEntries(feeds)) }
  },
  blank: { body: '', state: 'draft', reactions: defaultReactions },
}

/** When an item was published in a feed; null when it is not live there. */
export const liveSince = (feedId: string): Sql => sql`json_extract(live_since, ${`$."${feedId}"`})`

/** The news item of that id, or a 404. */
export const newsItem = (store: Store, id: string): NewsItemDocument => {
  const found = store.get(newsItems, id)
  if (!found) throw new Rejection(404, 'not_found', 'Resource Not Found')
  return found
}

/** What a request says of a news item. */
export interface NewsItemChange extends Partial<Pick<NewsItemDocument, 'body' | 'state' | 'labels' | 'reactions' | 'deliver_silently'>> {
  readonly title: string
  readonly sender_id: number
  readonly newsfeed_assignments?: readonly { readonly newsfeed_id: number; readonly published_at?: number }[]
}

/** Keeps a news item after a change; what the change leaves out stays. Labels are kept once each, in the order of the alphabet. */
export const changed = (before: NewsItemDocument, { body, newsfeed_assignments, labels, ...change }: NewsItemChange, call: Call): NewsItemDocument => {
  requireTeammates(call.store, { sender_id: change.sender_id })
  const after = {
    ...before,
    ...change,
    ...(body !== undefined && { body: written(body) }),
    ...(labels !== undefined && { labels: [...new Set(labels)].toSorted() }),
    updated_at: call.now,
  }
  const assigned = newsfeed_assignments ? oncePerFeed(newsfeed_assignments, call.store) : before.newsfeed_assignments
  return call.store.put(newsItems, { ...after, newsfeed_assignments: assigned.map((one) => dated(one, after.state, call.now)) })
}

type WantedAssignment = NonNullable<NewsItemChange['newsfeed_assignments']>[number]

/** [inferred] Of two assignments to one feed the later one counts. */
const oncePerFeed = (wanted: readonly WantedAssignment[], store: Store): Assignment[] => {
  const unknown = wanted.find(({ newsfeed_id }) => !store.get(newsfeeds, newsfeed_id))
  if (unknown) throw refused(`Newsfeed ${unknown.newsfeed_id} not found`)
  return [...new Map(wanted.map(({ newsfeed_id, published_at = null }) => [newsfeed_id, { newsfeed_id, published_at }])).values()]
}

/** While it is a draft, a date is ignored; when it goes live without one, it is published now. A date cannot be in the future. */
const dated = ({ newsfeed_id, published_at }: Assignment, state: NewsItemDocument['state'], now: number): Assignment => {
  if (state === 'draft') return { newsfeed_id, published_at: null }
  if (published_at !== null && published_at > now) throw refused('published_at cannot be in the future')
  return { newsfeed_id, published_at: published_at ?? now }
}

/** [inferred] The code and the words. */
const refused = (message: string): Rejection => new Rejection(400, 'parameter_invalid', message, 'newsfeed_assignments')

export const presentNewsItem = (item: NewsItemDocument, { app }: Pick<Call, 'app'>) => {
  const { id, title, body, sender_id, state, labels, cover_image_url, reactions, deliver_silently, created_at, updated_at, newsfeed_assignments } = item
  return {
    id,
    type: 'news-item',
    workspace_id: app.id_code,
    title,
    body,
    sender_id,
    state,
    labels: [...labels],
    cover_image_url,
    reactions: [...reactions],
    deliver_silently,
    created_at,
    updated_at,
    newsfeed_assignments: newsfeed_assignments.map(({ newsfeed_id, published_at }) => ({ newsfeed_id, ...(published_at !== null && { published_at }) })),
  }
}
