import type * as z from 'zod'
import { Conversation } from './conversation.ts'
import type { ReadBack } from './operation.ts'
import { isNew } from './read-back.ts'

type Fields = Record<string, unknown>
type Happened = ReadBack['happened']

const Seen = Conversation.partial()

const read = (found: Fields | undefined): z.output<typeof Seen> => Seen.safeParse(found).data ?? {}

/** What a person reads of a text, whether it is kept as HTML or not. */
const words = (text: unknown): string => String(text ?? '').replace(/<[^<>]*>|&\w+;/g, '').replace(/[\s<>&"']+/g, '')

const partsOf = (found: Fields | undefined) => read(found).conversation_parts?.conversation_parts ?? []

type Part = ReturnType<typeof partsOf>[number]

/** What a message becomes; what a contact writes may reopen the conversation. */
const saidAs: Readonly<Record<string, readonly string[]>> = { comment: ['comment', 'open'], note: ['note'], quick_reply: ['quick_reply'] }

const isOfKind = (kinds: readonly string[] | undefined, { part_type }: Part): boolean => kinds?.includes(part_type ?? '') ?? false

/** Of a contact named by anything but the id, only that it was no teammate can be told. */
const wroteIt = ({ admin_id, intercom_user_id }: Fields, { author }: Part): boolean => {
  const by = admin_id ?? intercom_user_id
  return by === undefined ? author?.type !== 'admin' && author?.type !== 'bot' : author?.id === by
}

/**
 * A new part of that kind by the same author with the same words. With other words: cleaning HTML may change them, so that
 * tells nothing; nor does it that a part that was dated back is not among those shown.
 */
export const showsReply: Happened = (written, found, since) => {
  const backdated = written.created_at !== undefined
  const inTime = (part: Part) => (backdated ? part.created_at === written.created_at : isNew(part, since))
  const theirs = partsOf(found).filter((part) => isOfKind(saidAs[String(written.message_type)], part) && wroteIt(written, part) && inTime(part))
  if (theirs.some(({ body }) => words(body) === words(written.body))) return true
  return theirs.length === 0 && !backdated ? false : undefined
}

const doneAs: Readonly<Record<string, readonly string[]>> = {
  close: ['close'],
  snoozed: ['snoozed'],
  open: ['open'],
  assignment: ['assignment', 'assign_and_reopen'],
}

/** Whether it was given to the one named; "0" is nobody, who has no id. */
const gaveTo = ({ message_type, assignee_id }: Fields, { assigned_to }: Part): boolean =>
  message_type !== 'assignment' || (assigned_to?.id ?? '0') === assignee_id

/** A new part of that kind by the same admin, to the same assignee. With other words than those sent it may be an earlier one. */
export const showsManaging: Happened = (written, found, since) => {
  const kinds = doneAs[String(written.message_type)]
  const done = partsOf(found).filter((part) => isNew(part, since) && isOfKind(kinds, part) && wroteIt(written, part) && gaveTo(written, part))
  if (done.length === 0) return false
  return done.some(({ body }) => written.body === undefined || words(body) === words(written.body)) || undefined
}

const has = (found: Fields | undefined, by: (contact: { id: string; external_id?: string | null | undefined }) => boolean): boolean =>
  read(found).contacts?.contacts?.some(by) ?? false

export const showsContact: Happened = ({ customer }, found) => {
  const { intercom_user_id, user_id } = (customer ?? {}) as Fields // the input's schema holds it to an object
  if (intercom_user_id === undefined && user_id === undefined) return undefined
  return has(found, ({ id, external_id }) => (intercom_user_id === undefined ? external_id === user_id : id === intercom_user_id))
}

export const showsNoContact: Happened = ({ contact_id }, found) => found && !has(found, ({ id }) => id === contact_id)

export const showsRedaction: Happened = ({ conversation_part_id }, found) => {
  const { source, conversation_parts: parts } = read(found)
  const redacted = conversation_part_id === undefined ? source?.redacted : parts?.conversation_parts?.find(({ id }) => id === conversation_part_id)?.redacted
  return redacted ?? undefined
}
