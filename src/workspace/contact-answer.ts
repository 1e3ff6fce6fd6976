import { type ContactDocument, domain } from './contact-document.ts'
import { presentAttributes } from './custom-attributes.ts'
import type { Call } from './handler.ts'
import { about, notes } from './note.ts'
import type { Store } from './store.ts'

/** How many of what is attached a contact shows itself; the rest is behind `url`. */
const shown = 10

const attached = (contactId: string, path: string, type: string, ids: readonly string[], { itemPath = path, total = ids.length } = {}) => ({
  type: 'list',
  data: ids.slice(0, shown).map((id) => ({ id, type, url: `/${itemPath}/${id}` })),
  url: `/contacts/${contactId}/${path}`,
  total_count: total,
  has_more: total > shown,
})

const attachedNotes = (contactId: string, store: Store) => {
  const { where, order } = about(contactId)
  const newest = store.find(notes, { where, order, limit: shown }).map(({ id }) => id)
  return attached(contactId, 'notes', 'note', newest, { total: store.count(notes, where) })
}

const subscriptions = (contactId: string, ids: readonly string[]) => attached(contactId, 'subscriptions', 'subscription', ids, { itemPath: 'subscription_types' })

/** A contact as the API answers it: every field, null where there is nothing. */
export const presentContact = (contact: ContactDocument, { store, app }: Call) => {
  const { tag_ids, company_ids, opted_out_subscription_ids, opted_in_subscription_ids, ...rest } = contact
  const { id, segment_ids: _, archived: __, blocked: ___, deleted_at: ____, merged_into: _____, ...known } = rest
  return {
    type: 'contact',
    id,
    workspace_id: app.id_code,
    ...known,
    email_domain: domain(contact.email),
    location: { type: 'location', ...contact.location },
    social_profiles: { type: 'list', data: contact.social_profiles.map((profile) => ({ type: 'social_profile', ...profile })) },
    custom_attributes: presentAttributes(store, contact.custom_attributes),
    tags: attached(id, 'tags', 'tag', tag_ids),
    notes: attachedNotes(id, store),
    companies: attached(id, 'companies', 'company', company_ids),
    opted_out_subscription_types: subscriptions(id, opted_out_subscription_ids),
    opted_in_subscription_types: subscriptions(id, opted_in_subscription_ids),
  }
}

/** The short answer to what hides a contact or brings it back. */
export const presentReference = ({ id, external_id }: ContactDocument) => ({ type: 'contact', id, external_id })
