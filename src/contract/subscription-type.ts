import * as z from 'zod'
import { shape } from './shape.ts'

const Translation = shape({}, { name: z.string(), description: z.string(), locale: z.string() })

/** A kind of message people opt in to, or out of. */
export const SubscriptionType = shape(
  { id: z.string() },
  {
    type: z.string(),
    state: z.enum(['live', 'draft', 'archived']),
    default_translation: Translation,
    translations: z.array(Translation),
    consent_type: z.enum(['opt_out', 'opt_in']),
    content_types: z.array(z.enum(['email', 'sms_message'])),
  },
)
