import type { Operation } from '../contract/operation.ts'

type Input = Record<string, unknown>

/**
 * The request for as much of a page as can be shown, beginning with the same item, so that the cursor of its answer
 * skips nothing. Undefined for what has no pages, or pages of one size only, as a scroll has.
 */
export const narrowed = ({ paging, input: { shape } }: Operation, input: Input, fits: number): { input: Input; note: string } | undefined => {
  if (!paging || paging.style === 'scroll' || fits < 1) return undefined
  if (paging.style === 'cursor' || paging.style === 'before') return 'pagination' in shape ? inBody(input, fits) : { input: { ...input, per_page: fits }, note: lowered('per_page', fits) }
  const asked = Math.min(Number(input.per_page ?? paging.default), paging.max)
  const per_page = divisor(asked, fits)
  const page = ((Number(input.page ?? 1) - 1) * asked) / per_page + 1
  return { input: { ...input, per_page, page }, note: `${lowered('per_page', per_page)} This is page ${page} of pages that small.` }
}

const inBody = (input: Input, per_page: number): { input: Input; note: string } => ({
  input: { ...input, pagination: { ...(input.pagination as Input | undefined), per_page } },
  note: lowered('pagination.per_page', per_page),
})

const lowered = (field: string, per_page: number): string =>
  `The page was too long to show whole: ${field} was lowered to ${per_page}. Keep that and go on for the rest.`

/** A page of numbered pages can only be cut into equal parts. */
const divisor = (of: number, most: number): number => {
  const sizes = Array.from({ length: Math.min(of, most) }, (_, index) => index + 1)
  return sizes.findLast((size) => of % size === 0) ?? 1
}
