import { createHash } from 'node:crypto'

/**
 * That a person has agreed to one very call. Made only where that was found out; the client holds the call to it, so that
 * what runs is what was agreed to, to the letter.
 */
export interface Approval {
  /** {@link digest} of the operation's name and its input. */
  readonly digest: string
  /** That it is none: what became of asking. Its digest fits nothing; the client tells of the attempt and refuses it. */
  readonly denial?: Denial
}

/** Why what came back from a person does not count. */
export interface Denial {
  readonly because: 'declined' | 'expired' | 'used' | 'foreign' | 'unchecked'
  /** That in words, with what to do next. */
  readonly note: string
}

/** SHA-256 of what a call does, in hexadecimal: the same for the same name and input, in whatever order its fields stand. */
export const digest = (operation: string, input: unknown): string => createHash('sha256').update(JSON.stringify([operation, ordered(input)])).digest('hex')

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, item]) => [key, ordered(item)]))
}
