import { Rejection } from './handler.ts'
import type { Collection, Store } from './store.ts'

/** A stream of news for some of the customers. Made in Intercom, never through the API. */
export interface NewsfeedDocument {
  readonly id: string
  readonly name: string
  readonly created_at: number
  readonly updated_at: number
}

export const newsfeeds: Collection<NewsfeedDocument> = {
  table: 'newsfeed',
  columns: { updated_at: 'INTEGER' },
  facts: ({ updated_at }) => ({ updated_at }),
}

/** The newsfeed of that id, or a 404. */
export const newsfeed = (store: Store, id: string): NewsfeedDocument => {
  const found = store.get(newsfeeds, id)
  if (!found) throw new Rejection(404, 'not_found', 'Resource Not Found')
  return found
}

export const presentNewsfeed = ({ id, name, created_at, updated_at }: NewsfeedDocument) => ({ id, type: 'newsfeed', name, created_at, updated_at })
