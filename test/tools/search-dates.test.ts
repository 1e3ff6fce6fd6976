import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Comparison, isGroup, type Query } from '../../src/contract/search.ts'
import { bounds, spanOf } from '../../src/tools/search/dates.ts'
import { dated } from '../../src/tools/search/filter-dates.ts'
import type { Field } from '../../src/tools/search/filter-fields.ts'
import { asClock, startOfDay, utc, type Zone, zoneNamed } from '../../src/tools/search/local-time.ts'

const seconds = (iso: string): number => Date.parse(iso) / 1000
const zone = (name: string): Zone => zoneNamed(name)!
const newYork = zone('America/New_York')
const kolkata = zone('Asia/Kolkata')

/** A Friday, 10:22:05 in New York. */
const now = seconds('2026-11-20T15:22:05Z')
const said = (value: unknown, where = newYork, at = now): (string | undefined)[] => {
  const { from, until } = spanOf(value, { now: at, zone: where }) ?? {}
  return [from, until].map((moment) => (moment === undefined ? undefined : new Date(moment * 1000).toISOString().replace('.000Z', 'Z')))
}

describe('a local time', () => {
  const zones = ['America/New_York', 'Europe/London', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Chatham', 'America/Santiago', 'Africa/Casablanca', 'UTC'].map(zone)
  const anywhere = fc.constantFrom(...zones)
  const moments = fc.integer({ min: seconds('1975-01-01T00:00Z'), max: seconds('2037-12-31T00:00Z') })

  test('is what Intl says that the clocks show', () => {
    fc.assert(
      fc.property(anywhere, moments, (where, moment) => {
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: where.name, dateStyle: 'short', timeStyle: 'medium' }).format(moment * 1000)
        expect(new Date(where.local(moment) * 1000).toISOString().slice(0, 19).replace('T', ' ')).toBe(shown)
      }),
    )
  })

  test('leads back to its moment, or to the first of two with the same', () => {
    fc.assert(
      fc.property(anywhere, moments, (where, moment) => {
        const back = where.moment(where.local(moment))
        expect(where.local(back)).toBe(where.local(moment))
        expect(back).toBeLessThanOrEqual(moment)
        expect(moment - back).toBeLessThanOrEqual(3 * 3600)
      }),
    )
  })

  test('the start of a day is its first second', () => {
    fc.assert(
      fc.property(anywhere, moments, (where, moment) => {
        const start = startOfDay(where, moment)
        const date = (at: number) => new Date(where.local(at) * 1000).toISOString().slice(0, 10)
        expect(date(start)).toBe(date(moment))
        expect(date(start - 1) < date(moment)).toBe(true)
        expect(startOfDay(where, start - 1, 1)).toBe(start)
      }),
    )
  })

  test('there is none in a zone that does not exist', () => {
    expect(zoneNamed('Mars/Olympus')).toBeUndefined()
  })
})

