import * as z from 'zod'
import type { Operation } from '../../contract/operation.ts'
import { limits } from '../../contract/search.ts'
import { BadArguments, parse } from '../arguments.ts'

const Filter = z.strictObject({ field: z.string(), operator: z.string().optional(), value: z.unknown().optional() })
const match = z.enum(['all', 'any']).optional()

/**
 * What a search takes: flat filters, or the API's own query. What `checked` reads once more is open here, to be short where it
 * is published. `example` shows filters, `text` says what that looks through.
 */
export const searchInput = (example: string, text: string) =>
  z.strictObject({
    filters: z
      .array(Filter)
      .optional()
      .describe(`E.g. ${example}. operator: is, is_not, in, not_in, contains, starts_with, after, before, at_least, between, is_empty, is_set…`),
    match: match.describe('all by default.'),
    groups: z.array(z.looseObject({})).optional().describe('[{match, filters}]'),
    text: z.string().min(1).max(500).optional().describe(text),
    sort: z.looseObject({}).optional().describe('{field, order: ascending | descending}'),
    per_page: z.int().optional().describe('20 by default.'),
    starting_after: z.string().optional().describe('next_cursor.'),
    query: z.looseObject({}).optional().describe("Instead: the API's own."),
    pagination: z.looseObject({}).nullish(),
  })

const Flat = z.strictObject({
  filters: z.array(Filter).optional(),
  match,
  groups: z.array(z.strictObject({ match, filters: z.array(Filter) })).optional(),
  text: z.string().optional(),
  per_page: z.int().min(1).max(limits.perPage).optional(),
})

export type FlatInput = z.output<typeof Flat>

/** Items a page holds when neither form says. */
const perPage = 20

/** What is asked in the one form or the other, with its paging where the API has it. Throws BadArguments. */
export const checked = ({ input, name }: Operation, asked: Record<string, unknown>): Record<string, unknown> => {
  const { filters, match: joined, groups, text, query, starting_after, pagination, sort } = asked
  const flat = Object.entries({ filters, match: joined, groups, text }).find(([, value]) => value !== undefined)?.[0]
  if (query !== undefined && flat) throw new BadArguments(`${name} takes filters, groups and text, or query, not both: ${flat} stands beside query.`)
  const { per_page, ...prepared } = parse(Flat, { filters, match: joined, groups, text, per_page: asked.per_page }) as FlatInput // as it parses
  const paging = { ...(pagination as object | null), ...(per_page !== undefined && { per_page }), ...(starting_after ? { starting_after } : {}) }
  const theirs = parse(input.partial(), { pagination: paging, ...(query !== undefined && { query }), ...(sort !== undefined && { sort }) })
  if (query !== undefined) return theirs
  return { ...prepared, ...theirs, pagination: { per_page: perPage, ...(theirs.pagination as object | undefined) } }
}
