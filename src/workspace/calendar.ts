/** One calendar day, in unix seconds: from its first second to the first of the next day. */
export interface Day {
  readonly start: number
  readonly end: number
}

/** Longer than any local day: some have 25 hours, and a change of zone can add more. */
const longestDay = 30 * 3600

/** The calendar day that a moment falls on in a time zone. Days on which clocks change are 23 or 25 hours long. */
export const dayOf = (moment: number, timeZone: string): Day => {
  const date = dates(timeZone)
  const today = date(moment)
  return {
    start: first(moment - longestDay, moment, (at) => date(at) >= today),
    end: first(moment, moment + longestDay, (at) => date(at) > today),
  }
}

/** The calendar date of a moment as a number that grows with time: 20251122. */
const dates = (timeZone: string): ((moment: number) => number) => {
  const format = new Intl.DateTimeFormat('en-US-u-ca-iso8601', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return (moment) => {
    const part = Object.fromEntries(format.formatToParts(moment * 1000).map(({ type, value }) => [type, Number(value)]))
    return part['year']! * 10_000 + part['month']! * 100 + part['day']!
  }
}

/** The first second after `before`, up to `known`, that passes; `known` does. Halves the span, since dates never go back. */
const first = (before: number, known: number, passes: (moment: number) => boolean): number => {
  let [low, high] = [before, known]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (passes(middle)) high = middle
    else low = middle
  }
  return high
}
