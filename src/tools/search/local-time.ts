/** The time zone of a workspace. A local time is what its clocks show, as seconds since 1970 as if they showed UTC. */
export interface Zone {
  readonly name: string
  /** What the clocks show at a moment, which is given in unix seconds. */
  readonly local: (moment: number) => number
  /**
   * When the clocks show it: the first time, where they show it twice; where they leap over it, as much later as they leap.
   * So midnight always gives the first second of its day.
   */
  readonly moment: (local: number) => number
}

const oneDay = 86_400

/** Undefined when there is no zone of that name. */
export const zoneNamed = (name: string): Zone | undefined => {
  const format = formatOf(name)
  if (!format) return undefined
  const local = (moment: number): number => {
    const part = Object.fromEntries(format.formatToParts(moment * 1000).map(({ type, value }) => [type, Number(value)]))
    return Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second) / 1000
  }
  const offset = (moment: number) => local(moment) - moment
  const moment = (shown: number): number => {
    // no zone is further than 14 hours from UTC, so these two are the offsets before and after a change of clocks near by
    const [before, after] = [offset(shown - oneDay), offset(shown + oneDay)]
    const found = [shown - before, shown - after].filter((candidate) => local(candidate) === shown)
    return found.length ? Math.min(...found) : shown - before
  }
  return { name, local, moment }
}

/** Whole seconds only: others have no local time here. */
const formatOf = (timeZone: string): Intl.DateTimeFormat | undefined => {
  try {
    const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
    return new Intl.DateTimeFormat('en-US-u-ca-iso8601', { timeZone, ...date, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  } catch {
    return undefined
  }
}

export const utc = zoneNamed('UTC')!

/** The first second of the day that a moment falls on, and of the days after it or, with negative numbers, before it. */
export const startOfDay = (zone: Zone, moment: number, daysLater = 0): number => zone.moment((Math.floor(zone.local(moment) / oneDay) + daysLater) * oneDay)

/** Of the day that begins then its noon: where the zone had to be guessed, the one that is most surely on the same day in the true one. */
export const noonOf = (start: number): number => start + oneDay / 2

/** `2026-03-04`, or `2026-03-04 15:22` where the day does not begin then. */
export const asClock = (zone: Zone, moment: number): string => {
  const shown = new Date(zone.local(moment) * 1000).toISOString()
  if (moment === startOfDay(zone, moment)) return shown.slice(0, 10)
  return `${shown.slice(0, 10)} ${shown.slice(11, shown.slice(17, 19) === '00' ? 16 : 19)}`
}
