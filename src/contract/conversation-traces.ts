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

/** Parts written lately, newest first. */
const latest = (found: Fields | undefined, since: number) => (read(found).conversation_parts?.conversation_parts ?? []).filter((part) => isNew(part, since)).toReversed()

const writer = ({ admin_id, intercom_user_id }: Fields): unknown => admin_id ?? intercom_user_id

/** A new part by the same author with the same words. With other words: cleaning HTML may change them, so that tells nothing. */
export const showsReply: Happened = (written, found, since) => {
  const theirs = latest(found, since).filter(({ author }) => writer(written) === undefined || author?.id === writer(written))
  return theirs.length === 0 ? false : theirs.some(({ body }) => words(body) === words(written.body)) || undefined
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
  return latest(found, since).some(({ part_type, author }) => kinds.includes(part_type ?? '') && author?.id === admin_id)
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
