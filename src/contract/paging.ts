/**
 * How a list is walked: an opaque cursor, page numbers from 1, a scroll, whose one parameter is sent back until a page is empty,
 * or a moment that the next page ends before.
 * `max` and `default` count items a page.
 */
export interface Paging {
  readonly style: 'cursor' | 'page' | 'scroll' | 'before'
  readonly default: number
  readonly max: number
  /** The key of the answer that holds the items; `data.articles` where it stands deeper. */
  readonly items: string
  /** The fields that together tell an item from others; `id` when absent. */
  readonly identity?: readonly string[]
}

/** The items of a list's answer; undefined when there is no list in their place. */
export const itemsIn = (answer: unknown, { items }: Paging): unknown[] | undefined => {
  const found = items.split('.').reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), answer)
  return Array.isArray(found) ? found : undefined
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
