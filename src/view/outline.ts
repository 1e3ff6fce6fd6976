import type { Noun } from '../contract/nouns.ts'
import type { Operation } from '../contract/operation.ts'
import type { Paging } from '../contract/paging.ts'
import { type Frame, framesOf } from './frame.ts'
import type { Kind } from './kind.ts'
import { kindsOf } from './kinds.ts'
import { fieldsOf, inner } from './schema.ts'

type Document = Record<string, unknown>

/** The published JSON Schema of the structured form in which `view` shows an operation's answer. */
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
