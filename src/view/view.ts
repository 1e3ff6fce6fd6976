import type * as z from 'zod'
import type { Noun } from '../contract/nouns.ts'
import type { Operation } from '../contract/operation.ts'
import type { Paging } from '../contract/paging.ts'
import { File } from '../contract/shape.ts'
import { fit, type Omitted } from './fit.ts'
import type { Kind } from './kind.ts'
import { type Kinds, kindsOf } from './kinds.ts'
import { project } from './project.ts'
import { remarksIn } from './remarks.ts'
import { elementOf, fieldsOf, inner, listKeys, variantsOf } from './schema.ts'
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
  const frame = frameOf(framesOf(operation, kinds), output as Document)
  const shown = operation.file === undefined ? (frame.list ? listAnswer : oneAnswer)(output as Document, frame, kinds, place) : await fileAnswer(output, frame)
  const whole = { ...shown, ...(place.simulated && { simulated: true }), ...(note && { note }) }
  const length = (candidate: Document) => Math.max(JSON.stringify(candidate).length, text(candidate).length) + (note ? 0 : noteLength)
  const measures = { length, newestLast: (key: string) => frame.kind?.newestLast !== undefined && key in frame.kind.newestLast }
  const full = fit(whole, measures)
  const { answer, omitted } = full.omitted && operation.paging?.style === 'scroll' ? fit(inBrief(whole, frame), measures) : full
  const structured = omitted ? { ...answer, note: [note, omission(omitted, frame)].filter(Boolean).join(' ') } : answer
  return { structured, text: text(structured), ...(omitted?.path === frame.key && { fitted: omitted.shown }) }
}

/** Room kept for a note. */
const noteLength = 300

/** What an operation answers with: one object or a list, and of which kind. */
interface Frame {
  readonly schema: z.core.$ZodType
  readonly key: string
  readonly kind?: Kind
  /** For lists: the keys of the wire's answer under which items may stand. */
  readonly list?: readonly string[]
  /** The key of the wire's answer in which the list stands, where it is not the answer itself. `schema` is of that. */
  readonly within?: string
}

/** Some operations answer one object or a list of them. */
const framesOf = ({ output, paging }: Operation, kinds: Kinds): readonly Frame[] =>
  variantsOf(output).map((answer) => {
    const [items, within] = paging?.items.split('.').toReversed() ?? []
    const schema = within ? fieldsOf(answer)![within]! : answer
    const keys = within ? [items!] : listKeys(schema)
    const kind = kinds.get(inner(keys[0] ? elementOf(fieldsOf(schema)![keys[0]]!)! : schema))
    return keys.length ? { schema, key: kind?.plural ?? 'items', kind, list: keys, within } : { schema, key: kind?.name ?? 'result', kind }
  })

/** The part of an answer that holds the list. */
const holderOf = (output: Document, { within }: Frame): Document => (within ? ((output[within] ?? {}) as Document) : output)

/** Which of them an answer is. */
const frameOf = (frames: readonly Frame[], output: Document): Frame =>
  frames.find((frame) => frame.list?.some((key) => Array.isArray(holderOf(output, frame)[key]))) ?? frames.find(({ list }) => !list) ?? frames[0]!

const oneAnswer = (output: Document, frame: Frame, kinds: Kinds, place: Place): Document => ({
  [frame.key]: linked(project(frame.schema, output, { kinds, times: 'minute' }) ?? { done: true }, output, frame, place),
})

const listAnswer = (output: Document, frame: Frame, kinds: Kinds, place: Place): Document => {
  const holder = holderOf(output, frame)
  const key = frame.list!.find((candidate) => Array.isArray(holder[candidate])) ?? frame.list![0]!
  const element = elementOf(fieldsOf(frame.schema)![key]!)!
  const items = ((holder[key] ?? []) as Document[]).filter((item) => typeof item === 'object' && item !== null)
  const remarks = remarksIn(frame.schema, holder, kinds, frame.kind)
  const shown = (item: Document): Document => ({ ...(project(element, item, { kinds, times: 'minute', listed: true }) as Document), ...remarks(item) })
  return {
    ...(typeof output.total_count === 'number' && { total: output.total_count }),
    [frame.key]: items.map((item) => linked(shown(item), item, frame, place)),
    ...(output.scroll_param && items.length > 0 ? { next_scroll_param: output.scroll_param } : next(output.pages)),
  }
}

