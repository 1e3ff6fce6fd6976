import type { Noun } from '../contract/nouns.ts'
import type { Operation } from '../contract/operation.ts'
import { fit, type Omitted } from './fit.ts'
import type { Kind } from './kind.ts'
import { type Kinds, kindsOf } from './kinds.ts'
import { project } from './project.ts'
import { elementOf, fieldsOf, inner, listKeys } from './schema.ts'
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
  /** How many of a page's items fitted, when not all did. */
  readonly fitted?: number
}

/** How the answer of an operation reads to a model. At most `LIMIT` of fit.ts characters in either form. `note` is shown with it. */
export const view = async (noun: Noun, operation: Operation, output: unknown, place: Place = {}, note?: string): Promise<View> => {
  const kinds = await kindsOf(noun)
  const frame = frameOf(operation, kinds)
  const shown = (frame.list ? listAnswer : oneAnswer)(operation, output as Document, frame, kinds, place)
  const whole = { ...shown, ...(place.simulated && { simulated: true }), ...(note && { note }) }
  const length = (candidate: Document) => Math.max(JSON.stringify(candidate).length, text(candidate).length) + (note ? 0 : noteLength)
  const { answer, omitted } = fit(whole, { length, newestLast: (key) => frame.kind?.newestLast?.includes(key) === true })
  const structured = omitted ? { ...answer, note: [note, omission(omitted)].filter(Boolean).join(' ') } : answer
  return { structured, text: text(structured), ...(omitted?.path === frame.key && { fitted: omitted.shown }) }
}

/** Room kept for a note. */
const noteLength = 300

/** What an operation answers with: one object or a list, and of which kind. */
interface Frame {
  readonly key: string
  readonly kind?: Kind
  /** For lists: the keys of the wire's answer under which items may stand. */
  readonly list?: readonly string[]
}

const frameOf = (operation: Operation, kinds: Kinds): Frame => {
  const keys = listKeys(operation.output)
  const kind = kinds.get(inner(keys[0] ? elementOf(fieldsOf(operation.output)![keys[0]]!)! : operation.output))
  return keys.length ? { key: kind?.plural ?? 'items', kind, list: keys } : { key: kind?.name ?? 'result', kind }
}

const oneAnswer = (operation: Operation, output: Document, frame: Frame, kinds: Kinds, place: Place): Document => ({
  [frame.key]: linked(project(operation.output, output, { kinds, times: 'minute' }) ?? { done: true }, output, frame, place),
})

const listAnswer = (operation: Operation, output: Document, frame: Frame, kinds: Kinds, place: Place): Document => {
  const key = frame.list!.find((candidate) => Array.isArray(output[candidate])) ?? frame.list![0]!
  const element = elementOf(fieldsOf(operation.output)![key]!)!
  const items = ((output[key] ?? []) as Document[]).filter((item) => typeof item === 'object' && item !== null)
  return {
    ...(typeof output.total_count === 'number' && { total: output.total_count }),
    [frame.key]: items.map((item) => linked(project(element, item, { kinds, times: 'minute', listed: true }), item, frame, place)),
    ...next(output.pages),
  }
}

const linked = (shown: unknown, document: Document, { kind }: Frame, { app }: Place): unknown => {
  const path = app && kind?.path?.(document)
  return path ? { ...(shown as Document), link: `${app}${path}` } : shown
}

/** How to get the next page: a cursor, or a page number read from the URL that Intercom gives. */
const next = (pages: unknown): Document => {
  const following = typeof pages === 'object' && pages !== null && 'next' in pages ? pages.next : undefined
  if (typeof following === 'string') return { next_page: Number(new URL(following, 'http://x').searchParams.get('page')) }
  const cursor = typeof following === 'object' && following !== null && 'starting_after' in following ? following.starting_after : undefined
  return cursor ? { next_cursor: cursor } : {}
}

const omission = ({ path, shown, total, newest }: Omitted): string =>
  `Too long to show whole: ${newest ? `the newest ${shown}` : shown} of ${total} in ${path}.`

/** The published JSON Schema of {@link view}'s structured form. */
export const outline = async (noun: Noun, operation: Operation): Promise<Document> => {
  const frame = frameOf(operation, await kindsOf(noun))
  const object = { type: 'object', ...(frame.kind && { properties: headline(frame.kind) }) }
  const paging = operation.paging?.style === 'cursor' ? { next_cursor: { type: 'string' } } : operation.paging && { next_page: { type: 'integer' } }
  const properties = frame.list ? { [frame.key]: { type: 'array', items: object }, ...(operation.paging && { total: { type: 'integer' } }), ...paging } : { [frame.key]: object }
  return { type: 'object', properties, required: [frame.key] }
}

const headline = (kind: Kind): Document =>
  Object.fromEntries(kind.headline.map((key) => [key, { type: jsonType(fieldsOf(kind.schema)?.[key]) }]))

const jsonType = (schema: Parameters<typeof inner>[0] | undefined): string => {
  const type = schema ? (inner(schema)._zod.def as { type: string }).type : 'string'
  return type === 'number' ? 'integer' : type === 'boolean' ? 'boolean' : 'string'
}
