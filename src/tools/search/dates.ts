import type { Zone } from './local-time.ts'

/** A span of time in unix seconds: `from` is its first, `until` the first after it; open where one is absent. */
export interface Span {
  readonly from?: number
  readonly until?: number
  /** Where what comes after it begins, if not where it ends: after "15:00" is 15:00:01 on, after "last 7 days" is within them. */
  readonly edge?: number
  /** Whether another day's reader would understand another span. */
  readonly relative?: true
}

/** Now, in unix seconds, and where. */
export interface Clock {
  readonly now: number
  readonly zone: Zone
}

const oneDay = 86_400
const secondsOf: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600 }
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** Characters of the longest words for a span. */
const longest = 80

/** What a date, a time or words for one mean; undefined when they are none. A day is the whole day in the workspace's zone. */
export const spanOf = (value: unknown, clock: Clock): Span | undefined => {
  const text = String(value).trim().toLowerCase().replace(/\s+/g, ' ')
  if ((typeof value !== 'string' && typeof value !== 'number') || text.length > longest) return undefined
  for (const [pattern, read] of patterns) {
    const found = pattern.exec(text)
    if (found) return read(found.slice(1), clock)
  }
  return undefined
}

/** Local days are counted from 1970-01-01, a Thursday. */
const dayNumber = ({ now, zone }: Clock): number => Math.floor(zone.local(now) / oneDay)
const days = (first: number, end: number, { zone }: Clock): Span => ({ from: zone.moment(first * oneDay), until: zone.moment(end * oneDay) })
const day = (number: number, clock: Clock): Span => days(number, number + 1, clock)
const relative = (span: Span | undefined): Span | undefined => span && { ...span, relative: true }

/** The number of a day; undefined for one that no calendar has, such as February 30. */
const numberOf = (year: number, month: number, date: number): number | undefined => {
  const time = new Date(Date.UTC(year, month - 1, date))
  return time.getUTCMonth() === month - 1 && time.getUTCDate() === date ? time.getTime() / 1000 / oneDay : undefined
}

/** First days of the week, month or year a day is in, and of others before and after it. */
const starts: Readonly<Record<string, (number: number, away: number) => number>> = {
  day: (number, away) => number + away,
  week: (number, away) => number - ((((number + 3) % 7) + 7) % 7) + 7 * away,
  month: (number, away) => firstOfMonth(number, away, 1),
  year: (number, away) => firstOfMonth(number, 12 * away, 12),
}

const firstOfMonth = (number: number, away: number, step: number): number => {
  const date = new Date(number * oneDay * 1000)
  const month = Math.floor(date.getUTCMonth() / step) * step
  return Date.UTC(date.getUTCFullYear(), month + away, 1) / 1000 / oneDay
}

/** The same day so many weeks, months or years away; the last of the month where that has fewer days. */
const shifted = (number: number, count: number, unit: string): number => {
  if (unit === 'day' || unit === 'week') return number + count * (unit === 'week' ? 7 : 1)
  const months = count * (unit === 'year' ? 12 : 1)
  const date = new Date(number * oneDay * 1000).getUTCDate()
  return Math.min(firstOfMonth(number, months, 1) + date - 1, firstOfMonth(number, months + 1, 1) - 1)
}

const instant = (moment: number, length = 1): Span => ({ from: moment, until: moment + length, edge: moment + 1 })

const calendar = (unit: string, away: number, clock: Clock): Span => {
  const first = starts[unit]!
  const today = dayNumber(clock)
  return days(first(today, away), first(today, away + 1), clock)
}

/** Hours are counted back from now; days reach back that many whole ones before today, so that no hour of them is missed. */
const back = (count: number, unit: string, clock: Clock): Span => {
  const today = dayNumber(clock)
  const span = secondsOf[unit] ? { from: clock.now - count * secondsOf[unit], until: clock.now + 1 } : days(shifted(today, -count, unit), today + 1, clock)
  return { ...span, edge: span.from }
}

const ahead = (count: number, unit: string, clock: Clock): Span => {
  const today = dayNumber(clock)
  return secondsOf[unit] ? { from: clock.now, until: clock.now + count * secondsOf[unit] } : days(today, shifted(today, count, unit) + 1, clock)
}

const away = (count: number, unit: string, clock: Clock): Span =>
  secondsOf[unit] ? instant(clock.now + count * secondsOf[unit]) : day(shifted(dayNumber(clock), count, unit), clock)

/** The latest day of that name; `before` today or, if not, up to today. */
const weekday = (name: string, clock: Clock, before: number): Span => {
  const last = dayNumber(clock) - before
  return day(last - ((((last + 4 - weekdays.indexOf(name)) % 7) + 7) % 7), clock)
}

const timed = ([year, month, date, hour, minute, second, zone]: readonly string[], clock: Clock): Span | undefined => {
  const number = numberOf(Number(year), Number(month), Number(date))
  if (number === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return undefined
  const local = number * oneDay + Number(hour) * 3600 + Number(minute) * 60 + Number(second ?? 0)
  return instant(zone === undefined ? clock.zone.moment(local) : local - offsetOf(zone), second === undefined ? 60 : 1)
}

const offsetOf = (zone: string): number => {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60)
}

