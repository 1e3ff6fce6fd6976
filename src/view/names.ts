import { pointing, referring, type Sort } from '../contract/mention.ts'
import { plain } from './plain.ts'

type Document = Record<string, unknown>

/** The name of an object that was mentioned by its id; undefined when it is not known. */
export type Names = (sort: Sort, id: unknown) => string | undefined

/** Of them only those that the workspace's own people give: what is not marked may hold no others. */
export const ourNames = (names: Names | undefined): Names => (sort, id) => (theirs.has(sort) ? undefined : names?.(sort, id))

const theirs: ReadonlySet<Sort> = new Set<Sort>(['contact', 'company'])

/** The field in which a name stands that belongs to the id in this one: `owner` for `owner_id`. */
export const nameKey = (key: string): string => key.replace(/_ids$/, 's').replace(/_id$/, '')

/** Where the name of what a field mentions stands: `owner: 'Mia Chen'` beside `owner_id: 814`. Undefined for other fields, and when no name is known. */
export const nameBeside = (key: string, value: unknown, names: Names | undefined): [key: string, name: unknown] | undefined => {
  const sort = referring.get(key)
  if (!sort || !names) return undefined
  const called = (id: unknown) => shown(names(sort, id))
  const found = Array.isArray(value) ? value.map((id) => called(id) ?? String(id)) : called(value)
  return found === undefined ? undefined : [nameKey(key), found]
}

/** The name of what a pointer points to, unless it says so itself. */
export const nameOf = ({ type, id, name }: Document, names: Names | undefined): string | undefined => {
  const sort = typeof type === 'string' && name === undefined ? pointing.get(type) : undefined
  return sort && shown(names?.(sort, id))
}

const shown = (name: string | undefined): string | undefined => (name === undefined ? undefined : plain(name).replace(/\s+/g, ' ').trim() || undefined)
