/** Longest an answer may be in either form. The two together stay under the 40,000 characters that clients take. */
export const LIMIT = 19_000

type Document = Record<string, unknown>

/** How far strings are cut, round by round, before items are left out. */
const stringLengths = [8_000, 2_000, 500, 200]

/** A cursor cut short would lead nowhere. */
const uncut = new Set(['next_cursor'])

export interface Measures {
  /** Length of the longer form, which holds every string of the answer. */
  readonly length: (answer: Document) => number
  /** Longest that it may be. */
  readonly limit?: number
}

/**
 * The answer, cut to size: first long strings, each with the number of characters left out, then items of its
 * lists. Small answers come back untouched.
 */
export const fit = (answer: Document, { length, limit = LIMIT }: Measures): Fitted => {
  const fits = (candidate: Document): boolean => !isLonger(candidate, limit) && length(candidate) <= limit
  if (fits(answer)) return { answer, omitted: [] }
  let shortened = answer
  for (const most of stringLengths) {
    shortened = cutStrings(answer, most) as Document
    if (fits(shortened)) return { answer: shortened, omitted: [] }
  }
  return dropItems(shortened, fits)
}

/** Whether the strings and keys alone are too long: so that what is far too long is not written out to find out. */
const isLonger = (value: unknown, limit: number): boolean => {
  const left: unknown[] = [value]
  let length = 0
  for (let item = left.pop(); item !== undefined && length <= limit; item = left.pop()) {
    if (typeof item === 'string') length += item.length
    else if (Array.isArray(item)) for (const each of item) left.push(each ?? null)
    else if (typeof item === 'object' && item !== null)
      for (const [key, each] of Object.entries(item)) {
        length += key.length
        left.push(each ?? null)
      }
  }
  return length > limit
}

interface Fitted {
  readonly answer: Document
  /** Longest first; none where nothing was cut but strings. */
  readonly omitted: readonly Omitted[]
}

/** A list that was cut: where it is, how many of how many items are shown. */
export interface Omitted {
  readonly path: string
  readonly shown: number
  readonly total: number
}

const cutStrings = (value: unknown, length: number): unknown => {
  if (typeof value === 'string') return cut(value, length)
  if (Array.isArray(value)) return value.map((item) => cutStrings(item, length))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [cut(key, 200), uncut.has(key) ? item : cutStrings(item, length)]))
}

/** So little more than may be shown takes less room than saying that it is missing. */
const remainder = 24

/** A text of at most about `length` characters, which tells how many it lacks, and what `more` has to say of those behind the last one shown. */
export const cut = (text: string, length: number, more: (end: number) => string = () => ''): string => {
  if (text.length <= length + remainder) return text
  const end = /[\ud800-\udbff]/.test(text[length - 1] ?? '') ? length - 1 : length // never half a character
  return `${text.slice(0, end)}… (${(text.length - end).toLocaleString('en')} more characters${more(end)})`
}

/** Of the longest list, or, where that does not do, of every list alike. */
const dropItems = (answer: Document, fits: (answer: Document) => boolean): Fitted => {
  const lists = listsIn(answer).sort((a, b) => size(b.items) - size(a.items))
  const ofEach = (most: number, cut: readonly List[]) => cut.reduce((shorter, { path, items }) => (items.length > most ? (replaced(shorter, path, items.slice(0, most)) as Document) : shorter), answer)
  const longest = lists.slice(0, 1)
  const cut = fits(ofEach(0, longest)) ? longest : lists
  const shown = most(Math.max(0, ...cut.map(({ items }) => items.length)), (count) => fits(ofEach(count, cut)))
  const rest = ofEach(shown, cut)
  const omitted = cut.filter(({ items }) => items.length > shown).map(({ path, items }) => ({ path: path.join('.'), shown, total: items.length }))
  return { answer: fits(rest) ? rest : dropFields(rest, fits), omitted }
}

/** The greatest count that holds, found by halving. */
const most = (length: number, holds: (count: number) => boolean): number => {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (holds(middle)) low = middle
    else high = middle - 1
  }
  return low
}

/** Last resort, for an object of very many fields: as many of the largest field's entries as fit. */
const dropFields = (answer: Document, fits: (answer: Document) => boolean): Document => {
  const [key] = Object.entries(answer).sort(([, a], [, b]) => size(b) - size(a))[0] ?? []
  const entries = key === undefined ? [] : Object.entries((answer[key] ?? {}) as Document)
  const withFirst = (count: number): Document => ({ ...answer, [key!]: { ...Object.fromEntries(entries.slice(0, count)), omitted_fields: entries.length - count } })
  return withFirst(most(entries.length, (count) => fits(withFirst(count))))
}

const size = (value: unknown): number => JSON.stringify(value)?.length ?? 0

interface List {
  readonly path: readonly string[]
  readonly items: readonly unknown[]
}

/** Every list that is not inside another one. */
const listsIn = (value: unknown, path: readonly string[] = []): List[] => {
  if (Array.isArray(value)) return [{ path, items: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => listsIn(item, [...path, key]))
}

/** The value with fewer items in the list at that path, and their number where it stands beside them. */
const replaced = (value: unknown, [key, ...rest]: readonly string[], items: readonly unknown[]): unknown => {
  if (key === undefined) return items
  const holder = value as Document
  return { ...holder, ...('shown' in holder && rest.length === 0 && { shown: items.length }), [key]: replaced(holder[key], rest, items) }
}
