import { revealed } from './revealed.ts'

/** A value that holds no others, be it an empty list, and where it stands. */
export interface Leaf {
  /** `translated_content.fr.title`, `attachment_urls[0]`; a name that is more than words stands in quotes. */
  readonly path: string
  readonly key: string
  readonly value: unknown
}

/** All of a JSON value, however deep. */
export const leavesOf = (value: unknown, path = '', key = ''): Leaf[] => {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [{ path, key, value }]
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, `${path}[${index}]`, key))
  return Object.entries(value).flatMap(([name, item]) => leavesOf(item, [path, step(name)].filter(Boolean).join('.'), name))
}

/** Names may be anybody's, as those of attributes are: none may pass for a line of ours. */
const step = (name: string): string => (/^[\p{L}\p{N}_ -]+$/u.test(name) ? name : JSON.stringify(revealed(name)))
