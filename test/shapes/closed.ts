/** A schema of an OpenAPI 3.0 document, as far as answers need it. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly nullable?: boolean
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly additionalProperties?: boolean | Schema
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

export type Named = Readonly<Record<string, Schema>>

/**
 * An OpenAPI 3.0 schema as JSON Schema that allows declared properties only: stricter than Intercom means it, since what we
 * answer beyond the document should be known to us. Variants may overlap, so `oneOf` is read as `anyOf`.
 */
export const closed = (schema: Schema, named: Named): object => {
  if (schema.$ref && !schema.nullable) return { $ref: schema.$ref }
  const { nullable, type, enum: values, properties, items, oneOf, anyOf = oneOf, additionalProperties, ...rest } = merged(schema, named)
  const inner = (part: Schema) => closed(part, named)
  return {
    ...rest,
    ...(type && { type: nullable ? [type, 'null'] : type }),
    ...(values && { enum: nullable ? [...values, null] : values }),
    ...(properties && { properties: mapped(properties, inner), additionalProperties: false }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: inner(additionalProperties) }),
    ...(items && { items: inner(items) }),
    ...(anyOf && { anyOf: anyOf.map(inner) }),
  }
}

/** With what it refers to and is made of put into itself. */
const merged = ({ $ref, allOf = [], ...own }: Schema, named: Named): Omit<Schema, '$ref' | 'allOf'> =>
  [...($ref ? [named[$ref.split('/').at(-1)!]!] : []), ...allOf].map((part) => merged(part, named)).reduce(
    (all, part) => ({
      ...part,
      ...all,
      ...((part.properties ?? all.properties) && { properties: { ...part.properties, ...all.properties } }),
      required: [...(part.required ?? []), ...(all.required ?? [])],
    }),
    own,
  )

export const mapped = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