/** A page that can be had neither again nor smaller must name everything on it. */
const inBrief = (answer: Document, { key, kind }: Frame): Document => ({
  ...answer,
  [key]: (answer[key] as Document[]).map((item) => Object.fromEntries(Object.entries(item).filter(([name]) => kind?.headline.includes(name)))),
  note: 'Too long to show in full, so each is only named here. Read one by its id for the rest.',
})

/** What is in the file, since nobody reads it packed. */
const fileAnswer = async (output: unknown, { key }: Frame): Promise<Document> => {
  const { contents } = await import('./file.ts')
  return { [key]: await contents(File.parse(output)) }
}

const linked = (shown: unknown, document: Document, { kind }: Frame, { app }: Place): unknown => {
  const path = app && kind?.path?.(document)
  return path ? { ...(shown as Document), link: `${app}${path}` } : shown
}

/** How to get the next page: a cursor, or a page number or a moment read from the URL that Intercom gives. */
const next = (pages: unknown): Document => {
  const following = typeof pages === 'object' && pages !== null && 'next' in pages ? pages.next : undefined
  if (typeof following === 'string') return nextIn(new URL(following, 'http://x').searchParams)
  const cursor = typeof following === 'object' && following !== null && 'starting_after' in following ? following.starting_after : undefined
  return cursor ? { next_cursor: cursor } : {}
}

const nextIn = (query: URLSearchParams): Document =>
  query.has('before') ? { next_before: query.get('before') } : { next_page: Number(query.get('page')) }

const omission = (omitted: Omitted, { kind }: Frame): string => {
  const { path, shown, total, since } = omitted
  const said = `Too long to show whole: ${since === undefined ? shown : `the newest ${shown}`} of ${total} in ${path}.`
  const tool = Object.entries(kind?.newestLast ?? {}).find(([list]) => path.split('.').includes(list))?.[1]
  return tool && hasId(since) ? `${said} ${tool} with parts_before "${since.id}" shows those before.` : said
}

const hasId = (item: unknown): item is { readonly id: string } => typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string'

/** The published JSON Schema of {@link view}'s structured form. */
export const outline = async (noun: Noun, operation: Operation): Promise<Document> => {
  const frames = framesOf(operation, await kindsOf(noun))
  const properties = Object.assign({}, ...frames.map((frame) => propertiesOf(frame, operation))) as Document
  return { type: 'object', properties, ...(frames.length === 1 && { required: [frames[0]!.key] }) }
}

const propertiesOf = ({ key, kind, list }: Frame, { paging }: Operation): Document => {
  const object = { type: 'object', ...(kind && { properties: headline(kind) }) }
  return list ? { [key]: { type: 'array', items: object }, ...(paging && { total: { type: 'integer' }, ...nextKeys[paging.style] }) } : { [key]: object }
}

const nextKeys: Readonly<Record<Paging['style'], Document>> = {
  cursor: { next_cursor: { type: 'string' } },
  page: { next_page: { type: 'integer' } },
  scroll: { next_scroll_param: { type: 'string' } },
  before: { next_before: { type: 'string' } },
}

const headline = (kind: Kind): Document =>
  Object.fromEntries(kind.headline.map((key) => [key, { type: jsonType(fieldsOf(kind.schema)?.[key]) }]))

const jsonType = (schema: Parameters<typeof inner>[0] | undefined): string => {
  const type = schema ? (inner(schema)._zod.def as { type: string }).type : 'string'
  return type === 'number' ? 'integer' : type === 'boolean' ? 'boolean' : 'string'
}
