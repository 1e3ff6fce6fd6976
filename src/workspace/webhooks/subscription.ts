import type { Collection, Store } from '../store.ts'
import { type Topic, topics } from '../topics.ts'

/** A URL that wants to be told of some topics. Kept beside the workspace's data, not as a part of it. */
export interface Subscription {
  readonly id: string
  readonly url: string
  /** `*` stands for every topic. */
  readonly topics: readonly (Topic | '*')[]
  /** The client secret of the app that Intercom would tell: what is posted is signed with it. */
  readonly secret: string
  /** Unix seconds. */
  readonly created_at: number
  /** Why nothing is posted any more. */
  readonly disabled: string | null
}

export const subscriptions: Collection<Subscription> = { table: 'control_subscription', columns: {}, facts: () => ({}) }

export const wantable = ['*', ...topics] as const

/** Those who are to be told of a topic. */
export const interested = (store: Store, topic: Topic): Subscription[] =>
  store.find(subscriptions).filter((subscription) => subscription.disabled === null && (subscription.topics.includes('*') || subscription.topics.includes(topic)))
