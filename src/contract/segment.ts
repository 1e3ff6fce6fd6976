import * as z from 'zod'
import { shape, Timestamp } from './shape.ts'

/** A rule that contacts or companies fall under. `count` comes only when asked for. */
export const Segment = shape(
  { id: z.string() },
  {
    type: z.string(),
    name: z.string(),
    created_at: Timestamp,
    updated_at: Timestamp,
    person_type: z.enum(['contact', 'user']),
    count: z.int(),
  },
)
