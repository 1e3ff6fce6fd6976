import * as z from 'zod'
import type { AppDocument } from '../admins.ts'
import { Rejection } from '../handler.ts'
import { hexId, secret } from '../ids.ts'
import { silentTopics, topics } from '../topics.ts'
import { forget, lately, type Notification } from '../webhooks/notification.ts'
import { isPostable, post } from '../webhooks/post.ts'
import { silentIn, type Subscription, subscriptions, wantable } from '../webhooks/subscription.ts'
import { alike } from './alike.ts'
import { controlRoute } from './route.ts'
import type { Workings } from './workings.ts'

/** The secret is told once, to whoever subscribes. */
const shown = ({ id, url, topics, created_at, disabled }: Subscription) => withSilence({ id, url, topics, created_at, disabled })

/** What is asked for in vain should be seen. */
const withSilence = <S extends Pick<Subscription, 'topics'>>(subscription: S) => {
  const silent = silentIn(subscription.topics)
  return { ...subscription, ...(silent.length > 0 && { silent }) }
}

const Wanted = z.enum(wantable, { error: ({ input }) => `there is no topic ${JSON.stringify(input)}; there are: ${alike(String(input), wantable)}` })

const Topics = z.array(Wanted, { error: 'it must be a list of topics, or ["*"]' }).min(1, { error: 'it must name a topic, or "*"' })

const delivery = ({ id, topic, state, created_at, first_sent_at, due_at, attempts, item }: Notification) => ({
  id,
  topic,
  state,
  created_at,
  first_sent_at,
  due_at,
  attempts,
  item,
})

const known = ({ store }: Workings, id: string): Subscription => {
  const found = store.get(subscriptions, id)
  if (!found) throw new Rejection(404, 'not_found', `There is no webhook ${id}; GET /_workspace/webhooks lists them`)
  return found
}

/** As Intercom does it: a URL that does not answer to HEAD is not subscribed. */
const validated = async (url: string, patience: number): Promise<void> => {
  if (!isPostable(url)) throw new Rejection(400, 'parameter_invalid', 'url: it must be https, or http to this machine (http://127.0.0.1:4000/…)', 'url')
  const reply = await post(url, patience)
  if (reply.status !== null && reply.status >= 200 && reply.status < 300) return
  const what = reply.status === null ? reply.error : `it answered ${reply.status}`
  throw new Rejection(400, 'parameter_invalid', `url: HEAD ${url} failed (${what}); answer HEAD requests with 200`, 'url')
}

const create = ({ url, topics, secret: given }: Pick<Subscription, 'url' | 'topics'> & { secret?: string | undefined }, workings: Workings) => {
  const { store, time, random } = workings
  return store.transaction('write', () => {
    const created_at = time.look()
    const id = String(store.next('control_subscription'))
    return store.put(subscriptions, { id, url, topics, secret: given ?? secret(random), created_at, disabled: null })
  })
}

const ping = (id: string, workings: Workings): Notification => {
  const { store, time, random, outbox } = workings
  return store.transaction('write', () => {
    const subscription = known(workings, id)
    if (subscription.disabled !== null) throw new Rejection(409, 'conflict', `The webhook is disabled: ${subscription.disabled}; delete it and subscribe again`)
    const now = time.look()
    const { name } = JSON.parse(store.setting('app') ?? '{}') as Partial<AppDocument> // the seed wrote it
    const item = { type: 'ping', message: `A ping from ${name ?? 'the workspace'}, as it was asked for.` }
    return outbox.put({ store, now, newId: () => hexId(store, now, random) }, subscription, 'ping', item)
  })
}

export const webhookRoutes = [
  controlRoute({
    route: 'GET /_workspace/topics',
    does: 'Lists the topics that a webhook can ask for, and those of which nothing here ever tells.',
    input: z.strictObject({}),
    example: {},
    handle: () => ({ topics, silent: silentTopics }),
  }),
  controlRoute({
    route: 'GET /_workspace/webhooks',
    does: 'Lists the webhooks.',
    input: z.strictObject({}),
    example: {},
    handle: (_, { store }) => ({ webhooks: store.find(subscriptions).map(shown) }),
  }),
  controlRoute({
    route: 'POST /_workspace/webhooks',
    does: 'Subscribes a URL to topics (or to "*"), after asking it with HEAD. What is posted is signed with the secret, which is invented unless given.',
    input: z.strictObject({ url: z.string({ error: 'it must be text' }), topics: Topics, secret: z.string().min(1).optional() }),
    example: { url: 'http://127.0.0.1:4000/intercom', topics: ['contact.user.created', 'ticket.created'], secret: 'my-client-secret' },
    handle: async (wanted, workings) => {
      await validated(wanted.url, workings.patience)
      return withSilence(create(wanted, workings))
    },
  }),
  controlRoute({
    route: 'DELETE /_workspace/webhooks/{id}',
    does: 'Ends a webhook, and forgets what it was still to be told.',
    input: z.strictObject({ id: z.string() }),
    example: { id: '1' },
    handle: ({ id }, workings) =>
      workings.store.transaction('write', () => {
        workings.store.remove(subscriptions, known(workings, id).id)
        forget(workings.store, id)
        return { webhooks: workings.store.find(subscriptions).map(shown) }
      }),
  }),
  controlRoute({
    route: 'POST /_workspace/webhooks/{id}/ping',
    does: 'Sends a notification of the topic `ping`.',
    input: z.strictObject({ id: z.string() }),
    example: { id: '1' },
    handle: ({ id }, workings) => delivery(ping(id, workings)),
  }),
  controlRoute({
    route: 'GET /_workspace/webhooks/{id}/deliveries',
    does: 'Lists what a webhook was told or is to be told, newest last, with every attempt.',
    input: z.strictObject({ id: z.string(), limit: z.coerce.number().int().min(1).max(1000).default(100) }),
    example: { id: '1', limit: 20 },
    handle: ({ id, limit }, workings) => ({
      deliveries: lately(workings.store, known(workings, id).id, limit).map(delivery),
    }),
  }),
]
