import type { Seen } from '../client/budget.ts'

/** Bounds of how far Intercom's clock is ahead of ours, in milliseconds: it tells whole seconds. */
export interface Ahead {
  readonly least: number
  readonly most: number
}

/** From what one answer's Date shows; undefined when it has none. */
const ahead = (date: string | string[] | undefined, { sentAt, now }: Seen): Ahead | undefined => {
  const shown = Date.parse(String(date))
  return Number.isNaN(shown) ? undefined : { least: shown - now, most: shown + 1000 - sentAt }
}

/** Narrows the bounds by one answer more; takes the new ones alone where both cannot be true, since a clock was set. */
export const narrowed = (before: Ahead | undefined, date: string | string[] | undefined, seen: Seen): Ahead | undefined => {
  const found = ahead(date, seen)
  if (!before || !found) return found ?? before
  const [least, most] = [Math.max(before.least, found.least), Math.min(before.most, found.most)]
  return least <= most ? { least, most } : found
}
