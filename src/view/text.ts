type Document = Record<string, unknown>

const isDocument = (value: unknown): value is Document => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A projected answer as text: `key: value` lines, indented like YAML, which reads well and costs fewer tokens than
 * JSON. Nothing the structured form says is missing from it, and no text in it can pass for a line of its own.
 */
export const text = (value: unknown): string => lines(value).join('\n')

const lines = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(bullet)
  if (isDocument(value)) return isSaid(value) ? said(value) : entries(value)
  return String(value).split('\n')
}

const entries = (value: Document): string[] => Object.entries(value).flatMap(([key, item]) => entry(key.replaceAll('\n', ' '), item))

/** One entry of a transcript: `15:22 customer Maren Okafor (812)`, then what was said. The name stands last, since people choose it. */
const isSaid = ({ id, at, by, author = '' }: Document): boolean => by !== undefined && [id, at, by, author].every((each) => typeof each === 'string' && !multiline(each))
const said = ({ id, at, by, author, internal_note, ...rest }: Document): string[] => [
  [at, internal_note && 'internal note (customers do not see it) by', by, author === by ? undefined : author, `(${String(id)})`].filter(Boolean).map(String).join(' '),
  ...entries(rest),
]

const entry = (key: string, item: unknown): string[] => {
  if (typeof item !== 'object' || item === null) return multiline(item) ? [`${key}: |`, ...String(item).split('\n').map(indent)] : [`${key}: ${String(item)}`]
  if (Array.isArray(item) && item.length > 0 && item.every(isNamed)) return entry(key, item.map(called))
  if (isNamed(item)) return [`${key}: ${called(item)}`]
  if (Array.isArray(item) && item.every((each) => !isDocument(each) && !Array.isArray(each) && !multiline(each) && !phrase(each))) return [`${key}: ${item.join(', ')}`]
  return [`${key}:`, ...lines(item).map(indent)]
}

interface Named {
  readonly id: unknown
  readonly name: string
}

/** What says no more than how it is called: `Ines Calloway (4810101)`. */
const isNamed = (value: unknown): value is Named => isDocument(value) && typeof value.name === 'string' && Object.keys(value).join() === 'id,name' && !multiline(value.name)
const called = ({ id, name }: Named): string => `${name} (${String(id)})`

const bullet = (item: unknown): string[] => lines(item).map((line, index) => (index === 0 ? `- ${line}` : indent(line)))

const indent = (line: string): string => line && `  ${line}`
/** What would not be told from its neighbours on one line. */
const phrase = (value: unknown): boolean => /, |.{32}/.test(String(value))
const multiline = (value: unknown): boolean => typeof value === 'string' && value.includes('\n')
