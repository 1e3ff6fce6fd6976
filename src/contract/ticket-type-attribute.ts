import * as z from 'zod'
import { shape, Timestamp } from './shape.ts'

export const dataTypes = ['string', 'list', 'integer', 'decimal', 'boolean', 'datetime', 'files'] as const

/** A question that a ticket type asks. Its `data_type` never changes. */
export const TicketTypeAttribute = shape(
  { id: z.string() },
  {
    type: z.string(),
    workspace_id: z.string(),
    name: z.string(),
    description: z.string(),
    data_type: z.string().describe(dataTypes.join(' | ')),
    input_options: z.looseObject({}),
    order: z.int(),
    required_to_create: z.boolean(),
    required_to_create_for_contacts: z.boolean(),
    visible_on_create: z.boolean(),
    visible_to_contacts: z.boolean(),
    default: z.boolean(),
    ticket_type_id: z.int(),
    archived: z.boolean(),
    created_at: Timestamp,
    updated_at: Timestamp,
  },
)
