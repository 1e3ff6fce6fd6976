import { plain } from './plain.ts'

/** `Severity (7): list, required`: something with an id, and what is told of it, on one line. Its texts were projected before. */
export const line = ({ id, name }: { readonly id?: unknown; readonly name: unknown }, told: readonly unknown[]): string =>
  `${String(name)}${id === undefined ? '' : ` (${String(id)})`}: ${told.filter(Boolean).join(', ')}`.replace(/\s+/g, ' ')

/** Choices that are named; more of them are counted. */
const mostChoices = 12

/** `one of Low, High and 3 more`; undefined of what is no choice. */
export const oneOf = (choices: readonly string[] | null | undefined): string | undefined => {
  if (!choices?.length) return undefined
  const more = choices.length - mostChoices
  return `one of ${choices.slice(0, mostChoices).map(plain).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
