export { SubscriptionType } from './subscription-type.ts'
