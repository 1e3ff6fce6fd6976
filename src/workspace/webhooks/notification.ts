import { type Collection, sql, type Store } from '../store.ts'
import type { Topic } from '../topics.ts'

/** What is, or was, to be told to one subscription. */
export interface Notification {
  /** notif_<uuid>; the same at every attempt. */
  readonly id: string
  readonly subscription_id: string
  readonly topic: Topic
  readonly item: object
  /** Unix seconds of the workspace's clock, as all times here but one. */
  readonly created_at: number
  readonly first_sent_at: number | null
  readonly state: 'waiting' | 'delivered' | 'dropped'
  /** It is not posted before. */
  readonly due_at: number
  /** Until then a process is posting it: milliseconds since 1970 of the real clock, 0 when none is. */
  readonly leased_until: number
  readonly attempts: readonly Attempt[]
}

export interface Attempt {
  readonly at: number
  /** Null when no answer came. */
  readonly status: number | null
  /** Why no answer came. */
  readonly error?: string
}

export const notifications: Collection<Notification> = {
  table: 'control_notification',
  columns: { subscription_id: 'TEXT', waiting: 'INTEGER' },
  facts: ({ subscription_id, state }) => ({ subscription_id, waiting: Number(state === 'waiting') }),
  indexed: ['waiting', 'subscription_id'],
}

/** How many that are delivered or dropped are remembered. */
const remembered = 1000

/** The next one to be told to a subscription, due or not: what follows waits for it. */
export const head = (store: Store, subscriptionId: string): Notification | undefined =>
  store.find(notifications, { where: sql`waiting = 1 AND subscription_id = ${subscriptionId}`, limit: 1 })[0]

/** The last ones of a subscription, oldest first. */
export const lately = (store: Store, subscriptionId: string, limit: number): Notification[] =>
  store.find(notifications, { where: sql`subscription_id = ${subscriptionId}`, order: sql`seq DESC`, limit }).toReversed()

/** Gives up what still waits for a subscription. */
export const dropAll = (store: Store, subscriptionId: string): void => {
  for (const waiting of store.find(notifications, { where: sql`waiting = 1 AND subscription_id = ${subscriptionId}` }))
    store.put(notifications, { ...waiting, state: 'dropped' })
}

/** Forgets what was over long ago. */
export const prune = (store: Store): void => {
  for (const { id } of store.find(notifications, { where: sql`waiting = 0`, order: sql`seq DESC`, limit: 100, offset: remembered })) store.remove(notifications, id)
}

/** Forgets everything about a subscription, or about all. */
export const forget = (store: Store, subscriptionId?: string): void => {
  const which = subscriptionId === undefined ? {} : { where: sql`subscription_id = ${subscriptionId}` }
  for (const { id } of store.find(notifications, which)) store.remove(notifications, id)
}
