import { Company } from '../contract/company.ts'
import { Contact } from '../contract/contacts.ts'
import { Segment } from '../contract/segment.ts'
import { SubscriptionType } from '../contract/subscription-type.ts'
import { Tag } from '../contract/tag.ts'
import type { Kind } from './kind.ts'

export const contact: Kind = {
  name: 'contact',
  plural: 'contacts',
  schema: Contact,
  headline: ['id', 'role', 'name', 'email', 'phone', 'external_id'],
  brief: ['id', 'name', 'email', 'external_id'],
  hidden: ['email_domain', 'notes'],
  times: 'date', // contact search matches days too
  path: ({ id, workspace_id }) => `/apps/${String(workspace_id)}/users/${String(id)}/all-conversations`,
}

export const company: Kind = {
  name: 'company',
  plural: 'companies',
  schema: Company,
  headline: ['id', 'company_id', 'name'],
  brief: ['id', 'name'],
  times: 'date',
  path: ({ id, app_id }) => `/apps/${String(app_id)}/companies/${String(id)}`,
}

export const tag: Kind = { name: 'tag', plural: 'tags', schema: Tag, headline: ['id', 'name'], brief: ['id', 'name'], times: 'date' }

export const segment: Kind = {
  name: 'segment',
  plural: 'segments',
  schema: Segment,
  headline: ['id', 'name'],
  brief: ['id', 'name'],
  times: 'date',
}

export const subscriptionType: Kind = {
  name: 'subscription_type',
  plural: 'subscription_types',
  schema: SubscriptionType,
  headline: ['id', 'consent_type'],
  brief: ['id'],
  hidden: ['translations'], // the default one says it
  times: 'date',
}
