import { searchContacts } from '../contract/contacts.ts'
import { companies, presentCompany } from './company-document.ts'
import { presentContact, presentReference } from './contact-answer.ts'
import { created, updated } from './contact-changes.ts'
import { contacts, createLead, findContact, newContact, newLead, visible } from './contact-document.ts'
import { archive, block, known, merge, remove, unarchive } from './contact-lifecycle.ts'
import { tellArchived, tellCreated, tellDeleted, tellMerged, tellUnarchived, tellUpdated } from './contact-notices.ts'
import { cursorPage } from './cursor-page.ts'
import { fieldTypeOf } from './data-attribute.ts'
import { type Handlers, Rejection } from './handler.ts'
import { pageOf } from './page.ts'
import { type Index, search } from './search.ts'
import { presentSegment, segments } from './segment.ts'
import { type Collection, sql, type Store } from './store.ts'
import { presentSubscriptionType, subscriptionTypes } from './subscription-types.ts'
import { presentTag, tags } from './tag.ts'

export { contacts, createLead, findContact, newContact, newLead }
export type { ContactDocument } from './contact-document.ts'

/** Contacts a page holds when the request does not say. */
const perPage = 50

const index: Index<(typeof contacts) extends Collection<infer D> ? D : never> = {
  operation: 'search_contacts',
  from: contacts,
  searchable: searchContacts.search!,
  among: visible,
  lists: ['tag_id', 'segment_id'],
  // [inferred] the reference misspells two fields; both spellings mean the same
  columns: { andoid_sdk_version: 'android_sdk_version', ios_app_device: 'ios_device' },
  customType: (store, name) => fieldTypeOf(store, 'contact', name),
  perPage,
  // [inferred] the documentation says "last request", which a contact shows as last_seen_at
  order: { field: 'last_seen_at', order: 'descending' },
}

const all = <D>(store: Store, from: Collection<D>, ids: readonly string[]): D[] =>
  ids.map((id) => store.get(from, id)).filter((found) => found !== undefined)

export const handlers: Handlers<'contacts'> = {
  list_contacts: ({ per_page = perPage, starting_after }, call) => {
    const oldestFirst = { from: contacts, where: visible, by: sql`created_at`, order: 'ascending', identity: 'list_contacts' } as const
    const { items, total, pages } = cursorPage(oldestFirst, { per_page, starting_after }, call)
    return { type: 'list', data: items.map((contact) => presentContact(contact, call)), total_count: total, pages }
  },

  search_contacts: (request, call) => {
    const { items, total, pages } = search(index, request, call)
    return { type: 'list', data: items.map((contact) => presentContact(contact, call)), total_count: total, pages }
  },

  get_contact: ({ id }, call) => presentContact(known(call, id), call),

  get_contact_by_external_id: ({ external_id }, call) => {
    const user = findContact(call, { external_id })
    if (!user) throw new Rejection(404, 'not_found', 'User Not Found')
    return presentContact(user, call)
  },

  create_contact: (wanted, call) => presentContact(tellCreated(created(wanted, call), call), call),

  update_contact: ({ id, ...wanted }, call) => {
    const before = known(call, id)
    return presentContact(tellUpdated(before, updated(before, wanted, call), call), call)
  },

  delete_contact: ({ id }, call) => ({ ...presentReference(tellDeleted(remove(call, id), call)), deleted: true }),

  merge_contact: ({ from, into }, call) => presentContact(tellMerged(merge(call, from, into), from, call), call),

  archive_contact: ({ id }, call) => ({ ...presentReference(tellArchived(archive(call, id), call)), archived: true }),

  unarchive_contact: ({ id }, call) => ({ ...presentReference(tellUnarchived(unarchive(call, id), call)), archived: false }),

  block_contact: ({ id }, call) => ({ ...presentReference(tellArchived(block(call, id), call)), blocked: true }),

  list_contact_companies: ({ id, ...request }, call) => {
    const theirs = all(call.store, companies, known(call, id).company_ids)
    const { items, total, pages } = pageOf(theirs, request, { path: `/contacts/${id}/companies`, perPage: 50, last: 'null' }, call)
    const data = items.map((company) => presentCompany(company, call))
    // the published schema, and so the official client, says companies; the API itself answers data
    return { type: 'list', data, companies: data, total_count: total, pages }
  },

  list_contact_segments: ({ contact_id }, call) => ({
    type: 'list',
    data: all(call.store, segments, known(call, contact_id).segment_ids).map(presentSegment),
  }),

  list_contact_subscriptions: ({ contact_id }, call) => {
    const { opted_out_subscription_ids, opted_in_subscription_ids } = known(call, contact_id)
    const chosen = all(call.store, subscriptionTypes, [...opted_out_subscription_ids, ...opted_in_subscription_ids])
    return { type: 'list', data: chosen.map(presentSubscriptionType) }
  },

  list_contact_tags: ({ contact_id }, call) => ({
    type: 'list',
    data: all(call.store, tags, known(call, contact_id).tag_ids).map(presentTag),
  }),
}