describe('days on which clocks change', () => {
  test.each([
    ['2026-03-08', newYork, '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z'], // 23 hours
    ['2026-11-01', newYork, '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z'], // 25 hours
    ['2026-03-29', zone('Europe/Berlin'), '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['2026-10-25', zone('Europe/Berlin'), '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
    ['2026-10-04', zone('Australia/Lord_Howe'), '2026-10-03T13:30:00Z', '2026-10-04T13:00:00Z'], // by half an hour
    ['2018-11-04', zone('America/Sao_Paulo'), '2018-11-04T03:00:00Z', '2018-11-05T02:00:00Z'], // no midnight
    ['2026-07-01', kolkata, '2026-06-30T18:30:00Z', '2026-07-01T18:30:00Z'],
  ])('%s', (day, where, from, until) => {
    expect(said(day, where)).toEqual([from, until])
  })

  test('a time that the clocks leap over is as much later, one that comes twice is the first', () => {
    expect(said('2026-03-08T02:30:00')[0]).toBe('2026-03-08T07:30:00Z')
    expect(said('2026-11-01T01:30:00')[0]).toBe('2026-11-01T05:30:00Z')
  })

  test('days ago are days of the calendar, hours ago are hours', () => {
    const monday = seconds('2026-03-09T12:00:00Z')
    expect(said('2 days ago', newYork, monday)).toEqual(['2026-03-07T05:00:00Z', '2026-03-08T05:00:00Z'])
    expect(said('past 48 hours', newYork, monday)).toEqual(['2026-03-07T12:00:00Z', '2026-03-09T12:00:01Z'])
  })
})

describe('words for dates', () => {
  test.each([
    ['today', '2026-11-20T05:00:00Z', '2026-11-21T05:00:00Z'],
    ['Yesterday', '2026-11-19T05:00:00Z', '2026-11-20T05:00:00Z'],
    ['last 7 days', '2026-11-13T05:00:00Z', '2026-11-21T05:00:00Z'],
    ['past 24 hours', '2026-11-19T15:22:05Z', '2026-11-20T15:22:06Z'],
    ['last hour', '2026-11-20T14:22:05Z', '2026-11-20T15:22:06Z'],
    ['this week', '2026-11-16T05:00:00Z', '2026-11-23T05:00:00Z'],
    ['last week', '2026-11-09T05:00:00Z', '2026-11-16T05:00:00Z'],
    ['last month', '2026-10-01T04:00:00Z', '2026-11-01T04:00:00Z'],
    ['this year', '2026-01-01T05:00:00Z', '2027-01-01T05:00:00Z'],
    ['past 3 months', '2026-08-20T04:00:00Z', '2026-11-21T05:00:00Z'],
    ['7 days ago', '2026-11-13T05:00:00Z', '2026-11-14T05:00:00Z'],
    ['2 hours ago', '2026-11-20T13:22:05Z', '2026-11-20T13:22:06Z'],
    ['an hour ago', '2026-11-20T14:22:05Z', '2026-11-20T14:22:06Z'],
    ['since monday', '2026-11-16T05:00:00Z', undefined],
    ['since last week', '2026-11-09T05:00:00Z', undefined],
    ['before 2026-03-01', undefined, '2026-03-01T05:00:00Z'],
    ['until yesterday', undefined, '2026-11-20T05:00:00Z'],
    ['friday', '2026-11-20T05:00:00Z', '2026-11-21T05:00:00Z'],
    ['last friday', '2026-11-13T05:00:00Z', '2026-11-14T05:00:00Z'],
    ['tomorrow', '2026-11-21T05:00:00Z', '2026-11-22T05:00:00Z'],
    ['next 2 days', '2026-11-20T05:00:00Z', '2026-11-23T05:00:00Z'],
    ['between 2026-02-27 and 2026-03-02', '2026-02-27T05:00:00Z', '2026-03-03T05:00:00Z'],
    ['2026-02-27 to yesterday', '2026-02-27T05:00:00Z', '2026-11-20T05:00:00Z'],
    ['from monday to yesterday', '2026-11-16T05:00:00Z', '2026-11-20T05:00:00Z'],
    ['2028-02', '2028-02-01T05:00:00Z', '2028-03-01T05:00:00Z'],
    ['2028-02-29', '2028-02-29T05:00:00Z', '2028-03-01T05:00:00Z'],
    ['2026', '2026-01-01T05:00:00Z', '2027-01-01T05:00:00Z'],
    ['2026-11-20T15:00', '2026-11-20T20:00:00Z', '2026-11-20T20:01:00Z'],
    ['2026-11-20 15:00:30', '2026-11-20T20:00:30Z', '2026-11-20T20:00:31Z'],
    ['2026-11-20T15:00Z', '2026-11-20T15:00:00Z', '2026-11-20T15:01:00Z'],
    ['2026-11-20T15:00:00.250+05:30', '2026-11-20T09:30:00Z', '2026-11-20T09:30:01Z'],
    [1_795_188_125, '2026-11-20T15:22:05Z', '2026-11-20T15:22:06Z'],
    ['1795188125', '2026-11-20T15:22:05Z', '2026-11-20T15:22:06Z'],
    [1_795_188_125_000, '2026-11-20T15:22:05Z', '2026-11-20T15:22:06Z'],
  ])('%s', (value, from, until) => {
    expect(said(value)).toEqual([from, until])
  })

  test.each(['2026-02-29', '2026-02-30', '2026-13-01', '2026-11-20T25:00', 'soon', '', 'since', 'since forever', 'x'.repeat(10_000), null, {}, true])('%j is no date', (value) => {
    expect(spanOf(value, { now, zone: newYork })).toBeUndefined()
  })

  test('a month ago of a day that the month before lacks is its last', () => {
    expect(said('1 month ago', utc, seconds('2026-03-31T12:00Z'))).toEqual(['2026-02-28T00:00:00Z', '2026-03-01T00:00:00Z'])
    expect(said('a year ago', utc, seconds('2028-02-29T12:00Z'))).toEqual(['2027-02-28T00:00:00Z', '2027-03-01T00:00:00Z'])
  })

  test('only what another day would read otherwise is relative', () => {
    const relative = (value: string) => spanOf(value, { now, zone: newYork })?.relative ?? false
    expect(['today', 'since monday', '2026-01-01 to today', '2 hours ago'].map(relative)).toEqual([true, true, true, true])
    expect(['2026-01-01', 'since 2026-01-01', '2026-01-01 to 2026-02-01'].map(relative)).toEqual([false, false, false])
  })

  test('any text is read or not, and never throws', () => {
    const word = fc.constantFrom('last', 'past', 'since', 'between', 'and', 'to', '9999', '7', 'days', 'month', 'years', 'ago', 'monday', '2026-01-01', 'until', 'T10:00')
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.array(word, { maxLength: 6 }).map((words) => words.join(' '))), (text) => {
        const { from = 0, until = 0 } = spanOf(text, { now, zone: kolkata }) ?? {}
        expect(Number.isInteger(from) && Number.isInteger(until)).toBe(true)
      }),
    )
  })
})

