import type { Attachment } from './attachments.ts'
import { type ConversationDocument, stateOf } from './conversation-document.ts'
import { appPackageCode, type Assignee, newestParts, type PartAuthor, removeThem } from './parts.ts'
import { textOf } from './plain-text.ts'
import { type Collection, type Sql, sql, type Store } from './store.ts'

/** Who said something in a conversation. Fin may have answered by itself. */
export type Speaker = PartAuthor & { readonly is_ai_answer?: boolean }

type Named = { readonly name: string }

/** What changed: an attribute, and its new value unless it lost it. */
type EventDetails = { readonly attribute: Named; readonly value?: Named }

/** The choices of a quick reply. */
type Metadata = { readonly quick_reply_options?: { text: string; uuid: string }[] }

/** One entry in a conversation's history: something said, or a change. */
export interface ConversationPartDocument {
  readonly id: string
  readonly conversation_id: string
  readonly part_type: string
  /** HTML; null when nothing was said. */
  readonly body: string | null
  readonly created_at: number
  readonly updated_at: number
  readonly author: Speaker
  readonly assigned_to: Assignee | null
  readonly attachments: readonly Attachment[]
  readonly redacted: boolean
  /** Where the conversation was once this had happened. */
  readonly state: ReturnType<typeof stateOf>
  readonly event_details: EventDetails | null
  readonly metadata: Metadata
  /** Of a part that was an email. */
  readonly email: { readonly subject: string; readonly from: string; readonly to: string } | null
  readonly by_app: boolean
}

export const conversationParts: Collection<ConversationPartDocument> = {
  table: 'conversation_part',
  columns: { conversation_id: 'TEXT', created_at: 'INTEGER' },
  facts: ({ conversation_id, created_at }) => ({ conversation_id, created_at }),
  indexed: ['conversation_id'],
}

export type NewPart = Pick<ConversationPartDocument, 'part_type' | 'author' | 'created_at'> &
  Partial<Omit<ConversationPartDocument, 'id' | 'conversation_id' | 'state'>>

const silent = {
  body: null,
  assigned_to: null,
  attachments: [],
  redacted: false,
  event_details: null,
  metadata: {},
  email: null,
  by_app: false,
} as const

/** Writes a new part into the history of a conversation, which is as it is after it. */
export const addPart = (store: Store, conversation: ConversationDocument, part: NewPart): ConversationPartDocument =>
  store.put(conversationParts, {
    id: String(store.next('part')),
    conversation_id: conversation.id,
    updated_at: part.created_at,
    state: stateOf(conversation),
    ...silent,
    ...part,
  })

export const partsOf = (conversationId: string): Sql => sql`conversation_id = ${conversationId}`

export const removeParts = (store: Store, conversationId: string): void => removeThem(store, conversationParts, partsOf(conversationId))

/** How bodies are answered: as HTML, or as what a reader sees of it. */
export type Display = 'html' | 'plaintext'

export const displayed = <B extends string | null>(body: B, as: Display): B | string => (body !== null && as === 'plaintext' ? textOf(body) : body)

export const presentAuthor = ({ is_ai_answer = false, ...author }: Speaker) => ({ ...author, from_ai_agent: is_ai_answer, is_ai_answer })

/** A name is told of nobody: only the addresses are kept. */
const presentEmail = ({ subject, from, to }: NonNullable<ConversationPartDocument['email']>) => ({
  subject,
  email_address_headers: [
    { type: 'from', email_address: from, name: null },
    { type: 'to', email_address: to, name: null },
  ],
})

/** A part as the API answers it: every field, null where there is nothing. */
const presentPart = (part: ConversationPartDocument, as: Display = 'html') => ({
  type: 'conversation_part',
  id: part.id,
  part_type: part.part_type,
  body: displayed(part.body, as),
  created_at: part.created_at,
  updated_at: part.updated_at,
  notified_at: part.created_at,
  assigned_to: part.assigned_to,
  author: presentAuthor(part.author),
  attachments: [...part.attachments],
  external_id: null,
  redacted: part.redacted,
  email_message_metadata: part.email && presentEmail(part.email),
  metadata: part.metadata,
  state: part.state,
  tags: [],
  event_details: part.event_details,
  app_package_code: part.by_app ? appPackageCode : null,
})

const list = (parts: readonly ConversationPartDocument[], total_count: number, as: Display) => ({
  type: 'conversation_part.list',
  conversation_parts: parts.map((part) => presentPart(part, as)),
  total_count,
})

/** The newest parts of a conversation, oldest of them first, and how many there are in all. */
export const presentParts = (store: Store, conversationId: string, as: Display) => {
  const { parts, total } = newestParts(store, conversationParts, partsOf(conversationId))
  return list(parts, total, as)
}

/** Nothing but the part that a notification tells of, if it tells of one. */
export const presentOnly = (part: ConversationPartDocument | undefined) => list(part ? [part] : [], part ? 1 : 0, 'html')
