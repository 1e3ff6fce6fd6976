import type { Attachment } from './attachments.ts'
import { nothingYet, type Statistics } from './conversation-statistics.ts'
import type { LinkedObject } from './linked-objects.ts'
import type { PartAuthor } from './parts.ts'
import type { AppliedTag } from './tag.ts'

/** The message that a conversation began with. */
export interface ConversationSource {
  readonly type: 'conversation' | 'email' | 'facebook' | 'instagram' | 'phone_call' | 'phone_switch' | 'push' | 'sms' | 'twitter' | 'whatsapp'
  /** Id of that message, from a counter of its own. */
  readonly id: string
  readonly delivered_as: 'customer_initiated' | 'campaigns_initiated' | 'operator_initiated' | 'automated' | 'admin_initiated'
  /** '' when it has none. */
  readonly subject: string
  /** HTML. */
  readonly body: string
  readonly author: PartAuthor
  readonly attachments: readonly Attachment[]
  /** Where the contact was when they wrote. */
  readonly url: string | null
  readonly redacted: boolean
}

/** What a contact thought of the answer. No part of the API can set it. */
export interface ConversationRating {
  /** 1 to 5. */
  readonly rating: number
  readonly remark: string
  /** When it was asked for. */
  readonly created_at: number
  readonly replied_at: number
  readonly contact_id: string
  /** An admin's id. */
  readonly teammate_id: string
}

/** Fin's part in a conversation. */
export interface AiAgent {
  readonly source_type: 'essentials_plan_setup' | 'profile' | 'workflow' | 'workflow_preview' | 'fin_preview'
  readonly source_title: string | null
  readonly last_answer_type: 'ai_answer' | 'custom_answer' | null
  readonly resolution_state: 'assumed_resolution' | 'confirmed_resolution' | 'routed_to_team' | 'abandoned' | null
  readonly rating: number | null
  readonly rating_remark: string | null
  readonly content_sources: readonly { readonly content_type: string; readonly url: string; readonly title: string; readonly locale: string }[]
}

/** What contacts, teammates and Fin wrote to each other about one thing. Its parts are kept apart. */
export interface ConversationDocument {
  /** From the counter that tickets share. */
  readonly id: string
  readonly title: string | null
  readonly created_at: number
  readonly updated_at: number
  /** Since when a contact waits for an answer. */
  readonly waiting_since: number | null
  readonly open: boolean
  /** While it is set the conversation is snoozed, and open. */
  readonly snoozed_until: number | null
  readonly read: boolean
  readonly priority: 'priority' | 'not_priority'
  /** It may have an admin and a team at once. */
  readonly admin_assignee_id: number | null
  readonly team_assignee_id: number | null
  readonly tags: readonly AppliedTag[]
  readonly rating: ConversationRating | null
  readonly source: ConversationSource
  readonly contact_ids: readonly string[]
  /** Admins who wrote a part. */
  readonly teammate_ids: readonly string[]
  readonly first_contact_reply: { readonly created_at: number; readonly type: string; readonly url: string | null } | null
  readonly sla: { readonly name: string; readonly status: 'hit' | 'missed' | 'cancelled' | 'active' } | null
  readonly statistics: Statistics
  readonly linked: readonly LinkedObject[]
  readonly custom_attributes: Readonly<Record<string, unknown>>
  /** Intercom's id of the company it is about. */
  readonly company_id: string | null
  readonly topics: readonly string[]
  readonly ai_agent: AiAgent | null
  /** Whether a ticket, which has the same id, was made of it. */
  readonly converted: boolean
  /** Out of sight, since a contact of it was blocked. */
  readonly archived: boolean
}

/** What a conversation is of which nothing is known but its first message: nobody's, and nothing decided about it. */
export const untouched = {
  title: null,
  waiting_since: null,
  open: true,
  snoozed_until: null,
  read: false,
  priority: 'not_priority',
  admin_assignee_id: null,
  team_assignee_id: null,
  tags: [],
  rating: null,
  teammate_ids: [],
  first_contact_reply: null,
  sla: null,
  statistics: nothingYet,
  linked: [],
  custom_attributes: {},
  company_id: null,
  topics: [],
  ai_agent: null,
  converted: false,
  archived: false,
} as const

/** The inbox's word for where a conversation is. */
export const stateOf = ({ open, snoozed_until }: Pick<ConversationDocument, 'open' | 'snoozed_until'>): 'open' | 'closed' | 'snoozed' => {
  if (!open) return 'closed'
  return snoozed_until === null ? 'open' : 'snoozed'
}
