import { dayOf } from './calendar.ts'
import type { Call } from './handler.ts'

/** [spec example] A snooze until a moment that is past lasts until this hour of the next day, in the workspace's time zone. */
const morning = 9

/** The moment at which a ticket snoozed until `wanted` reopens. */
export const snoozeEnd = (wanted: number, { now, app }: Pick<Call, 'now' | 'app'>): number =>
  wanted > now ? wanted : dayOf(now, app.timezone).end + morning * 3600
