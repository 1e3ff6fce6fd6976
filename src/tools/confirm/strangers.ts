import { asRead } from './as-read.ts'
import { leavesOf } from './leaves.ts'

/**
 * Addresses, phone numbers and long ids in what is to be sent that stand nowhere in what was read: they may belong to somebody
 * else. Told of, never judged.
 */
export const strangersIn = (sent: unknown, read: unknown): string[] => {
  const known = new Set(tracesIn(textsOf(read)).map(bare))
  const said = leavesOf(sent).filter(({ key }) => !/(?:^|_)(?:ids?|at)$/.test(key)).map(({ value }) => String(value))
  return [...new Map(tracesIn(said.flatMap((text) => [text, asRead(text).text])).map((trace) => [bare(trace), trace]))].flatMap(([key, trace]) => (known.has(key) ? [] : [trace]))
}

const textsOf = (value: unknown): string[] => leavesOf(value).map((leaf) => String(leaf.value))

/** In whatever width the letters and digits are written. */
const tracesIn = (texts: readonly string[]): string[] =>
  texts.map((text) => text.normalize('NFKC').replace(dates, ' | ')).flatMap((text) => [
    ...[emails, ids].flatMap((trace) => text.match(trace) ?? []),
    ...(text.replace(ids, ' | ').match(numbers) ?? []), // an id may hold a run of digits, which is no number of its own
  ])

const emails = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu

/** Intercom's, of people. */
const ids = /\b[0-9a-f]{24}\b/gi

/** Of at least six digits, however they are grouped. */
const numbers = /\+?\d(?:[ ()./-]{0,2}\d){5,30}/g

const dates = /\b(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:3[01]|[12]\d|0?[1-9])(?!\d)/g

/** Numbers by their digits alone, all else without capitals. */
const bare = (trace: string): string => (/[a-z@]/i.test(trace) ? trace.toLowerCase() : trace.replace(/\D/g, ''))
