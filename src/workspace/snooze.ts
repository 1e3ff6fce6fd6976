import type { Call } from './handler.ts'

/** [spec example] A snooze until a moment that is past lasts until this hour of the next morning, in the workspace's time zone. */
const morning = 9

const day = 86_400

/** Wall clock of a time zone minus UTC, in seconds. */
const offset = (at: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...fields }).formatToParts(at * 1000)
  const [year, month, date, hour, minute, second] = order.map((type) => Number(parts.find((part) => part.type === type)?.value))
  return Date.UTC(year!, month! - 1, date, hour, minute, second) / 1000 - at
}

const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const
const order = Object.keys(fields) as (keyof typeof fields)[] // its own keys, in the order written

/** The moment at which a ticket snoozed until `wanted` reopens. */
export const snoozeEnd = (wanted: number, { now, app }: Pick<Call, 'now' | 'app'>): number => {
  if (wanted > now) return wanted
  const local = now + offset(now, app.timezone)
  const wall = local - (local % day) + day + morning * 3600
  return wall - offset(wall, app.timezone)
}
