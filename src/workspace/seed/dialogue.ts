import type { Attachment } from '../attachments.ts'
import type { AiAgent, ConversationDocument, ConversationRating, ConversationSource } from '../conversation-document.ts'
import type { Moment } from './clock.ts'
import type { CompanyKey } from './companies.ts'
import type { TagName } from './labels.ts'
import type { Colleague } from './workspace.ts'

export type Who = Colleague | 'fin' | 'customer'

/** What somebody may do; `gives to` names a colleague or a team, `snoozes` counts days, `mails` is HTML as a mail program made it, the others say something. */
export type Verb = 'says' | 'mails' | 'notes' | 'closes' | 'gives to' | 'snoozes'

/** Something done so many hours after the conversation began. */
export type Turn = readonly [hours: number, by: Who, does: Verb, what?: string | number, file?: Attachment]

/** One conversation, as a colleague would tell it. */
export interface Dialogue {
  /** Number of the contact. */
  readonly person: number
  /** Number of the lead whom the contact was when they began it, and who has been merged into them since. */
  readonly began?: number
  readonly opened: Moment
  /** What the first message says; its author is the contact unless `from` names another. */
  readonly first: string
  readonly from?: Colleague | 'fin'
  readonly how?: Partial<Pick<ConversationSource, 'type' | 'delivered_as' | 'subject' | 'url' | 'attachments'>>
  readonly turns?: readonly Turn[]
  /** Contacts who joined, by number. */
  readonly others?: readonly number[]
  readonly tags?: readonly TagName[]
  readonly company?: CompanyKey
  readonly rating?: Pick<ConversationRating, 'rating' | 'remark'>
  /** Title of a ticket that it belongs to. */
  readonly about?: string
  /** Attributes that are dates. */
  readonly dates?: Readonly<Record<string, Moment>>
  /** Title of the ticket that was made of it, a Question about the account. */
  readonly ticket?: string
  readonly facts?: Partial<Pick<ConversationDocument, 'title' | 'priority' | 'sla' | 'topics' | 'custom_attributes' | 'read' | 'archived'>> & { readonly ai_agent?: AiAgent }
}

/** A file in the folder of the seed; nothing answers there. */
export const file = (name: string, content_type: string, filesize: number): Attachment => ({
  type: 'upload',
  name,
  url: `https://files.pondwick.example/${name}`,
  content_type,
  filesize,
})
