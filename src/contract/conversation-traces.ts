import type * as z from 'zod'
import { Conversation } from './conversation.ts'
import type { ReadBack } from './operation.ts'
import { isNew } from './read-back.ts'

type Fields = Record<string, unknown>
type Happened = ReadBack['happened']

const Seen = Conversation.partial()

const read = (found: Fields | undefined): z.output<typeof Seen> => Seen.safeParse(found).data ?? {}

/** What a person reads of a text, whether it is kept as HTML or not. */
const words = (text: unknown): string => String(text ?? '').replace(/<[^<>]*>|&\w+;|[\s<>&"']+/g, '')

const partsOf = (found: Fields | undefined) => read(found).conversation_parts?.conversation_parts ?? []

const writer = ({ admin_id, intercom_user_id }: Fields): unknown => admin_id ?? intercom_user_id

/**
 * A new part by the same author with the same words. With other words: cleaning HTML may change them, so that tells nothing;
 * nor does it that a part that was dated back is not among those shown.
 */
export const showsReply: Happened = (written, found, since) => {
  const by = writer(written)
  const backdated = written.created_at !== undefined
  const theirs = partsOf(found).filter((part) => (by === undefined || part.author?.id === by) && (backdated ? part.created_at === written.created_at : isNew(part, since)))
  if (theirs.some(({ body }) => words(body) === words(written.body))) return true
  return theirs.length === 0 && !backdated ? false : undefined
}

const partTypes: Readonly<Record<string, readonly string[]>> = {
  close: ['close'],
  snoozed: ['snoozed'],
  open: ['open'],
  assignment: ['assignment', 'assign_and_reopen'],
}

/** A new part of that kind by the same admin. */
export const showsManaging: Happened = ({ message_type, admin_id }, found, since) => {
  const kinds = partTypes[String(message_type)] ?? []
  return partsOf(found).some((part) => isNew(part, since) && kinds.includes(part.part_type ?? '') && part.author?.id === admin_id)
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
