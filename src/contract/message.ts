import * as z from 'zod'
import { Html, shape, Timestamp } from './shape.ts'

/** What was said first: by a contact (`user_message`), or by a teammate to one (`admin_message`). */
export const Message = shape(
  { type: z.string(), id: z.string(), created_at: Timestamp },
  {
    subject: z.string(),
    body: Html,
    message_type: z.string(),
    conversation_id: z.string(),
    owner: shape({ id: z.string() }, { type: z.string(), name: z.string(), email: z.string() }),
  },
)
