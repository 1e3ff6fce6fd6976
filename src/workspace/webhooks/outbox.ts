import type { Call } from '../handler.ts'
import type { Topic } from '../topics.ts'
import { uuid } from '../uuid.ts'
import { type Notification, notifications } from './notification.ts'
import { interested, type Subscription } from './subscription.ts'

type Sender = Pick<Call, 'store' | 'now' | 'newId'>

/** Where notifications wait until whoever serves the workspace posts them. */
export interface Outbox {
  /** Writes them down in the transaction that runs, for each subscription that wants the topic. */
  readonly tell: (sender: Sender, topic: Topic, item: () => object) => void
  /** Writes one down for this subscription, whatever it wants. */
  readonly put: (sender: Sender, to: Subscription, topic: Topic, item: object) => Notification
  /** What is to happen when something may have to be posted. */
  readonly listen: (listener: () => void) => void
  /** Says that something may have to be posted. */
  readonly nudge: () => void
}

export const openOutbox = (): Outbox => {
  let listener: (() => void) | undefined
  const nudge = (): void => listener?.()
  const put: Outbox['put'] = ({ store, now, newId }, { id: subscription_id }, topic, item) => {
    if (listener) setImmediate(nudge) // by then the transaction is over
    const fresh = { first_sent_at: null, state: 'waiting', due_at: now, leased_until: 0, attempts: [] } as const
    return store.put(notifications, { id: `notif_${uuid(newId())}`, subscription_id, topic, item, created_at: now, ...fresh })
  }
  return {
    put,
    tell: (sender, topic, item) => {
      const readers = interested(sender.store, topic)
      if (readers.length === 0) return
      const told = asTold(topic, item())
      for (const reader of readers) put(sender, reader, topic, told)
    },
    listen: (wanted) => (listener = wanted),
    nudge,
  }
}

/** [issue recorded] Times of contacts are ISO 8601 in notifications, other than in answers. [inferred] Milliseconds and offset are written so. */
const asTold = (topic: Topic, item: object): object => (topic.startsWith('contact.') ? (withIsoTimes(item) as object) : item)

const withIsoTimes = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withIsoTimes)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, key === 'custom_attributes' ? (each as unknown) : told(key, each)]))
}

const told = (key: string, value: unknown): unknown => (key.endsWith('_at') && typeof value === 'number' ? iso(value) : withIsoTimes(value))

/** A contact may be given a time beyond all that a calendar has, which stays a number. */
const iso = (time: number): string | number => {
  const date = new Date(time * 1000)
  return Number.isNaN(date.getTime()) ? time : date.toISOString().replace('Z', '+00:00')
}
