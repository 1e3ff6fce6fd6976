import { presentContact } from './contact-answer.ts'
import { type ContactDocument, contacts } from './contact-document.ts'
import { known } from './contact-lifecycle.ts'
import { type Call, type Handlers, Rejection } from './handler.ts'
import type { Collection, Store } from './store.ts'

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
  blank: { state: 'live' },
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

const notFound = (): Rejection => new Rejection(404, 'not_found', 'Resource Not Found')

const typeNamed = (store: Store, id: string): SubscriptionTypeDocument => {
  const type = store.get(subscriptionTypes, id)
  if (!type) throw notFound()
  return type
}

/** Where a contact keeps the choices about types of each kind: only those that differ from the default. */
const listOf = { opt_out: 'opted_out_subscription_ids', opt_in: 'opted_in_subscription_ids' } as const

const chose = (contact: ContactDocument, { id, consent_type }: SubscriptionTypeDocument): boolean => contact[listOf[consent_type]].includes(id)

/** Adds a contact's choice about a type or takes it back, and tells whether they now hear of it. */
const choose = (contact: ContactDocument, type: SubscriptionTypeDocument, explicitly: boolean, call: Call): void => {
  if (chose(contact, type) === explicitly) return
  const list = listOf[type.consent_type]
  const ids = explicitly ? [...contact[list], type.id] : contact[list].filter((id) => id !== type.id)
  const after = call.store.put(contacts, { ...contact, [list]: ids, updated_at: call.now })
  const hears = (type.consent_type === 'opt_in') === explicitly
  call.notify(hears ? 'contact.subscribed' : 'contact.unsubscribed', () => presentContact(after, call))
}

export const handlers: Handlers<'subscription-types'> = {
  list_subscription_types: (_, { store }) => ({ type: 'list', data: store.find(subscriptionTypes).map(presentSubscriptionType) }),

  attach_subscription_to_contact: ({ contact_id, id, consent_type }, call) => {
    const contact = known(call, contact_id)
    const type = typeNamed(call.store, id)
    // [inferred] the opposite of what a type asks for is its default, and no choice
    choose(contact, type, consent_type === type.consent_type, call)
    return presentSubscriptionType(type)
  },

  detach_subscription_from_contact: ({ contact_id, id }, call) => {
    const contact = known(call, contact_id)
    const type = typeNamed(call.store, id)
    // [inferred] as a tag that is not there
    if (!chose(contact, type)) throw notFound()
    choose(contact, type, false, call)
    return presentSubscriptionType(type)
  },
}
