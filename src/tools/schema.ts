import * as z from 'zod'

type Json = Record<string, unknown>

/**
 * A zod schema as the JSON Schema that clients accept everywhere: no `$schema`, no `$ref`, no formats that a strict
 * validator does not know, and none of the noise (bounds of safe integers, names of records) that only costs tokens.
 */
export const published = (schema: z.ZodType): Json =>
  tidy(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' })) as Json

/** Wherever the contract says no more of a timestamp, its unit must be told. */
const unit = (schema: Json): Json => (schema.format === 'unix-seconds' && !schema.description ? { ...schema, description: 'Unix seconds.' } : schema)

const tidy = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(tidy)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(unit(nullable(value as Json))).filter(([key, item]) => !isNoise(key, item))
  return Object.fromEntries(kept.map(([key, item]) => [key, tidy(item)]))
}

const isNoise = (key: string, item: unknown): boolean =>
  key === '$schema' ||
  (key === 'propertyNames' && typeof item === 'object') ||
  (key === 'additionalProperties' && typeof item === 'object' && Object.keys(item as Json).length === 0) ||
  (key === 'format' && item === 'unix-seconds') ||
  ((key === 'minimum' || key === 'maximum') && Math.abs(Number(item)) === Number.MAX_SAFE_INTEGER)

/** `anyOf: [X, null]` in its short form. */
const nullable = (schema: Json): Json => {
  const { anyOf, ...rest } = schema
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return schema
  const [one, other] = anyOf as [Json, Json]
  return other.type === 'null' && typeof one.type === 'string' && !one.enum ? { ...one, type: [one.type, 'null'], ...rest } : schema
}
