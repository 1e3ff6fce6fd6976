import { Contact } from '../contract/contact.ts'
import { inApps } from './address.ts'
import type { Kind } from './kind.ts'

export { company } from './company.ts'
export { segment } from './segments.ts'
export { subscriptionType } from './subscription-types.ts'
export { tag } from './tags.ts'

export const contact: Kind = {
  name: 'contact',
  plural: 'contacts',
  schema: Contact,
  headline: ['id', 'role', 'name', 'email', 'phone', 'external_id'],
  brief: ['id', 'name', 'email', 'external_id'],
  summary: ['id', 'role', 'name', 'email', 'phone', 'external_id', 'owner_id', 'last_seen_at', 'tags', 'unsubscribed_from_emails', 'has_hard_bounced'],
  hidden: ['email_domain', 'notes'],
  times: 'date', // contact search matches days too
  path: ({ id, workspace_id }) => inApps(`users/${String(id)}/all-conversations`, workspace_id),
}
