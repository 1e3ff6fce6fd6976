import * as z from 'zod'
import { shape } from './shape.ts'

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