/** From the first span's beginning to the other's end. */
const range = (first: string, last: string, clock: Clock): Span | undefined => {
  const [begin, end] = [spanOf(first, clock), spanOf(last, clock)]
  return begin && end && { from: begin.from, until: end.until, ...((begin.relative ?? end.relative) && { relative: true }) }
}

type Bound = (span: Span) => Pick<Span, 'from' | 'until'>

/** What comparisons with a span leave of time. */
export const bounds = {
  is: ({ from, until }) => ({ from, until }),
  after: ({ until, edge = until }) => ({ from: edge }),
  since: ({ from }) => ({ from }),
  before: ({ from }) => ({ until: from }),
  until: ({ until, edge = until }) => ({ until: edge }),
} satisfies Record<string, Bound>

const prefixes: Readonly<Record<string, Bound>> = { since: bounds.since, from: bounds.since, after: bounds.after, before: bounds.before, until: bounds.until, till: bounds.until }

const bounded = (word: string, rest: string, clock: Clock): Span | undefined => {
  const span = spanOf(rest, clock)
  return span && { ...prefixes[word]!(span), ...(span.relative && { relative: true }) }
}

const count = (text: string | undefined): number => (/^\d+$/.test(text ?? '') ? Number(text) : 1)
const unit = '(second|minute|hour|day|week|month|year)s?'
const period = '(day|week|month|year)'
const number = '(\\d{1,4}|an?|one)'
const named = `(${weekdays.join('|')})`

type Read = (parts: readonly string[], clock: Clock) => Span | undefined

/** The first that fits is meant. */
const patterns: readonly (readonly [RegExp, Read])[] = [
  [/^([12]\d{3})$/, ([year], clock) => days(numberOf(Number(year), 1, 1)!, numberOf(Number(year) + 1, 1, 1)!, clock)],
  [/^(\d{4})-(0[1-9]|1[0-2])$/, ([year, month], clock) => days(numberOf(Number(year), Number(month), 1)!, firstOfMonth(numberOf(Number(year), Number(month), 1)!, 1, 1), clock)],
  [/^(\d{4})-(\d\d)-(\d\d)$/, ([year, month, date], clock) => fixedDay(numberOf(Number(year), Number(month), Number(date)), clock)],
  [/^(\d{4})-(\d\d)-(\d\d)[t ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)? ?(z|utc|[+-]\d\d:?\d\d)?$/, timed],
  [/^(-?\d{1,10})$/, ([seconds]) => instant(Number(seconds))],
  [/^(\d{13})$/, ([milliseconds]) => instant(Math.floor(Number(milliseconds) / 1000))],
  [/^now$/, (_, clock) => relative(instant(clock.now))],
  [/^(yesterday|today|tomorrow)$/, ([word], clock) => relative(day(dayNumber(clock) + ['yesterday', 'today', 'tomorrow'].indexOf(word!) - 1, clock))],
  [new RegExp(`^(?:this|current) ${period}$`), ([unit], clock) => relative(calendar(unit!, 0, clock))],
  [new RegExp(`^(?:last|previous) ${period}$`), ([unit], clock) => relative(calendar(unit!, -1, clock))],
  [new RegExp(`^next ${period}$`), ([unit], clock) => relative(calendar(unit!, 1, clock))],
  [new RegExp(`^(?:in |within |over |during )?(?:the )?(?:last|past|previous) (?:${number} )?${unit}$`), ([amount, unit], clock) => relative(back(count(amount), unit!, clock))],
  [new RegExp(`^(?:in |within )?(?:the )?next ${number} ${unit}$`), ([amount, unit], clock) => relative(ahead(count(amount), unit!, clock))],
  [new RegExp(`^${number} ${unit} ago$`), ([amount, unit], clock) => relative(away(-count(amount), unit!, clock))],
  [new RegExp(`^in ${number} ${unit}$`), ([amount, unit], clock) => relative(away(count(amount), unit!, clock))],
  [new RegExp(`^${named}$`), ([name], clock) => relative(weekday(name!, clock, 0))],
  [new RegExp(`^last ${named}$`), ([name], clock) => relative(weekday(name!, clock, 1))],
  [/^(since|from|after|before|until|till) (.+)$/, fromWord],
  [/^between (.+?) and (.+)$/, ([first, last], clock) => range(first!, last!, clock)],
  [/^(.+?)(?: to | ?\.\. ?| ?– ?)(.+)$/, ([first, last], clock) => range(first!, last!, clock)],
]

function fixedDay(number: number | undefined, clock: Clock): Span | undefined {
  return number === undefined ? undefined : day(number, clock)
}

/** "from May to June" is a range, and "from May" has no end. */
function fromWord([word, rest]: readonly string[], clock: Clock): Span | undefined {
  const [, first, last] = (word === 'from' && /^(.+?) (?:to|until|till) (.+)$/.exec(rest!)) || []
  return first && last ? range(first, last, clock) : bounded(word!, rest!, clock)
}
