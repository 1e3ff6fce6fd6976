import * as z from 'zod'

/** Operators of Intercom's search language. AND and OR join groups; the rest compare one field. */
export const comparisons = ['=', '!=', 'IN', 'NIN', '<', '<=', '>', '>=', '~', '!~', '^', '$'] as const
export type Comparison = (typeof comparisons)[number]

export type FieldType = 'string' | 'integer' | 'float' | 'boolean' | 'date'

/** What one search endpoint can filter on, and how. */
export interface Searchable {
  readonly fields: Readonly<Record<string, FieldType>>
  /** Prefix of the workspace's own fields: `custom_attributes.` by name, `ticket_attribute.` by id. */
  readonly custom: string
  /** `day`: a date matches whole calendar days in the workspace's time zone. `second`: exactly. */
  readonly dates: 'day' | 'second'
  /** Fields that take fewer operators than their type. */
  readonly only?: Readonly<Record<string, readonly Comparison[]>>
}

/** `fields('date', 'created_at updated_at')`: a row of {@link Searchable} fields of one type. */
export const fields = (type: FieldType, names: string): Record<string, FieldType> =>
  Object.fromEntries(names.split(' ').map((name) => [name, type]))

/** Groups may nest two deep, hold 15 entries each; a page holds at most 150. */
export const limits = { levels: 2, entries: 15, perPage: 150 } as const

const equality = ['=', '!=', 'IN', 'NIN'] as const
const order = ['<', '<=', '>', '>='] as const
const substring = ['~', '!~', '^', '$'] as const

/** Operators by type. `>` on strings is undocumented, but connectors page through everything with `id > ""`. */
const operators: Readonly<Record<FieldType, readonly Comparison[]>> = {
  string: [...equality, ...substring, '>'],
  integer: [...equality, ...order],
  float: [...equality, ...order],
  boolean: equality,
  date: [...equality, ...order],
}

/** Where dates match whole days, only these three make sense to Intercom; others are an error. */
const byDay = ['=', '<', '>'] as const

/** The operators a field of this type takes on this endpoint. */
export const allowed = (searchable: Searchable, field: string, type: FieldType): readonly Comparison[] =>
  searchable.only?.[field] ?? (type === 'date' && searchable.dates === 'day' ? byDay : operators[type])

/** A filter `{field, operator, value}` or a group `{operator: 'AND'|'OR', value: [filter or group, ...]}`. */
export type Query =
  | { field: string; operator: Comparison; value?: unknown }
  | { operator: 'AND' | 'OR'; value: Query[] }

export const isGroup = (query: Query): query is Extract<Query, { value: Query[] }> =>
  query.operator === 'AND' || query.operator === 'OR'

/**
 * What is wrong with the structure of a query, in a sentence that says how to put it right; undefined when nothing is.
 * Fields and types are the workspace's business, since custom attributes exist only there.
 */
const malformed = (query: unknown, level = 1): string | undefined => {
  if (typeof query !== 'object' || query === null || Array.isArray(query))
    return 'query must be an object: {field, operator, value} or {operator: "AND"|"OR", value: [...]}'
  const { field, operator, value, ...others } = query as Record<string, unknown>
  const other = Object.keys(others)[0]
  // a misspelt value would read as "has no value", and match people nobody asked for
  if (other !== undefined) return `${brief(other)} is no part of a filter or group; they have field, operator and value`
  if (operator !== 'AND' && operator !== 'OR') return malformedFilter(field, operator)
  if (field !== undefined) return `a group joins filters with ${operator} and has no field; move field ${brief(field)} into a filter inside value`
  if (!Array.isArray(value) || value.length === 0) return `the value of ${operator} must be a list of at least one filter or group`
  if (level > limits.levels) return `groups nest at most ${limits.levels} deep; flatten the query`
  if (value.length > limits.entries) return `a group holds at most ${limits.entries} entries; this one has ${value.length}`
  return value.map((entry) => malformed(entry, level + 1)).find((problem) => problem !== undefined)
}

const malformedFilter = (field: unknown, operator: unknown): string | undefined => {
  if (typeof field !== 'string' || field === '') return 'a filter needs a field, for example {field: "email", operator: "=", value: "ada@example.com"}'
  if (!comparisons.includes(operator as Comparison)) return `operator must be one of ${comparisons.join(' ')} (or AND, OR for a group), not ${brief(operator)}`
  return undefined
}

/** Named so that the sentence stays short, since what was sent may be anything of any size and depth. */
const brief = (value: unknown): string => {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 100)) : String(value)
}

/** Published small on purpose: unrolling the recursion costs 450 tokens a tool. The shape is checked by `malformed`. */
const QueryObject = z
  .looseObject({
    operator: z.enum(['AND', 'OR', ...comparisons]),
    field: z.string().optional(),
    value: z.unknown().optional(),
  })
  .superRefine((query, context) => {
    const problem = malformed(query)
    if (problem) context.addIssue({ code: 'custom', message: problem })
  })

/** Input of a search endpoint. `example` is a filter in the model's view. */
export const searchInput = (defaultPerPage: number, example: string) =>
  z.strictObject({
    query: QueryObject.describe(`A filter, e.g. ${example}, or a group {operator: "AND"|"OR", value: [filters or groups]}: 2 levels, 15 entries each.`),
    pagination: z
      .strictObject({
        per_page: z.int().min(1).max(limits.perPage).optional().describe(`Items a page; ${defaultPerPage} by default, at most ${limits.perPage}.`),
        starting_after: z.string().nullish().describe('Cursor from the previous page.'),
      })
      .nullish(),
    sort: z
      .strictObject({ field: z.string(), order: z.enum(['ascending', 'descending']).optional() })
      .optional(),
  })
