import type { ReadBack } from './operation.ts'
import { isNew, words } from './read-back.ts'

type Fields = Record<string, unknown>

/** What tells one part of a conversation or ticket from others. */
export interface Part extends Fields {
  readonly id: string
  readonly part_type?: string | null | undefined
  readonly body?: string | null | undefined
  readonly author?: { readonly type?: string | null | undefined; readonly id?: string | null | undefined } | null | undefined
  readonly created_at?: number | null | undefined
}

type PartsOf = (found: Fields | undefined) => readonly Part[]

/** What a message becomes; what a contact writes may reopen the conversation. */
const saidAs: Readonly<Record<string, readonly string[]>> = { comment: ['comment', 'open'], note: ['note'], quick_reply: ['quick_reply'] }

export const isOfKind = (kinds: readonly string[] | undefined, { part_type }: Part): boolean => kinds?.includes(part_type ?? '') ?? false

/** Of a contact named by anything but the id, only that it was no teammate can be told. */
export const wroteIt = ({ admin_id, intercom_user_id }: Fields, { author }: Part): boolean => {
  const by = admin_id ?? intercom_user_id
  return by === undefined ? author?.type !== 'admin' && author?.type !== 'bot' : author?.id === by
}

const saysIt = (written: Fields, { body }: Part): boolean => words(body) === words(written.body)

/** New parts of that kind by the same author. */
const theirs = (parts: readonly Part[], written: Fields, since: number): Part[] => {
  const inTime = (part: Part) => (written.created_at === undefined ? isNew(part, since) : part.created_at === written.created_at)
  return parts.filter((part) => isOfKind(saidAs[String(written.message_type)], part) && wroteIt(written, part) && inTime(part))
}

/**
 * A new part of that kind by the same author with the same words. With other words: cleaning HTML may change them, so that
 * tells nothing; nor does it that a part that was dated back is not among those shown.
 */
export const showsReply =
  (partsOf: PartsOf): ReadBack['happened'] =>
  (written, found, since) => {
    const candidates = theirs(partsOf(found), written, since)
    if (candidates.some((part) => saysIt(written, part))) return true
    return candidates.length === 0 && written.created_at === undefined ? false : undefined
  }

/** The newest part that says it. */
export const replyIn = (partsOf: PartsOf) => (found: Fields, written: Fields): Part | undefined => theirs(partsOf(found), written, -Infinity).findLast((part) => saysIt(written, part))
