import * as z from 'zod'

type Nullish<S extends z.ZodRawShape> = { [K in keyof S]: z.ZodOptional<z.ZodNullable<S[K]>> }

/**
 * An object as Intercom answers it: the `required` fields are there, every other declared field may be
 * absent or null (the published schema marks almost none), and fields not declared pass through.
 */
export const shape = <R extends z.ZodRawShape, S extends z.ZodRawShape>(required: R, fields: S) =>
  z.looseObject({ ...required, ...nullish(fields) })

const nullish = <S extends z.ZodRawShape>(fields: S): Nullish<S> =>
  Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [key, z.optional(z.nullable(field))]),
  ) as unknown as Nullish<S> // Object.fromEntries forgets which key had which type

/** Seconds since 1970-01-01 UTC. */
export const Timestamp = z.int().meta({ format: 'unix-seconds' })

/** The same, in fields that Intercom answers as text. */
export const TimestampText = z.string().meta({ format: 'unix-seconds' })

/** How long something took, in seconds. */
export const Duration = z.int().meta({ format: 'seconds' })

/** Text that Intercom keeps as HTML. */
export const Html = z.string().meta({ format: 'html' })

/** Text in pieces, of which some were searched for: `type` is highlight or plain. */
export const Highlighted = z.array(shape({ type: z.string(), text: z.string() }, {}))

/** A file, where an operation answers one instead of JSON. `data` is Base64; `size` counts bytes. */
export const File = z.looseObject({ content_type: z.string(), filename: z.string(), size: z.int(), data: z.base64() })

/** A body that Intercom leaves empty. */
export const Empty = z.looseObject({})

/** `{type: 'list', <key>: [...]}` and the like: the items are always there. */
export const list = <T extends z.ZodType, K extends string>(key: K, item: T) =>
  shape({ [key]: z.array(item) } as Record<K, z.ZodArray<T>>, { type: z.string() })

/** `pages` of a cursor list. `next` is absent on the last page, never null. */
const CursorPages = shape(
  {},
  {
    type: z.string(),
    page: z.int(),
    per_page: z.int(),
    total_pages: z.int(),
    next: shape({}, { page: z.int(), per_page: z.int(), starting_after: z.string() }),
  },
)

/** `pages` of a numbered list. `next` is a URL; absent or null on the last page. */
export const NumberedPages = shape(
  {},
  { type: z.string(), page: z.int(), per_page: z.int(), total_pages: z.int(), next: z.string() },
)

export const cursorList = <T extends z.ZodType, K extends string>(key: K, item: T) =>
  list(key, item).extend({ total_count: z.int().nullish(), pages: CursorPages.nullish() })

export const numberedList = <T extends z.ZodType, K extends string>(key: K, item: T) =>
  list(key, item).extend({ total_count: z.int().nullish(), pages: NumberedPages.nullish() })

/** Anything a custom attribute can hold. Values keep their own type; null unsets. */
export const CustomAttributes = z.record(z.string(), z.unknown())

/** `{type, id}`: a pointer to another object. */
export const Reference = shape({}, { type: z.string(), id: z.string() })

/** Error body of the API: `errors` is never empty. */
export const ErrorList = shape(
  { type: z.literal('error.list'), errors: z.array(shape({ code: z.string() }, { message: z.string(), field: z.string() })) },
  { request_id: z.string() },
)
