import type * as z from 'zod'
import { kindsOf } from '../kinds.ts'
import type { Names } from '../names.ts'
import { plain } from '../plain.ts'
import type { Place } from '../present.ts'
import { project } from '../project.ts'
import type { Detail } from '../view.ts'

export type Document = Record<string, unknown>

/** How much is shown of a customer, and with what beside it. */
export interface Look {
  readonly detail: Detail
  readonly names: Names
  readonly place: Place
  /** Conversations with what was said in them, as Intercom answers them, by id. */
  readonly messages: ReadonlyMap<string, object>
  readonly project: Projector
  /** The beginning of a projected text, on one line. */
  readonly brief: (text: unknown, length?: number) => string
}

export const lookOf = async (detail: Detail, rest: Pick<Look, 'names' | 'place' | 'messages'>): Promise<Look> => ({
  detail,
  ...rest,
  project: await projector(rest),
  brief: (text, length = lengths[detail]) => beginning(text, length),
})

/** Characters of a message, note or attribute. */
const lengths: Readonly<Record<Detail, number>> = { summary: 140, full: 800 }

const beginning = (text: unknown, length: number): string => {
  const line = String(text ?? '').replace(/\s+/g, ' ')
  return line.length > length ? `${plain(line.slice(0, length)).trimEnd()}…` : line
}

/** An object as Intercom answers it, by its schema: what a model may read of it. */
export type Projector = (schema: z.core.$ZodType, value: object) => Document

/** Projects whatever belongs to a customer. */
const projector = async ({ names }: Pick<Look, 'names'>): Promise<Projector> => {
  const nouns = await Promise.all((['contacts', 'conversations', 'tickets', 'notes', 'data-events'] as const).map(kindsOf))
  // the fields themselves, not what is told out of them elsewhere
  const kinds = new Map(nouns.flatMap((noun) => [...noun].map(([schema, kind]) => [schema, { ...kind, told: undefined }])))
  return (schema, value) => (project(schema, value, { kinds, times: 'minute', names }) ?? {}) as Document
}

/** Of a document these fields, in this order; those it lacks are left out. */
export const only = (document: Document, keys: readonly string[]): Document => Object.fromEntries(keys.flatMap((key) => (document[key] === undefined ? [] : [[key, document[key]]])))

/** The name beside an id, or the id: `assignee: "Ines Calloway"`. */
export const named = (document: Document, key: string): unknown => document[key.replace(/_id$/, '')] ?? document[key]
