/** A value that holds no others, and where it stands. */
export interface Leaf {
  /** `translated_content.fr.title`, `attachment_urls[0]`. */
  readonly path: string
  readonly key: string
  readonly value: unknown
}

/** All of a JSON value, however deep. */
export const leavesOf = (value: unknown, path = '', key = ''): Leaf[] => {
  if (typeof value !== 'object' || value === null) return [{ path, key, value }]
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, `${path}[${index}]`, key))
  return Object.entries(value).flatMap(([name, item]) => leavesOf(item, path ? `${path}.${name}` : name, name))
}
