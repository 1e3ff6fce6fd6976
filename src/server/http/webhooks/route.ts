import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { refuse } from '../exchange.ts'
import type { Route } from '../serve.ts'
import { telling, type Tenant } from '../tenant.ts'
import { bodies, type Unread } from './body.ts'
import { changedBy } from './changes.ts'
import { firstTimes } from './first.ts'
import { type Notification, notificationIn } from './notification.ts'
import { isSigned } from './signature.ts'

/** Where Intercom posts what happened. */
export const webhooksPath = '/webhooks/intercom'

/** A tenant that Intercom tells of changes. */
export interface Told {
  /** The client secret of the app that tells it. */
  readonly secret: string
  /** The workspace it is told of, by Intercom's id; of whatever workspace the app is installed in where this is not said. */
  readonly appId?: string
  /** Undefined when it is served no more. */
  readonly tenant: () => Promise<Tenant | undefined> | undefined
}

export interface WebhookOptions {
  /** Those who are told, at the moment. */
  readonly told: () => readonly Told[]
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Told of what was refused, never of what it held. */
  readonly onRefused: (why: string) => void
  readonly onError: (error: unknown) => void
}

/**
 * Takes Intercom's notifications. They set nothing: what they tell of is forgotten, and whoever watches it is told to read it again. So
 * neither their order matters nor, but for the work, how often they come.
 */
export const webhooks = ({ told, now, onRefused, onError }: WebhookOptions): Route => {
  const read = bodies()
  const isFirst = firstTimes(now)
  return async (request, response) => {
    if (request.method === 'HEAD') return answer(response, 200) // Intercom validates the URL so
    if (request.method !== 'POST') return refuse(response, { status: 405, message: 'Intercom posts here.', headers: { allow: 'HEAD, POST' } })
    const bytes = await read(request)
    if (typeof bytes === 'number') return answer(response, bytes)
    const signed = signers(told(), bytes, request.headers['x-hub-signature']?.toString())
    if (signed.length === 0) {
      onRefused('a webhook was not signed by the Intercom app that is known here')
      return answer(response, 401)
    }
    answer(response, 200)
    const notification = notificationIn(bytes)
    if (!notification) return onRefused('a webhook was signed, and is no notification')
    const meant = signed.filter(({ appId = notification.app_id }) => appId === notification.app_id)
    if (!isFirst(nameOf(notification, bytes), notification.created_at * 1000)) return
    await Promise.all(meant.map(({ tenant }) => spread(notification, tenant).catch(onError)))
  }
}

/** The same for one notification whenever it comes; one without an id is known by its bytes. */
const nameOf = ({ app_id, id }: Notification, bytes: Buffer): string => JSON.stringify([app_id, id ?? createHash('sha256').update(bytes).digest('hex')])

/** Those whose app signed these bytes. Each secret is tried once, and all of them always. */
const signers = (told: readonly Told[], bytes: Buffer, signature: string | undefined): readonly Told[] => {
  const genuine = new Set([...new Set(told.map(({ secret }) => secret))].filter((secret) => isSigned(bytes, signature, secret)))
  return told.filter(({ secret }) => genuine.has(secret))
}

const spread = async ({ topic, data }: Notification, tenantOf: Told['tenant']): Promise<void> => {
  const changed = changedBy(topic, data.item)
  if (changed.length === 0) return
  const tenant = await tenantOf()
  if (!tenant) return
  const client = await tenant.offer.client()
  client.forget(changed) // first: whoever is told reads anew
  for (const uri of changed) telling(tenant.bus).resourceUpdated(uri)
}

const headers: Readonly<Partial<Record<Unread, Record<string, string>>>> = { 429: { 'retry-after': '60' } }

/** Without a body: nobody reads it. Whatever else of a request is on its way is not waited for. */
const answer = (response: ServerResponse, status: Unread | 200 | 401): void => {
  response.writeHead(status, { ...(status !== 200 && { connection: 'close' }), ...headers[status as Unread] }).end()
}
