import { Rejection } from './handler.ts'
import { integer } from './scalars.ts'

type Metadata = Readonly<Record<string, unknown>>

/** Keys an event keeps; those that are sent after them are dropped without a word. */
const most = 10

/** What an event keeps of the metadata sent with it. Throws 400 for a value that it cannot hold. */
export const keptMetadata = (sent: Metadata): Metadata => {
  const given = Object.entries(sent).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(given.slice(0, most).map(([key, value]) => [key, kept(key, value)]))
}

/** [inferred] The refusals; documented is what a value may be. */
const kept = (key: string, value: unknown): unknown => {
  if (typeof value === 'object') return isLink(value) || isMoney(value) ? value : refuse(key, 'cannot be nested, unless it is {url, value} or {amount, currency}')
  if (key.endsWith('_date')) return integer(value) ?? refuse(key, 'must be unix seconds, as its name ends with _date')
  return value
}

const has = (value: object | null, ...keys: string[]): value is Metadata =>
  value !== null && Object.keys(value).length === keys.length && keys.every((key) => key in value)

const isLink = (value: object | null): boolean => has(value, 'url', 'value') && /^https?:\/\//i.test(String(value['url'])) && typeof value['value'] !== 'object'

/** The amount is in cents; [inferred] nothing is an amount, too. */
const isMoney = (value: object | null): boolean => has(value, 'amount', 'currency') && (integer(value['amount']) ?? -1) >= 0 && typeof value['currency'] === 'string'

const refuse = (key: string, why: string): never => {
  throw new Rejection(400, 'parameter_invalid', `metadata.${key.slice(0, 100)} ${why}`, `metadata.${key.slice(0, 100)}`)
}
