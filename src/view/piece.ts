import { chosen } from './choose.ts'
import type { Kind } from './kind.ts'
import type { Names } from './names.ts'
import { project } from './project.ts'

type Document = Record<string, unknown>

export interface Piecing {
  readonly names?: Names
  /** Kinds of what the object embeds, which is then shown in brief. */
  readonly embeds?: readonly Kind[]
}

/**
 * Of an object these fields and its id, projected as everywhere: what answers to whole questions are put together from. They are the
 * API's fields, not those that a kind makes of them where it tells the whole object.
 */
export const piece = (kind: Kind, object: unknown, fields: readonly string[], { names, embeds = [] }: Piecing = {}): Document => {
  const kinds = new Map([{ ...kind, told: undefined }, ...embeds].map((each) => [each.schema, each]))
  const shown = project(kind.schema, object, { kinds, times: kind.times, listed: true, names })
  return shown === undefined ? {} : chosen(shown as Document, fields) // an object is projected to one
}

/** The same of several. */
export const pieces = (kind: Kind, objects: readonly unknown[], fields: readonly string[], piecing?: Piecing): Document[] =>
  objects.map((object) => piece(kind, object, fields, piecing))
