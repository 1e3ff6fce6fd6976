import * as z from 'zod'
import { Reference, shape, Timestamp } from './shape.ts'

/** A tag. `applied_at` and `applied_by` come only with the answer to a tagging. Only its name tells one from whatever else has an id. */
export const Tag = shape({ id: z.string(), name: z.string() }, { type: z.string(), applied_at: Timestamp, applied_by: Reference })
