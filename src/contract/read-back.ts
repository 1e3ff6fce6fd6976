import type { ReadBack } from './operation.ts'

type Fields = Record<string, unknown>

/**
 * Whether what was found holds the fields that were written. Fields of `exact` are stored as sent; those of `altered`
 * Intercom may rewrite (a phone number, HTML), so a difference there tells nothing. Fields not written do not count.
 */
export const shows = (exact: string, altered = ''): ReadBack['happened'] => {
  const given = (names: string, written: Fields) => names.split(' ').filter((name) => written[name] !== undefined)
  return (written, found) => {
    const differs = (name: string) => !same(written[name], found?.[name])
    const readsOtherwise = (name: string) => differs(name) && words(written[name]) !== words(found?.[name])
    if (!found || given(exact, written).some(differs)) return false
    const told = given(`${exact} ${altered}`, written)
    return told.length > 0 && !told.some(readsOtherwise) ? true : undefined
  }
}

/** What a person reads of a text, whether it is kept as HTML or not. */
export const words = (text: unknown): string => (typeof text === 'object' && text !== null ? JSON.stringify(text) : String(text ?? '')).replace(/<[^<>]*>|&\w+;/g, '').replace(/[\s<>&"']+/g, '')

/** The same of something that was made: what stood there before is another, whatever it holds. */
export const showsMade = (exact: string, altered = ''): ReadBack['happened'] => {
  const shown = shows(exact, altered)
  return (written, found, since) => (isNew(found, since) ? shown(written, found, since) : false)
}

/** Whether one of several shows the effect; `itemsIn` finds them in what was read. */
export const oneOf =
  (itemsIn: (found: Fields) => unknown, happened: ReadBack['happened']): ReadBack['happened'] =>
  (written, found, since) => {
    if (!found) return undefined
    const verdicts = [itemsIn(found)].flat().filter(isRecord).map((item) => happened(written, item, since))
    return verdicts.includes(true) ? true : verdicts.includes(undefined) ? undefined : false
  }

/** Whether the object is gone, where reading it tells so for certain. */
export const isGone: ReadBack['happened'] = (_, found) => found === undefined

/** The item of that id, or of another such field, among those of a list `{data: [...]}`. */
export const among = (found: Fields | undefined, value: unknown, field = 'id'): Fields | undefined =>
  [found?.data].flat().find((item): item is Fields => isRecord(item) && text(item[field]) === text(value))

/** The last item of that name, which is the newest. */
export const lastNamed = (items: readonly unknown[], name: unknown): Fields | undefined =>
  items.findLast((item): item is Fields => isRecord(item) && text(item.name).toLowerCase() === text(name).toLowerCase())

/** Whether anything is left to compare: the input without its id says something. */
export const byId = (written: Fields): Fields | undefined => (Object.keys(written).length > 1 ? { id: written.id } : undefined)

/** Clocks differ, ours from Intercom's too; more than this, in seconds, and something was made before we asked for it. */
const skew = 300

/** Whether an object was made by a write sent at `since`, rather than found in its way. */
export const isNew = (found: Fields | undefined, since: number): boolean => typeof found?.created_at !== 'number' || found.created_at >= since - skew

/** Equal as far as Intercom keeps what it is sent: "42" is 42, an empty text is none, an email address loses its capitals. */
const same = (written: unknown, found: unknown): boolean => {
  if (isRecord(written)) return isRecord(found) && Object.entries(written).every(([key, value]) => same(value, found[key]))
  if (Array.isArray(written)) return Array.isArray(found) && written.length === found.length && written.every((value, index) => same(value, found[index]))
  return text(written) === text(found)
}

const text = (value: unknown): string => {
  const plain = String(value ?? '').trim()
  return plain.includes('@') ? plain.toLowerCase() : plain
}

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
