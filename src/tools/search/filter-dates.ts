import type { Query, Searchable } from '../../contract/search.ts'
import { BadArguments } from '../arguments.ts'
import { bounds, type Clock, type Span, spanOf } from './dates.ts'
import type { Field } from './filter-fields.ts'
import type { Word } from './filter-operators.ts'
import { all, any } from './filter-tree.ts'
import { asClock, noonOf, startOfDay, type Zone } from './local-time.ts'

/** What a date must be within; `from` is the first second, `until` the first after the last. */
export interface Range {
  readonly from?: number
  readonly until?: number
}

/** A range that begins or ends within a day, on a field that is matched by whole days: to be checked on what is found. */
export interface Exact extends Range {
  readonly field: string
  /** First seconds of the days of which a part is outside. */
  readonly days: readonly number[]
}

export interface DateCondition {
  readonly query: Query
  readonly said: string
  readonly exact?: Exact
  readonly relative?: true
}

/** The condition that a filter on a date makes. Throws BadArguments. */
export const dated = (field: Field, word: Word, value: unknown, { dates }: Searchable, clock: Clock): DateCondition => {
  const spans = (isList(word) ? [value].flat() : [value]).map((one) => (word === 'between' ? between(field, one, clock) : understood(field, one, clock)))
  const ranges = spans.map((span) => rangeOf(field, word, span))
  const outside = word === 'is_not' || word === 'not_in'
  const conditions = ranges.map((range) => (outside ? without : within)[dates](field.name, range, clock.zone))
  const [only] = ranges
  const exact = dates === 'day' && ranges.length === 1 && !outside && only ? exactOf(field.name, only, clock.zone) : undefined
  if (dates === 'day' && !exact && ranges.some((range) => exactOf(field.name, range, clock.zone))) throw new BadArguments(`${field.name}: Intercom matches whole days here, so ${word} takes days without a time.`)
  return {
    query: (outside ? all : any)(...conditions),
    said: `${field.label} ${outside ? 'not ' : ''}${ranges.map((range) => spoken(range, clock.zone)).join(' or ')}`,
    ...(exact && { exact }),
    ...(spans.some(({ relative }) => relative) && { relative: true }),
  }
}

const isList = (word: Word): boolean => word === 'in' || word === 'not_in'

const understood = ({ name }: Field, value: unknown, clock: Clock): Span => {
  const span = spanOf(value, clock)
  if (!span) throw new BadArguments(`${name} takes a date, not ${(JSON.stringify(value) ?? 'nothing').slice(0, 80)}: 2026-03-04, 2026-03-04T15:00, "today", "last 7 days", "2 hours ago", "since monday".`)
  return span
}

/** `[first, last]`, or both in words. */
const between = (field: Field, value: unknown, clock: Clock): Span => {
  const ends = Array.isArray(value) ? value : (spanParts(value) ?? [])
  if (ends.length !== 2) {
    const said = typeof value === 'string' ? (spanOf(value, clock) ?? spanOf(`between ${value}`, clock)) : undefined
    if (said) return said
    throw new BadArguments(`${field.name} between takes two dates: ["2026-03-01", "2026-03-15"].`)
  }
  const [first, last] = [understood(field, ends[0], clock), understood(field, ends[1], clock)]
  return { from: first.from, until: last.until, ...((first.relative ?? last.relative) && { relative: true }) }
}

const spanParts = (value: unknown): unknown[] | undefined =>
  typeof value === 'object' && value !== null && 'from' in value ? [value.from, 'to' in value ? value.to : 'until' in value ? value.until : undefined] : undefined

const comparing: Readonly<Partial<Record<Word, keyof typeof bounds>>> = { after: 'after', at_least: 'since', before: 'before', at_most: 'until' }

const rangeOf = ({ name }: Field, word: Word, span: Span): Range => {
  const open = span.from === undefined || span.until === undefined // "since monday" compares already
  const { from, until }: Range = bounds[open ? 'is' : (comparing[word] ?? 'is')](span)
  if (from === undefined && until === undefined) throw new BadArguments(`${name}: these dates leave nothing out.`)
  if (from !== undefined && until !== undefined && from >= until) throw new BadArguments(`${name}: the first date is after the last.`)
  return { from, until }
}

type Condition = (field: string, range: Range, zone: Zone) => Query

const filter = (field: string, operator: '=' | '<' | '<=' | '>' | '>=', value: number | null): Query => ({ field, operator, value })

/** Several conditions, of which those that are absent restrict nothing. */
const known = (conditions: readonly (Query | false)[]): Query[] => conditions.filter((condition) => condition !== false)

const within: Readonly<Record<Searchable['dates'], Condition>> = {
  // ">" and "<" may include the moment itself here, by Intercom's own words; these two surely do
  second: (field, { from, until }) => all(...known([from !== undefined && filter(field, '>=', from), until !== undefined && filter(field, '<=', until - 1)])),
  // each names a day by any second of it: "=" is that day, ">" the days after it, "<" those before
  day: (field, range, zone) => {
    const { first, end } = daysOf(range, zone)
    if (first !== undefined && end !== undefined && startOfDay(zone, first, 1) === end) return filter(field, '=', noonOf(first))
    return all(...known([first !== undefined && filter(field, '>', noonOf(startOfDay(zone, first - 1))), end !== undefined && filter(field, '<', noonOf(end))]))
  },
}

/** What lies outside, and what has no date. */
const without: Readonly<Record<Searchable['dates'], Condition>> = {
  second: (field, { from, until }) => any(...known([from !== undefined && filter(field, '<=', from - 1), until !== undefined && filter(field, '>=', until)]), filter(field, '=', null)),
  day: (field, { from, until }, zone) => any(...known([from !== undefined && filter(field, '<', noonOf(from)), until !== undefined && filter(field, '>', noonOf(startOfDay(zone, until - 1)))]), filter(field, '=', null)),
}

/** The whole days of which a range has any part. */
const daysOf = ({ from, until }: Range, zone: Zone) => ({
  first: from === undefined ? undefined : startOfDay(zone, from),
  end: until === undefined ? undefined : startOfDay(zone, until - 1, 1),
})

const exactOf = (field: string, range: Range, zone: Zone): Exact | undefined => {
  const { from, until } = range
  const { first, end } = daysOf(range, zone)
  const days = [from !== first && first, until !== end && until !== undefined && startOfDay(zone, until - 1)].filter((day) => typeof day === 'number')
  return days.length ? { field, ...range, days: [...new Set(days)] } : undefined
}

const spoken = ({ from, until }: Range, zone: Zone): string => {
  const last = until === undefined ? undefined : lastOf(until, zone)
  const first = from === undefined ? undefined : asClock(zone, from)
  if (first !== undefined && first === last) return `on ${first}`
  return [first && `from ${first}`, last && `to ${last}`].filter(Boolean).join(' ')
}

/** The last day of a range that ends with one; else its last second. */
const lastOf = (until: number, zone: Zone): string => (until === startOfDay(zone, until) ? asClock(zone, startOfDay(zone, until, -1)) : asClock(zone, until - 1))
