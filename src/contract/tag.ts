import * as z from 'zod'
import { Reference, shape, Timestamp } from './shape.ts'

/** A tag. `applied_at` and `applied_by` come only with the answer to a tagging. */
export const Tag = shape({ id: z.string() }, { type: z.string(), name: z.string(), applied_at: Timestamp, applied_by: Reference })
