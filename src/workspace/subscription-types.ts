import type { Handlers } from './handler.ts'
import type { Collection } from './store.ts'

interface Translation {
  readonly name: string
  readonly description: string
  readonly locale: string
}

/** A kind of message people opt in to, or out of. */
export interface SubscriptionTypeDocument {
  readonly id: string
  readonly state: 'live' | 'draft' | 'archived'
  readonly consent_type: 'opt_out' | 'opt_in'
  readonly default_translation: Translation
  readonly translations: readonly Translation[]
  readonly content_types: readonly ('email' | 'sms_message')[]
}

export const subscriptionTypes: Collection<SubscriptionTypeDocument> = {
  table: 'subscription_type',
  columns: {},
  facts: () => ({}),
}

export const presentSubscriptionType = (document: SubscriptionTypeDocument) => ({
  type: 'subscription',
  id: document.id,
  state: document.state,
  consent_type: document.consent_type,
  default_translation: { ...document.default_translation },
  translations: document.translations.map((translation) => ({ ...translation })),
  content_types: [...document.content_types],
})

export const handlers: Handlers<'subscription-types'> = {}
