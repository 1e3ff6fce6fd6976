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

/** `live_since` has, by feed, when a live item was published there. */
export const newsItems: Collection<NewsItemDocument> = {
  table: 'news_item',
  columns: { live_since: 'TEXT', updated_at: 'INTEGER' },
  facts: ({ state, newsfeed_assignments, updated_at }) => {
    const feeds = state === 'live' ? newsfeed_assignments.map(({ newsfeed_id, published_at }) => [newsfeed_id, published_at]) : []
    return { updated_at, live_since: JSON.stringify(Object.fromEntries(feeds)) }
  },
}

/** When an item was published in a feed; null when it is not live there. */
export const liveSince = (feedId: string): Sql => sql`json_extract(live_since, ${`$."${feedId}"`})`

/** What the published answers have where nobody chose any. */
export const defaultReactions: readonly null[] = [null, null, null, null]

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

/** Keeps a news item after a change; what the change leaves out stays. Labels are kept in the order of the alphabet. */
export const changed = (before: NewsItemDocument, { body, newsfeed_assignments, labels, ...change }: NewsItemChange, call: Call): NewsItemDocument => {
  requireTeammates(call.store, { sender_id: change.sender_id })
  const after = {
    ...before,
    ...change,
    ...(body !== undefined && { body: written(body) }),
    ...(labels !== undefined && { labels: labels.toSorted() }),
    updated_at: call.now,
  }
  const assigned = newsfeed_assignments?.map((assignment) => validAssignment(assignment, call)) ?? before.newsfeed_assignments
  return call.store.put(newsItems, { ...after, newsfeed_assignments: assigned.map((one) => dated(one, after.state, call.now)) })
}

/** [inferred] The refusals; documented is that a date cannot be in the future. */
const validAssignment = ({ newsfeed_id, published_at }: { newsfeed_id: number; published_at?: number }, { store, now }: Call): Assignment => {
  const refused = (message: string) => new Rejection(400, 'parameter_invalid', message, 'newsfeed_assignments')
  if (!store.get(newsfeeds, newsfeed_id)) throw refused(`Newsfeed ${newsfeed_id} not found`)
  if (published_at !== undefined && published_at > now) throw refused('published_at cannot be in the future')
  return { newsfeed_id, published_at: published_at ?? null }
}

/** While it is a draft, a date is ignored; when it goes live without one, it is published now. */
const dated = ({ newsfeed_id, published_at }: Assignment, state: NewsItemDocument['state'], now: number): Assignment => ({
  newsfeed_id,
  published_at: state === 'draft' ? null : (published_at ?? now),
})

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
