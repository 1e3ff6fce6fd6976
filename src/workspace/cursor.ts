import { createHmac, timingSafeEqual } from 'node:crypto'
import { Rejection } from './handler.ts'
import type { Place } from './ranking.ts'
import type { Store } from './store.ts'

/** Where a page ended: the place of its last row, and the page's number. */
export type Position = readonly [...Place, page: number]

/** Name of the setting that holds the key cursors are signed with. */
export const cursorKey = 'cursor_key'

/**
 * An opaque `starting_after`: where to go on, signed together with what is being listed, so that one from another
 * query, order or endpoint is refused. It is a position, not a snapshot: changes meanwhile may repeat or skip rows.
 */
export const seal = (position: Position, listing: unknown, store: Store): string =>
  Buffer.from(JSON.stringify([...position, signature(position, listing, store)])).toString('base64url')

/** Throws Intercom's 400 when it is not a cursor of this very listing. */
export const unseal = (cursor: string, listing: unknown, store: Store): Position => {
  const [key, seq, page, signed] = parts(cursor)
  const position = [key, seq, page] as Position // believed only once the signature says that we wrote it
  const expected = Buffer.from(signature(position, listing, store))
  const actual = Buffer.from(String(signed))
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) throw invalid()
  return position
}

const invalid = (): Rejection =>
  new Rejection(
    400,
    'client_error',
    'Invalid starting_after param. Please try again using a starting_after value from a paginated response',
    'starting_after',
  )

const parts = (cursor: string): unknown[] => {
  try {
    const found: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    // decoding skips what is not base64url, so the cursor must also be exactly what encoding writes
    if (!Array.isArray(found) || Buffer.from(JSON.stringify(found)).toString('base64url') !== cursor) throw invalid()
    return found
  } catch {
    throw invalid()
  }
}

const signature = (position: Position, listing: unknown, store: Store): string =>
  createHmac('sha256', store.setting(cursorKey) ?? '')
    .update(JSON.stringify([position, listing]))
    .digest('base64url')
    .slice(0, 22)
