import * as z from 'zod'
import type { Effect } from './operation.ts'
import { shape, Timestamp } from './shape.ts'

/** Who wrote a part of a ticket. */
export const PartAuthor = shape({}, { type: z.string(), id: z.string(), name: z.string(), email: z.string() })

/** A file that hangs on a part. */
export const Attachment = shape(
  {},
  {
    type: z.string(),
    name: z.string(),
    url: z.string(),
    content_type: z.string(),
    filesize: z.int(),
    width: z.union([z.int(), z.string()]),
    height: z.union([z.int(), z.string()]),
  },
)

/** The people whom a ticket or a conversation is with. */
export const Participants = shape(
  {},
  { type: z.string(), contacts: z.array(shape({ id: z.string() }, { type: z.string(), external_id: z.string() })) },
)

/** Tickets and conversations that belong to this one; up to 1000. */
export const LinkedObjects = shape(
  {},
  {
    type: z.string(),
    total_count: z.int(),
    has_more: z.boolean(),
    data: z.array(shape({ id: z.string() }, { type: z.string(), category: z.string() })),
  },
)

export const attachmentUrls = z.array(z.string()).max(10).optional().describe('URLs of files to attach; at most 10.')

/** What a reply to a ticket or a conversation takes, besides where it goes. */
export const reply = {
  message_type: z.enum(['comment', 'note', 'quick_reply']).describe('note: teammates only.'),
  type: z.enum(['admin', 'user']),
  body: z.string().optional().describe('Needed unless quick_reply. Notes take some HTML.'),
  admin_id: z.string().optional().describe('Author, for type admin.'),
  intercom_user_id: z.string().optional().describe('Author by contact id, for type user.'),
  user_id: z.string().optional().describe('Author by external_id, for type user.'),
  email: z.string().optional().describe('Author by email, for type user.'),
  created_at: Timestamp.optional().describe('Unix seconds; now by default.'),
  reply_options: z
    .array(z.strictObject({ text: z.string(), uuid: z.string() }))
    .optional()
    .describe('quick_reply only.'),
  attachment_urls: attachmentUrls,
} as const

/** What teammates say is read by the customer, notes apart. What is written in the customer's name goes to nobody but teammates. */
export const effectOfReply = ({ message_type, type }: Record<string, unknown>): Effect => (message_type === 'note' || type === 'user' ? 'write' : 'send')
