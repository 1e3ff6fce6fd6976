import type * as z from 'zod'
import type { Operation } from '../contract/operation.ts'
import type { Kind } from './kind.ts'
import type { Kinds } from './kinds.ts'
import { elementOf, fieldsOf, inner, listKeys, variantsOf } from './schema.ts'

type Document = Record<string, unknown>

/** What an operation answers with: one object or a list, and of which kind. */
export interface Frame {
  readonly schema: z.core.$ZodType
  readonly key: string
  readonly kind?: Kind
  /** For lists: the keys of the wire's answer under which items may stand. */
  readonly list?: readonly string[]
  /** The key of the wire's answer in which the list stands, where it is not the answer itself. `schema` is of that. */
  readonly within?: string
}

/** Some operations answer one object or a list of them. */
export const framesOf = ({ output, paging }: Operation, kinds: Kinds): readonly Frame[] =>
  variantsOf(output).map((answer) => {
    const [items, within] = paging?.items.split('.').toReversed() ?? []
    const schema = within ? fieldsOf(answer)![within]! : answer
    const keys = within ? [items!] : listKeys(schema)
    const kind = kinds.get(inner(keys[0] ? elementOf(fieldsOf(schema)![keys[0]]!)! : schema))
    return keys.length ? { schema, key: kind?.plural ?? 'items', kind, list: keys, within } : { schema, key: kind?.name ?? 'result', kind }
  })

/** The part of an answer that holds the list. */
export const holderOf = (output: Document, { within }: Frame): Document => (within ? ((output[within] ?? {}) as Document) : output)

/** Which of them an answer is. */
export const frameOf = (frames: readonly Frame[], output: Document): Frame =>
  frames.find((frame) => frame.list?.some((key) => Array.isArray(holderOf(output, frame)[key]))) ?? frames.find(({ list }) => !list) ?? frames[0]!

/** The schema of the one object, or of an item of the list. */
export const objectOf = ({ schema, list }: Frame): z.core.$ZodType => (list ? elementOf(fieldsOf(schema)![list[0]!]!)! : schema)
