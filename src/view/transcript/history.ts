import type { Frame } from '../frame.ts'
import type { Kinds } from '../kinds.ts'
import type { Manner } from '../view.ts'
import { project } from '../project.ts'
import { elementOf, fieldsOf } from '../schema.ts'
import { type Past, type Told, transcript } from './transcript.ts'

type Document = Record<string, unknown>

/** The parts of an object as Intercom gave it, under the key that holds both the list and its wrapper. */
export const partsIn = (object: unknown, key: string): Document[] => {
  const list = (object as { readonly [key: string]: { readonly [key: string]: unknown } | null | undefined })[key]?.[key] // an operation's answer is an object
  return Array.isArray(list) ? (list as Document[]) : []
}

/** Without its parts, which a transcript makes fit to show one by one: there may be megabytes of them. */
export const apart = (object: Document, { kind }: Frame): Document => (kind?.history ? { ...object, [kind.history.parts]: undefined } : object)

/** What is shown of an object, `shown` as far as it is chosen, with its history as far as that is asked for. */
export const withHistory = (shown: Document, object: Document, frame: Frame, kinds: Kinds, manner: Manner): Told => {
  const history = frame.kind?.history
  if (!history || !isAsked(history.parts, manner)) return { shown }
  const inPart = manner.telling?.span !== undefined
  const head = inPart ? brief(shown, frame) : lean(shown, frame, manner)
  return transcript(head, pastOf(object, frame, kinds, manner), history, { long: inPart || manner.detail === 'full', ...manner.telling })
}

const isAsked = (parts: string, { detail, fields, telling }: Manner): boolean =>
  telling?.span !== undefined || (fields ? fields.some((field) => field.split('.')[0] === parts) : detail !== 'summary')

/** Who reads on has seen the rest. */
const brief = (shown: Document, { kind }: Frame): Document => {
  const kept = [...kind!.headline, 'title', kind!.history!.first]
  return Object.fromEntries(Object.entries(shown).filter(([key]) => kept.includes(key)))
}

/** Without what is shown only to who asks for it, or for everything. */
export const lean = (shown: Document, { kind }: Frame, { fields, detail }: Manner): Document =>
  fields || detail === 'full' || !kind?.history ? shown : Object.fromEntries(Object.entries(shown).filter(([key]) => !kind.history!.aside.includes(key)))

const pastOf = (object: Document, { kind, schema }: Frame, kinds: Kinds, { names }: Manner): Past => {
  const key = kind!.history!.parts
  const part = elementOf(fieldsOf(fieldsOf(schema)![key]!)![key]!)! // as the kind says
  const parts = partsIn(object, key)
  const total = (object[key] as { readonly total_count?: number | null } | null | undefined)?.total_count ?? parts.length
  return { id: object.id, parts, total, show: (one) => (project(part, one, { kinds, times: 'minute', names }) ?? {}) as Document }
}
