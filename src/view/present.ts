import { fit, type Omitted } from './fit.ts'
import { marks } from './marks.ts'
import { text } from './text.ts'

type Document = Record<string, unknown>

/** Which Intercom answered. */
export interface Place {
  /** Address of the region's web app, `https://app.intercom.com`; undefined where there is none to link to. */
  readonly app?: string
  readonly simulated?: boolean
}

/** One answer in two forms, each complete without the other: some clients show the model only one of them. */
export interface View {
  readonly structured: Document
  readonly text: string
  /** The lists of which something was left out for size. */
  readonly omitted: readonly Omitted[]
}

export interface Presentation {
  readonly place?: Place
  /** Keys of the answer under which anything was written by or about customers. */
  readonly customers: readonly string[]
  /** A few characters nobody can foresee, so that no text ends the marks it stands between. */
  readonly nonce: string
  readonly note?: string
  /** What to say of what was left out. */
  readonly omission?: (omitted: readonly Omitted[]) => string
}

/**
 * An answer as a model gets it, at most `LIMIT` of fit.ts characters in either form. What customers wrote is told apart in both:
 * `untrusted` names the keys that hold it, and in the text it stands between two marks.
 */
export const present = (answer: Document, { place, customers, nonce, note, omission = leftOut }: Presentation): View => {
  const written = customers.filter((key) => key in answer)
  const whole = { ...answer, ...(place?.simulated && { simulated: true }), ...(written.length > 0 && { untrusted: written }), ...(note && { note }) }
  const told = lastly((candidate) => marked(candidate, written, nonce))
  const length = (candidate: Document) => Math.max(JSON.stringify(candidate).length, told(candidate).length) + (note ? 0 : noteLength)
  const { answer: fitted, omitted } = fit(whole, { length })
  const structured = omitted.length > 0 ? { ...fitted, note: [note, omission(omitted)].filter(Boolean).join(' ') } : fitted
  return { structured, text: told(structured), omitted }
}

/** Knows what it said last: most answers fit as they are, and need be told once only. */
const lastly = (tell: (answer: Document) => string): ((answer: Document) => string) => {
  let last: { readonly answer: Document; readonly told: string } | undefined
  return (answer) => (last = last?.answer === answer ? last : { answer, told: tell(answer) }).told
}

/** Room kept for a note. */
const noteLength = 300

/** What was left out, in general words. */
export const leftOut = (omitted: readonly Omitted[]): string => `Too long to show whole: ${omitted.map(({ path, shown, total }) => `${shown} of ${total} in ${path}`).join(', ')}.`

/** The text form: what customers wrote between marks that only this answer has, then our own words. */
const marked = (answer: Document, written: readonly string[], nonce: string): string => {
  const { untrusted: _, ...shown } = answer
  if (written.length === 0) return text(shown)
  const theirs = Object.entries(shown).filter(([key]) => written.includes(key))
  const ours = Object.entries(shown).filter(([key]) => !written.includes(key))
  const { begin, end } = marks(nonce)
  return [begin, text(Object.fromEntries(theirs)), end, ...(ours.length ? [text(Object.fromEntries(ours))] : [])].join('\n')
}
