import { defined } from '../brief.ts'
import { cut } from '../fit.ts'
import { callName, sideOf } from './author.ts'
import { folded, happened } from './events.ts'

type Document = Record<string, unknown>

const document = (value: unknown): Document => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : {})
const list = (value: unknown): Document[] => (Array.isArray(value) ? value.map(document) : [])

const wordy = new Set(['comment', 'note', 'quick_reply'])

/** Whether somebody said something with it, so that it stands for itself, whatever else happened. */
export const isSaid = (part: unknown): boolean => {
  const { part_type, body, attachments, metadata, redacted } = document(part)
  return wordy.has(String(part_type)) || Boolean(body) || Boolean(redacted) || list(attachments).length > 0 || list(document(metadata).quick_reply_options).length > 0
}

interface Setting {
  /** Subject of the conversation: that of a part is told when it is another. */
  readonly subject?: unknown
  /** Whether who wrote to whom by email, and ids of authors, are told too. */
  readonly full?: boolean
}

/**
 * One part as an entry of a transcript: when, by whom, what was said and what happened with it. `raw` is the part as
 * Intercom gave it, `shown` the same as it may be shown; no text of the former is told.
 */
export const entry = (raw: Document, shown: Document, { subject, full = false }: Setting = {}): Document => {
  const { id, created_at, author, body, redacted, attachments, metadata, tags } = shown
  const mail = document(shown.email_message_metadata)
  return defined({
    id,
    at: created_at,
    by: sideOf(raw.author),
    author: callName(author),
    ...(full && { author_id: document(author).id, author_email: document(author).email }),
    internal_note: raw.part_type === 'note' || undefined,
    event: wordy.has(String(raw.part_type)) ? undefined : happened(shown),
    subject: bare(mail.subject) === bare(subject) ? undefined : mail.subject,
    ...(full && { email: mail.email_address_headers }),
    body,
    redacted,
    choices: some(list(document(metadata).quick_reply_options).map(({ text }) => text)),
    attachments: some(list(attachments).map(attached)),
    tags: some(list(tags).map(({ name, id }) => name ?? id)),
  })
}

/** Parts in which nobody says anything, as one entry: the id is that of the first and the last. */
export const silent = (parts: readonly Document[]): Document => {
  const [first, last] = [parts[0]!, parts.at(-1)!]
  return defined({
    id: parts.length > 1 ? `${String(first.id)}–${String(last.id)}` : first.id,
    at: first.created_at,
    by: 'system',
    events: cut(folded(parts), longestEvents),
    count: parts.length > 1 ? parts.length : undefined,
  })
}

/** Characters in which events are told. */
const longestEvents = 600

/** The day of each entry only where it is another than that of the one before. */
export const daysOnce = (entries: readonly Document[]): Document[] =>
  entries.map((entry, index) => (dayOf(entry) !== '' && index > 0 && dayOf(entries[index - 1]!) === dayOf(entry) ? { ...entry, at: String(entry.at).slice(11, 16) } : entry))

const dayOf = ({ at }: Document): string => /^(\d{4}-\d\d-\d\d)T/.exec(String(at))?.[1] ?? ''

/** What was said first, as an entry like those that follow. */
export const opening = (raw: unknown, source: unknown, created_at: unknown): Document => {
  const { type, delivered_as, subject, url } = document(source)
  const { id, at, by, author, event: _, ...said } = entry(document(raw), { ...document(source), created_at })
  return defined({ id, at, by, author, type, delivered_as, subject, url, ...said })
}

/** A subject without what answering adds to it. */
const bare = (subject: unknown): string => String(subject ?? '').replace(/^(\s*(re|fwd?|aw|sv|rv)\s*:)+/i, '').trim()

const attached = ({ name, content_type, filesize, width, height, url }: Document): Document =>
  defined({ name, type: content_type, size: typeof filesize === 'number' ? readable(filesize) : filesize, pixels: width && height ? `${String(width)}×${String(height)}` : undefined, url })

/** Bytes as people say them: `912 kB`. */
const readable = (bytes: number): string => {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 3)
  const amount = bytes / 1000 ** power
  return `${power > 0 && amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${['bytes', 'kB', 'MB', 'GB'][power]}`
}

const some = (items: readonly unknown[]): readonly unknown[] | undefined => (items.length ? items : undefined)
