import { SubscriptionType } from '../contract/subscription-type.ts'
import type { Kind } from './kind.ts'

export const subscriptionType: Kind = {
  name: 'subscription_type',
  plural: 'subscription_types',
  by: 'workspace',
  schema: SubscriptionType,
  headline: ['id', 'consent_type'],
  brief: ['id'],
  hidden: ['translations'], // the default one says it
  times: 'date',
}
