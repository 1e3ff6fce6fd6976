import type { Names } from '../names.ts'

/** Puts pseudonyms for what is kept from the reader of an answer. */
export type Redact = <T>(answer: T) => T

/** Of what Intercom answered, what may be shown. All that a view is given passes here, before anything in it is cut: a part of a value says something too. */
export const shownOf = <T>(answer: T, redact: Redact | undefined): T => (redact ? redact(answer) : answer)

/** Names as they may be shown. */
export const namesShown = (names: Names, redact: Redact | undefined): Names => (redact ? (type, id) => redact({ type, name: names(type, id) }).name : names)
