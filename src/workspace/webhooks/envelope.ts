import { createHmac } from 'node:crypto'
import type { Notification } from './notification.ts'

/** What is posted: a notification around its item, at its n-th attempt. */
export const envelope = ({ id, topic, item, created_at, first_sent_at, attempts }: Notification, appId: string): string =>
  JSON.stringify({
    type: 'notification_event',
    app_id: appId,
    data: { type: 'notification_event_data', item },
    links: {},
    id,
    topic,
    delivery_status: 'pending',
    delivery_attempts: attempts.length + 1,
    delivered_at: 0,
    first_sent_at,
    created_at,
    self: null,
  })

/** How Intercom signs: HMAC-SHA1 over the bytes that are sent, with the app's client secret. */
export const signature = (body: string, secret: string): string => `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`
