import * as z from 'zod'
import { CustomAttributes, shape, Timestamp } from './shape.ts'
import { Segment } from './segment.ts'
import { Tag } from './tag.ts'

/** An organisation that contacts belong to. `id` is Intercom's, `company_id` is your own. */
export const Company = shape(
  { id: z.string() },
  {
    type: z.string(),
    name: z.string(),
    app_id: z.string(),
    plan: shape({}, { type: z.string(), id: z.string(), name: z.string() }),
    company_id: z.string(),
    remote_created_at: Timestamp,
    created_at: Timestamp,
    updated_at: Timestamp,
    last_request_at: Timestamp,
    size: z.int(),
    website: z.string(),
    industry: z.string(),
    monthly_spend: z.int(),
    session_count: z.int(),
    user_count: z.int(),
    custom_attributes: CustomAttributes,
    tags: shape({}, { type: z.string(), tags: z.array(Tag) }),
    segments: shape({}, { type: z.string(), segments: z.array(Segment) }),
  },
)
