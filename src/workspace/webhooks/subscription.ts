import type { Collection, Store } from '../store.ts'
import { silentTopics, type Topic, topics } from '../topics.ts'

/** A topic that can be asked for. `*` stands for all. */
export const wantable = ['*', ...topics, ...silentTopics] as const

type Wantable = (typeof wantable)[number]

/** A URL that wants to be told of some topics. Kept beside the workspace's data, not as a part of it. */
export interface Subscription {
  readonly id: string
  readonly url: string
  readonly topics: readonly Wantable[]
  /** The client secret of the app that Intercom would tell: what is posted is signed with it. */
  readonly secret: string
  /** Unix seconds. */
  readonly created_at: number
  /** Why nothing is posted any more. */
  readonly disabled: string | null
}

export const subscriptions: Collection<Subscription> = { table: 'control_subscription', columns: {}, facts: () => ({}) }

/** Of what a subscription asks for, that of which it is never told. */
export const silentIn = (wanted: readonly Wantable[]): Wantable[] => wanted.filter((topic) => silent.has(topic))

const silent: ReadonlySet<Wantable> = new Set(silentTopics)

/** Those who are to be told of a topic. */
export const interested = (store: Store, topic: Topic): Subscription[] =>
  store.find(subscriptions).filter((subscription) => subscription.disabled === null && (subscription.topics.includes('*') || subscription.topics.includes(topic)))
