import type * as z from 'zod'
import type { Kind } from './kind.ts'
import type { Kinds } from './kinds.ts'
import { project } from './project.ts'
import { elementOf, fieldsOf, inner } from './schema.ts'

type Document = Record<string, unknown>

/**
 * What stands beside a list about its items, each remark with the id of its item (`article_id`): so that it can be shown with
 * the item. `holder` is what holds them all.
 */
export const remarksIn = (schema: z.core.$ZodType, holder: Document, kinds: Kinds, kind?: Kind): ((item: Document) => Document) => {
  const named = `${kind?.name}_id`
  const lists = Object.entries(fieldsOf(schema) ?? {}).flatMap(([key, list]) => {
    const element = elementOf(list)
    const remarks = element && !kinds.has(inner(element)) && Object.hasOwn(fieldsOf(element) ?? {}, named) // a ticket's ticket_id is its number
    return remarks ? [{ element, remarks: (holder[key] ?? []) as Document[] }] : []
  })
  return ({ id }) => Object.assign({}, ...lists.map(({ element, remarks }) => told(element, remarks.find((remark) => String(remark[named]) === String(id)), named, kinds))) as Document
}

const told = (element: z.core.$ZodType, remark: Document | undefined, named: string, kinds: Kinds): unknown =>
  remark && project(element, { ...remark, [named]: undefined }, { kinds, times: 'minute' })