describe('comparing with a span', () => {
  const at = (value: string) => spanOf(value, { now, zone: utc })!

  test('after a day is the day after it, after a time is the second after it, after a span up to now is within it', () => {
    expect(bounds.after(at('2026-11-19'))).toEqual({ from: seconds('2026-11-20T00:00Z') })
    expect(bounds.after(at('2026-11-19T15:00'))).toEqual({ from: seconds('2026-11-19T15:00:01Z') })
    expect(bounds.after(at('last 7 days'))).toEqual({ from: seconds('2026-11-13T00:00Z') })
  })

  test('since and until take in what they name; before does not', () => {
    expect(bounds.since(at('2026-11-19'))).toEqual({ from: seconds('2026-11-19T00:00Z') })
    expect(bounds.until(at('2026-11-19'))).toEqual({ until: seconds('2026-11-20T00:00Z') })
    expect(bounds.before(at('2026-11-19'))).toEqual({ until: seconds('2026-11-19T00:00Z') })
  })
})

test('a moment reads as the clocks show it', () => {
  expect([seconds('2026-11-20T05:00:00Z'), seconds('2026-11-20T15:22:00Z'), seconds('2026-11-20T15:22:05Z')].map((moment) => asClock(newYork, moment))).toEqual([
    '2026-11-20',
    '2026-11-20 10:22',
    '2026-11-20 10:22:05',
  ])
})

describe('a filter on a date, as Intercom matches it', () => {
  const field: Field = { name: 'seen', label: 'seen', type: 'date', isText: false, operators: [] }
  const zones = ['America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'].map(zone)
  const first = seconds('2026-03-06T00:00Z')
  const moment = fc.integer({ min: first, max: first + 4 * 86_400 })

  /** Whether a query finds someone seen then, or never, where dates are matched by the day or by the second. */
  const finds = (query: Query, seen: number | null, where: Zone, dates: 'day' | 'second'): boolean => {
    if (isGroup(query)) return query.operator === 'AND' ? query.value.every((entry) => finds(entry, seen, where, dates)) : query.value.some((entry) => finds(entry, seen, where, dates))
    const { operator, value } = query as { operator: Comparison; value: number | null }
    if (value === null || seen === null) return value === seen && operator === '='
    const [from, until] = dates === 'day' ? [startOfDay(where, value), startOfDay(where, value, 1)] : [value, value + 1]
    return { '=': seen >= from && seen < until, '<': seen < from, '>': seen >= until, '<=': seen < until, '>=': seen >= from }[operator as string]!
  }

  test.each(['day', 'second'] as const)('by the %s, finds exactly what is within it once that is checked', (dates) => {
    const filters = fc.oneof(
      fc.tuple(fc.constantFrom('after' as const, 'before' as const, 'at_least' as const, 'at_most' as const, 'is' as const), moment),
      fc.tuple(fc.constant('between' as const), fc.tuple(moment, moment).map(([one, other]) => [Math.min(one, other), Math.max(one, other)])),
    )
    const means = { after: (at: number, [given]: number[]) => at > given!, before: (at: number, [given]: number[]) => at < given!, at_least: (at: number, [given]: number[]) => at >= given!, at_most: (at: number, [given]: number[]) => at <= given!, is: (at: number, [given]: number[]) => at === given, between: (at: number, [begin, end]: number[]) => at >= begin! && at <= end! }
    fc.assert(
      fc.property(filters, fc.constantFrom(...zones), fc.array(fc.oneof(moment, fc.constant(null)), { minLength: 1, maxLength: 20 }), ([word, value], where, people) => {
        const given = [value].flat()
        const { query, exact } = dated(field, word, value, { fields: {}, custom: 'custom_attributes.', dates }, { now, zone: where })
        for (const seen of [...people, ...given]) {
          const { from = -Infinity, until = Infinity } = exact ?? {}
          expect(finds(query, seen, where, dates) && (!exact || (seen! >= from && seen! < until))).toBe(seen !== null && means[word](seen, given))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('days are named by their noon, which is on them wherever the workspace may be', () => {
    const asked = (word: 'is' | 'is_not') => dated(field, word, '2026-03-07', { fields: {}, custom: '', dates: 'day' }, { now, zone: utc }).query
    const noon = seconds('2026-03-07T12:00Z')
    expect(asked('is')).toEqual({ field: field.name, operator: '=', value: noon })
    expect(asked('is_not')).toMatchObject({ operator: 'OR', value: [{ operator: '<', value: noon }, { operator: '>', value: noon }, { value: null }] })
  })

  test('only days that are partly outside have to be looked through', () => {
    const days = (value: unknown) => dated(field, 'between', value, { fields: {}, custom: '', dates: 'day' }, { now, zone: newYork }).exact?.days.map((day) => asClock(newYork, day))
    expect(days(['2026-03-07', '2026-03-08'])).toBeUndefined()
    expect(days(['2026-03-07T12:00', '2026-03-08'])).toEqual(['2026-03-07'])
    expect(days(['2026-03-07T12:00', '2026-03-08T12:00'])).toEqual(['2026-03-07', '2026-03-08'])
    expect(days(['2026-03-07T12:00', '2026-03-07T13:00'])).toEqual(['2026-03-07'])
  })
})
