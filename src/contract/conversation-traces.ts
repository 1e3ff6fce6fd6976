import type * as z from 'zod'
import { Conversation } from './conversation.ts'
import type { ReadBack } from './operation.ts'
import { isNew, words } from './read-back.ts'
import { isOfKind, showsReply as replying, wroteIt } from './reply-traces.ts'

type Fields = Record<string, unknown>
type Happened = ReadBack['happened']

const Seen = Conversation.partial()

const read = (found: Fields | undefined): z.output<typeof Seen> => Seen.safeParse(found).data ?? {}

const partsOf = (found: Fields | undefined) => read(found).conversation_parts?.conversation_parts ?? []

type Said = ReturnType<typeof partsOf>[number]

export const showsReply = replying(partsOf)

const doneAs: Readonly<Record<string, readonly string[]>> = {
  close: ['close'],
  snoozed: ['snoozed'],
  open: ['open'],
  assignment: ['assignment', 'assign_and_reopen'],
}

/** Whether it was given to the one named; "0" is nobody, who has no id. */
const gaveTo = ({ message_type, assignee_id }: Fields, { assigned_to }: Said): boolean =>
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

/** The conversation that began with these words of this person. */
export const showsBeginning: Happened = ({ from, body, created_at }, found, since) => {
  const { source } = read(found)
  const by = source?.author?.id === (from as Fields).id // the input's schema holds it to an object
  const inTime = created_at === undefined ? isNew(found, since) : found?.created_at === created_at
  return by && inTime && words(source?.body) === words(body)
}

/** What its beginning was answered. */
export const beginning = (found: Fields): Fields => {
  const { source, id, created_at } = read(found)
  return { type: 'user_message', id: source?.id, created_at, body: source?.body, message_type: 'inapp', conversation_id: id }
}
