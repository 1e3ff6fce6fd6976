import fc from 'fast-check'
import * as z from 'zod'
import type { Operation } from '../../src/contract/operation.ts'

/** The part of JSON Schema that zod publishes for our inputs. */
export interface JsonSchema {
  type?: string | string[]
  enum?: string[]
  const?: unknown
  format?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  items?: JsonSchema
  anyOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  propertyNames?: JsonSchema
}

export const inputSchema = (operation: Operation): JsonSchema =>
  z.toJSONSchema(operation.input, { io: 'input' }) as JsonSchema // the published type allows far more than zod emits

/** Inputs that the operation accepts, made from its own schema. */
export const inputs = (operation: Operation): fc.Arbitrary<Record<string, unknown>> =>
  arbitrary(inputSchema(operation)).map(asJson).filter((input) => operation.input.safeParse(input).success)

/** As JSON can carry it: without -0. */
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>

const text = fc.string({ unit: 'binary' }) // every code point but lone surrogates, which no UTF-8 request can carry
const anything = fc.jsonValue({ maxDepth: 2 })

const typesOf = ({ type }: JsonSchema): string[] => [type ?? 'anything'].flat()

/** Values that fit a schema. */
export const arbitrary = (schema: JsonSchema): fc.Arbitrary<unknown> => {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(arbitrary))
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if ('const' in schema) return fc.constant(schema.const)
  return fc.oneof(...typesOf(schema).map((type) => byType[type]!(schema)))
}

const byType: Record<string, (schema: JsonSchema) => fc.Arbitrary<unknown>> = {
  anything: () => anything,
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  string: ({ minLength, maxLength }) => fc.string({ unit: 'binary', minLength, maxLength }),
  integer: ({ minimum, maximum }) => fc.integer({ min: minimum, max: maximum }),
  number: () => fc.double({ noNaN: true, noDefaultInfinity: true }),
  array: ({ items, minItems, maxItems }) => fc.array(arbitrary(items ?? {}), { minLength: minItems, maxLength: maxItems }),
  object: (schema) =>
    schema.properties
      ? fc.record(mapValues(schema.properties, arbitrary), { requiredKeys: schema.required ?? [] })
      : dictionary(schema),
}

/** Names and values as far as the schema tells which there may be. */
const dictionary = ({ propertyNames: names, additionalProperties: values }: JsonSchema) =>
  fc.dictionary(names?.enum ? fc.constantFrom(...names.enum) : text, typeof values === 'object' ? arbitrary(values) : anything)

/** One full, readable input: every field there is, `the <field>` for text. */
export const sample = (operation: Operation): Record<string, unknown> =>
  example('', inputSchema(operation)) as Record<string, unknown>

/** What an example must be where the published shape does not say. */
const filter = { field: 'name', operator: '=', value: 'Ada Lovelace' }

const example = (name: string, schema: JsonSchema): unknown => {
  if (name === 'query') return filter
  if (schema.anyOf) return example(name, schema.anyOf[0]!)
  if (schema.enum) return schema.enum[0]
  if ('const' in schema) return schema.const
  const [type] = typesOf(schema)
  if (type === 'integer') return schema.format === 'unix-seconds' ? 1735689600 : 7
  if (type === 'number') return 7.5
  if (type === 'boolean') return true
  if (type === 'array') return [example(name.replace(/s$/, ''), schema.items ?? {})]
  if (schema.properties) return Object.fromEntries(Object.entries(schema.properties).map(([key, item]) => [key, example(key, item)]))
  return type === 'object' ? exampleEntries(schema) : `the ${name}`
}

/** Of the names there may be, the last: it is of those with a sign in them, should any be. */
const exampleEntries = ({ propertyNames: names, additionalProperties: values }: JsonSchema): Record<string, unknown> =>
  names?.enum && typeof values === 'object' ? { [names.enum.at(-1)!]: example('', values) } : { 'the key': 'the value' }

const mapValues = <A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
