import type * as z from 'zod'
import { Duration, Timestamp, TimestampText } from '../contract/shape.ts'

type Schema = z.core.$ZodType

interface Definition {
  readonly type: string
  readonly innerType?: Schema
  readonly element?: Schema
  readonly shape?: Readonly<Record<string, Schema>>
  readonly options?: readonly Schema[]
}

const definition = (schema: Schema): Definition => schema._zod.def

/** Schemas never change, and every answer asks the same of them for each of its values: so each is asked once. */
const asked = <T>(of: (schema: Schema) => T): ((schema: Schema) => T) => {
  const known = new WeakMap<Schema, { readonly told: T }>()
  return (schema) => {
    const told = known.get(schema) ?? { told: of(schema) }
    known.set(schema, told)
    return told.told
  }
}

/** The schema behind optional and nullable. */
export const inner = asked((schema): Schema => {
  const { innerType } = definition(schema)
  return innerType ? inner(innerType) : schema
})

/** The fields of an object schema; undefined for any other, and for one that leaves them all open. */
export const fieldsOf = asked((schema): Readonly<Record<string, Schema>> | undefined => {
  const { shape } = definition(inner(schema))
  return shape && Object.keys(shape).length ? shape : undefined
})

/** The schemas of which a value fits one. */
export const variantsOf = (schema: Schema): readonly Schema[] => definition(inner(schema)).options ?? [schema]

/** What a list schema holds; undefined for any other. */
export const elementOf = (schema: Schema): Schema | undefined => definition(inner(schema)).element

export const isTimestamp = (schema: Schema): boolean => inner(schema) === Timestamp || inner(schema) === TimestampText

export const isDuration = (schema: Schema): boolean => inner(schema) === Duration

/** The keys of a list wrapper `{type, <key>: [...], total_count, ...}` that hold items; none for other objects. */
export const listKeys = asked((schema): readonly string[] => {
  const fields = Object.entries(fieldsOf(schema) ?? {})
  const lists = fields.filter(([, field]) => elementOf(field)).map(([key]) => key)
  const wraps = fields.some(([key]) => key === 'type') && fields.every(([key]) => lists.includes(key) || wrapping.has(key))
  return wraps ? lists : []
})

const wrapping = new Set(['type', 'url', 'total_count', 'has_more', 'pages', 'scroll_param'])
