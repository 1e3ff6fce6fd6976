import type { TransactionalStore } from '../store.ts'
import type { Time } from '../time.ts'
import { envelope, signature } from './envelope.ts'
import { dropAll, head, type Notification, notifications, prune } from './notification.ts'
import type { Outbox } from './outbox.ts'
import { post, type Reply } from './post.ts'
import { subscriptions } from './subscription.ts'
import { verdict } from './verdict.ts'

interface Delivering {
  readonly store: TransactionalStore
  readonly time: Time
  readonly outbox: Outbox
  /** Lets happen what was to happen by now, so that it is told of although nobody asks. */
  readonly catchUp: () => void
  /** Milliseconds since 1970 of the real clock. */
  readonly world: () => number
  /** The workspace's id, which a receiver may look at. */
  readonly appId: () => string
  /** Milliseconds an answer may take; Intercom waits for 5 seconds. */
  readonly patience: number
  readonly report: (error: unknown) => void
}

/** How often to look whether time has come, or whether another process wrote something, in milliseconds. */
const rhythm = 1000

/** Posts what the outbox holds, in order for each subscription, until the function it gives is called, which finishes what is under way. */
export const delivering = (work: Delivering): (() => Promise<void>) => {
  const { store, time, outbox, report } = work
  const active = new Map<string, Promise<void>>()
  let stopped = false

  const drain = async (id: string): Promise<void> => {
    for (let next = claim(work, id); next; next = stopped ? undefined : claim(work, id)) settle(work, next, await sent(work, next))
  }
  const start = (id: string): void => {
    active.set(id, drain(id).catch(report).finally(() => active.delete(id)))
  }
  const look = (): void => {
    if (stopped) return
    time.look()
    const all = store.find(subscriptions)
    if (all.length > 0) work.catchUp()
    for (const { id } of all) if (!active.has(id) && ready(work, head(store, id))) start(id)
  }

  const carefully = (): void => {
    try {
      look()
    } catch (error) {
      report(error)
    }
  }
  const timer = setInterval(carefully, rhythm)
  outbox.listen(carefully)
  carefully()
  return async () => {
    stopped = true
    clearInterval(timer)
    await Promise.all(active.values())
  }
}

/** Its time has come, and no other process is posting it. */
const ready = ({ time, world }: Delivering, next: Notification | undefined): next is Notification =>
  next !== undefined && isDue(next, time.now()) && next.leased_until <= world()

/** Also when the clock was set back since: nobody should wait until it has come that far again. */
const isDue = ({ due_at, attempts, created_at }: Notification, now: number): boolean => due_at <= now || (attempts.at(-1)?.at ?? created_at) > now

/** Takes the next notification of a subscription, so that no other process posts it meanwhile. If this one dies, the lease runs out. */
const claim = (work: Delivering, subscriptionId: string): Notification | undefined =>
  work.store.transaction('write', () => {
    const now = work.time.look()
    const next = head(work.store, subscriptionId)
    if (!ready(work, next)) return undefined
    const leased_until = work.world() + 2 * work.patience
    return work.store.put(notifications, { ...next, leased_until, first_sent_at: next.first_sent_at ?? now })
  })

const sent = ({ store, appId, patience }: Delivering, notification: Notification): Promise<Reply> => {
  const subscription = store.get(subscriptions, notification.subscription_id)
  if (!subscription) return Promise.resolve({ status: null, error: 'the subscription is gone' })
  const body = envelope(notification, appId())
  return post(subscription.url, patience, { body, signature: signature(body, subscription.secret) })
}

/** Writes down what came of an attempt, unless somebody forgot the notification meanwhile. */
const settle = ({ store, time }: Delivering, { id }: Notification, reply: Reply): void =>
  store.transaction('write', () => {
    const now = time.look()
    const posted = store.get(notifications, id)
    if (!posted) return
    const attempts = [...posted.attempts, { at: now, ...reply }]
    store.put(notifications, { ...posted, ...verdict(attempts, now), leased_until: 0, attempts })
    if (reply.status === 410) disable(store, posted.subscription_id)
    prune(store)
  })

const disable = (store: TransactionalStore, id: string): void => {
  const subscription = store.get(subscriptions, id)
  if (subscription) store.put(subscriptions, { ...subscription, disabled: 'the URL answered 410' })
  dropAll(store, id)
}
