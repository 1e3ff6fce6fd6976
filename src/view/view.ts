import type { Noun } from '../contract/nouns.ts'
import type { Operation } from '../contract/operation.ts'
import { File } from '../contract/shape.ts'
import { chosen, choosable } from './choose.ts'
import { type Frame, frameOf, framesOf, holderOf, objectOf } from './frame.ts'
import { apart, lean, withHistory } from './transcript/history.ts'
import { type Kinds, kindsOf } from './kinds.ts'
import { type Names, ourNames } from './names.ts'
import { type Passage, passaged } from './passage.ts'
import { type Place, present, type View } from './present.ts'
import { project } from './project.ts'
import { remarksIn } from './remarks.ts'
import type { Telling } from './transcript/transcript.ts'

type Document = Record<string, unknown>

/** How much is shown of each object: what tells most, or every field. */
export type Detail = 'summary' | 'full'

/** How an answer is to be shown. */
export interface Manner {
  readonly nonce: string
  readonly place?: Place
  readonly names?: Names
  /** Lists of more than a few are summed up, and all else shown in full, unless it says otherwise. */
  readonly detail?: Detail
  /** Only these fields of each object, besides its id. */
  readonly fields?: readonly string[]
  /** Shown with the answer. */
  readonly note?: string
  /** Of one object's long texts, which part. */
  readonly passage?: Passage
  /** Of one object's history, which part, and how. */
  readonly telling?: Telling
}

/** How the answer of an operation reads to a model. `fitted` tells how many of a page's items are shown, when not all are. */
export const view = async (noun: Noun, operation: Operation, output: unknown, asked: Manner): Promise<View & { readonly fitted?: number }> => {
  const { kinds, frames } = await framed(noun, operation)
  const frame = frameOf(frames, output as Document)
  const { kind, key } = frame
  const manner = kind?.by === 'workspace' ? { ...asked, names: ourNames(asked.names) } : asked
  const projected = operation.file === undefined ? (frame.list ? listAnswer : oneAnswer)(output as Document, frame, kinds, manner) : { answer: await fileAnswer(output, frame) }
  const { answer, note } = passaged(projected.answer, frame, { ...manner, note: [manner.note, projected.note].filter(Boolean).join(' ') || undefined })
  const presentation = { ...manner, note, customers: kind?.by === 'workspace' ? [] : [key] }
  const whole = present(answer, presentation)
  const shown = whole.omitted.length > 0 && operation.paging?.style === 'scroll' ? present(inBrief(answer, frame), presentation) : whole
  const page = shown.omitted.find(({ path }) => path === key)
  return { ...shown, ...(page && { fitted: page.shown }) }
}

/** Fields that may be asked for of this operation's answer. Empty where any may. */
export const fieldsShown = async (noun: Noun, operation: Operation): Promise<string[]> => (await framed(noun, operation)).frames.flatMap(choosable)

interface Framed {
  readonly kinds: Kinds
  readonly frames: readonly Frame[]
}

/** An operation never changes what it answers. */
const known = new WeakMap<Operation, Framed>()

const framed = async (noun: Noun, operation: Operation): Promise<Framed> => {
  const found = known.get(operation)
  if (found) return found
  const kinds = await kindsOf(noun)
  const made = { kinds, frames: framesOf(operation, kinds) }
  known.set(operation, made)
  return made
}

interface Answer {
  readonly answer: Document
  readonly note?: string
}

const oneAnswer = (output: Document, frame: Frame, kinds: Kinds, manner: Manner): Answer => {
  const { names, detail = 'full', fields, place } = manner
  const projected = (project(frame.schema, apart(output, frame), { kinds, times: 'minute', names, summed: detail === 'summary' && !fields }) ?? { done: true }) as Document
  const link = linkTo(output, frame, place)
  const { shown, note } = withHistory(picked(link ? { ...projected, link } : projected, manner), output, frame, kinds, manner)
  return { answer: { [frame.key]: shown }, note }
}

const listAnswer = (output: Document, frame: Frame, kinds: Kinds, manner: Manner): Answer => {
  const holder = holderOf(output, frame)
  const key = frame.list!.find((candidate) => Array.isArray(holder[candidate])) ?? frame.list![0]!
  const items = ((holder[key] ?? []) as Document[]).filter((item) => typeof item === 'object' && item !== null)
  const { names, detail = items.length > few ? 'summary' : 'full', fields, place } = manner
  const summed = detail === 'summary' && !fields
  const remarks = remarksIn(frame.schema, holder, kinds, frame.kind)
  const shown = (item: Document): Document => picked(lean(project(objectOf(frame), item, { kinds, times: 'minute', listed: true, names, summed }) as Document, frame, manner), manner)
  const link = items[0] && linkTo({ ...items[0], id: '{id}' }, frame, place)
  const answer = {
    ...(typeof output.total_count === 'number' && { total: output.total_count }),
    [frame.key]: items.map((item) => ({ ...shown(item), ...remarks(item) })),
    ...(isMark(output.scroll_param) && items.length > 0 ? { next_scroll_param: output.scroll_param } : next(output.pages)),
    ...(link && { link_to_each: link }),
  }
  return { answer }
}

/** So many objects are shown in full where nothing else was asked for: who found one wants to read it. */
const few = 3

const picked = (shown: Document, { fields }: Manner): Document => (fields ? chosen(shown, fields) : shown)

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

/** Where people open it in Intercom's web app, if anywhere. */
export const linkTo = (document: Document, { kind }: Pick<Frame, 'kind'>, place: Place | undefined): string | undefined => {
  const path = place?.app && kind?.path?.(document)
  return path && asKnown.test(path) ? `${place.app}${path}` : undefined
}

/** Ids as Intercom makes them, or the place of one. Of anything else no address is made. */
const asKnown = /^[\w/.{}-]+$/

/** How to get the next page: a cursor, or a page number or a moment read from the URL that Intercom gives. */
const next = (pages: unknown): Document => {
  const following = typeof pages === 'object' && pages !== null && 'next' in pages ? pages.next : undefined
  if (typeof following === 'string') return URL.canParse(following, 'http://x') ? nextIn(new URL(following, 'http://x').searchParams) : {}
  const cursor = typeof following === 'object' && following !== null && 'starting_after' in following ? following.starting_after : undefined
  return isMark(cursor) ? { next_cursor: cursor } : {}
}

const nextIn = (query: URLSearchParams): Document => {
  const [before, page] = [query.get('before'), Number(query.get('page'))]
  return isMark(before) ? { next_before: before } : page ? { next_page: page } : {}
}

/** What marks a place in a list stands outside of what customers wrote, so it must be nothing that says anything. */
const isMark = (value: unknown): boolean => typeof value === 'string' && /^[\w+/=.~:%-]{1,4000}$/.test(value)
