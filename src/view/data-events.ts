import { DataEvent } from '../contract/data-events.ts'
import type { Kind } from './kind.ts'

export const dataEvent: Kind = {
  name: 'event',
  plural: 'events',
  schema: DataEvent,
  headline: ['event_name', 'name', 'count'],
  brief: ['event_name', 'created_at'],
  hidden: ['id', 'intercom_user_id', 'user_id', 'email'], // whose events they are was asked for
  times: 'minute',
}
