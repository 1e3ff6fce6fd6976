import * as z from 'zod'
import { Company } from './company.ts'
import { Contact } from './contact.ts'
import { type Look, operation, type ReadBack } from './operation.ts'
import { byId, isGone, isNew, shows } from './read-back.ts'
import { fields, type Searchable, searchInput } from './search.ts'
import { Segment } from './segment.ts'
import { cursorList, CustomAttributes, list, NumberedPages, shape, Timestamp } from './shape.ts'
import { SubscriptionType } from './subscription-type.ts'
import { Tag } from './tag.ts'

const ContactReference = shape({ id: z.string() }, { type: z.string(), external_id: z.string() })

const id = z.string().describe("The contact's Intercom id: 24 hexadecimal characters.")

/** What may be set on a contact, at creation and later. */
const writable = {
  role: z.enum(['user', 'lead']).describe('A lead may become a user, never the reverse.'),
  external_id: z.string().describe('Your own id of a user. A lead gets one from Intercom, whatever is sent.'),
  email: z.string(),
  phone: z.string().nullable(),
  name: z.string().nullable(),
  avatar: z.string().nullable().describe('Image URL.'),
  signed_up_at: Timestamp.nullable(),
  last_seen_at: Timestamp.nullable(),
  owner_id: z.int().nullable().describe('Id of the admin who owns the account.'),
  unsubscribed_from_emails: z.boolean().nullable(),
  custom_attributes: CustomAttributes.nullable().describe('By name; each must exist in the workspace already. null unsets.'),
}

const changes = z.strictObject(writable).partial().shape

const searchable: Searchable = {
  fields: {
    ...fields('string', 'id role name avatar email email_domain phone external_id language_override browser browser_language os'),
    ...fields('string', 'location.country location.region location.city segment_id tag_id'),
    ...fields('string', 'ios_app_version ios_device ios_app_device ios_os_version ios_app_name ios_sdk_version'),
    ...fields('string', 'android_app_version android_device android_app_name android_sdk_version andoid_sdk_version'),
    ...fields('integer', 'owner_id'),
    ...fields('boolean', 'unsubscribed_from_emails marked_email_as_spam has_hard_bounced'),
    ...fields('date', 'created_at signed_up_at updated_at last_seen_at last_contacted_at last_replied_at'),
    ...fields('date', 'last_email_opened_at last_email_clicked_at ios_last_seen_at android_last_seen_at'),
  },
  custom: 'custom_attributes.',
  dates: 'day',
  only: { tag_id: ['=', '!='] },
}

const contacts = cursorList('data', Contact)
const paging = { style: 'cursor', default: 50, max: 150, items: 'data' } as const
const readOne = 'Read one user and one company'
const readAll = 'Read and list users and companies'
const write = 'Write users and companies'

export const listContacts = operation({
  name: 'list_contacts',
  operationId: 'ListContacts',
  title: 'List contacts',
  description: 'Every user and lead of the workspace, oldest first, page by page. Archived and merged contacts are absent. To find someone, search_contacts is faster.',
  asked: 'all people customers users leads page export everyone whole base dump database every many total browse overview sync crm go through full address book bulk read',
  route: 'GET /contacts',
  effect: 'read',
  permission: readAll,
  input: z.strictObject({
    per_page: z.int().min(1).max(150).optional().describe('Items a page; 50 by default, at most 150.'),
    starting_after: z.string().optional().describe('Cursor from the previous page.'),
  }),
  output: contacts,
  paging,
})

export const searchContacts = operation({
  name: 'search_contacts',
  operationId: 'SearchContacts',
  title: 'Search contacts',
  description:
    'Users and leads by any filters: email, phone, role, owner, tag, segment, dates, location.country, custom attributes by name. Archived and merged contacts never match.',
  asked: 'find look person customer user lead email phone name domain attribute date who signed last week city plan count people filter whose number lives germany pro owned agent inactive seen months yesterday without tagged vip segment came pricing page only unsubscribed bounced matching ends address id',
  route: 'POST /contacts/search',
  effect: 'read',
  permission: readAll,
  input: searchInput(50, '{field: "email", operator: "=", value: "ada@example.com"}'),
  output: contacts,
  paging,
  search: searchable,
})

export const getContact = operation({
  name: 'get_contact',
  operationId: 'ShowContact',
  title: 'Get a contact',
  description: 'One user or lead by Intercom id, with custom attributes and what is attached. An archived or merged contact is not found.',
  asked: 'one person customer user lead profile details show who pull view record when last seen email phone where live sign open look card which browser os attributes owns bounce tell about author see',
  route: 'GET /contacts/{id}',
  effect: 'read',
  permission: readOne,
  input: z.strictObject({ id }),
  output: Contact,
  resource: 'intercom://contacts/{id}',
})

export const getContactByExternalId = operation({
  name: 'get_contact_by_external_id',
  operationId: 'ShowContactByExternalId',
  title: 'Get a contact by external ID',
  description: 'The one user whose external_id is the id your own system gave them. Leads are not found this way.',
  asked: 'person user customer own database system crm find look number lookup behind internal account match app show backend who resolve shop pull reference',
  route: 'GET /contacts/find_by_external_id/{external_id}',
  effect: 'read',
  permission: readOne,
  input: z.strictObject({ external_id: z.string().min(1).describe("The user's id in your own system.") }),
  output: Contact,
  resource: 'intercom://contacts/external/{external_id}',
})

/** A phone number is normalised, an image copied; a visit moves last_seen_at; a lead keeps the external_id Intercom gave it. */
const showsContact = shows('role name email owner_id signed_up_at unsubscribed_from_emails', 'external_id phone avatar last_seen_at custom_attributes')

/** Users are unique by external_id; leads get theirs from Intercom. */
const showsNewUser: ReadBack['happened'] = (written, found, since) => showsContact(written, found, since) && isNew(found, since)
const isUser = ({ role = 'user' }: Record<string, unknown>): boolean => role === 'user'

/** An archived contact is not found either, so only one that is still there tells anything. */
const isStillThere: ReadBack['happened'] = (_, found) => (found ? false : undefined)

export const createContact = operation({
  name: 'create_contact',
  operationId: 'CreateContact',
  title: 'Create a contact',
  description: 'A new user or lead; needs email, external_id or role. Without a role it is a user, whose email and external_id must be unused, even by an archived contact.',
  asked: 'add register import new person customer user lead sign email somebody prospect trade fair caller system yet save business card crm external enter client details capture web form set profile potential buyer sender fresh',
  route: 'POST /contacts',
  effect: 'write',
  permission: write,
  input: z.strictObject(changes),
  output: Contact,
  readBack: [
    {
      operation: getContactByExternalId,
      input: (written) => (isUser(written) && written.external_id ? { external_id: written.external_id } : undefined),
      happened: showsNewUser,
    },
    {
      operation: searchContacts,
      input: ({ email }) => (email ? { query: { field: 'email', operator: '=', value: email } } : undefined),
      happened: (written, found, since) => showsNewUser({ role: 'user', ...written }, found, since),
    },
  ],
})

export const updateContact = operation({
  name: 'update_contact',
  operationId: 'UpdateContact',
  title: 'Update a contact',
  description: 'Changes the given fields of a contact and keeps the rest; custom attributes are merged by name. A lead may become a user.',
  asked: 'change edit correct fix person customer user lead name email phone owner attribute convert promote assign account unsubscribe wrong number new address married surname job title upgrade plan moved another city set loyalty level mark vip field misspelled preferred language all turn role birthday profile details avatar picture fill missing data',
  route: 'PUT /contacts/{id}',
  effect: 'write',
  idempotent: true,
  permission: write,
  // published as plain strings; the API takes null for both, and that is the only way to clear them
  input: z.strictObject({
    id,
    ...changes,
    external_id: writable.external_id.nullable().optional().describe("Your own id of a user; null clears it. A lead keeps Intercom's."),
    email: writable.email.nullable().optional().describe('null clears it.'),
  }),
  output: Contact,
  readBack: { operation: getContact, input: byId, happened: showsContact },
})

export const deleteContact = operation({
  name: 'delete_contact',
  operationId: 'DeleteContact',
  title: 'Delete a contact',
  description: 'Removes a contact for good. Its external_id stays taken for about a week. archive_contact hides one and can be undone.',
  asked: 'erase remove permanently wipe purge person customer user lead gdpr right forgotten data request privacy erasure good rid spam record throw test demands profile account closed duplicate gone everything longer needed destroy',
  route: 'DELETE /contacts/{id}',
  effect: 'destroy',
  undoneBy: 'never',
  idempotent: true,
  permission: write,
  input: z.strictObject({ id }),
  output: ContactReference.extend({ deleted: z.boolean().nullish() }),
  readBack: { operation: getContact, input: ({ id }) => ({ id }), happened: isStillThere },
})

export const mergeContact = operation({
  name: 'merge_contact',
  operationId: 'MergeContact',
  title: 'Merge a lead into a user',
  description: 'Moves the conversations, tags, notes and companies of a lead to a user, fills what the user lacks, and removes the lead. Cannot be undone.',
  asked: 'combine join deduplicate two duplicate people lead user same person twice dupes profiles customer records one consolidate already fold another unify double entries exists put both histories together collapse move conversations',
  route: 'POST /contacts/merge',
  effect: 'destroy',
  undoneBy: 'never',
  permission: write,
  input: z.strictObject({
    from: z.string().describe('Intercom id of the lead, which disappears.'),
    into: z.string().describe('Intercom id of the user, who stays.'),
  }),
  output: Contact,
  about: ({ from, into }) => [from, into].map((id) => ({ operation: getContact, input: { id } })),
  readBack: { operation: getContact, input: ({ from }) => ({ id: from }), happened: isStillThere },
})

/** How to look at a person whom an input names by `id` or `external_id`, or not at all. */
export const lookAtContact = (id: unknown, externalId: unknown): Look[] => {
  if (id !== undefined) return [{ operation: getContact, input: { id } }]
  return externalId === undefined ? [] : [{ operation: getContactByExternalId, input: { external_id: externalId } }]
}

export const archiveContact = operation({
  name: 'archive_contact',
  operationId: 'ArchiveContact',
  title: 'Archive a contact',
  description: 'Hides a contact from lists, search and get. unarchive_contact brings it back.',
  asked: 'hide deactivate put away person user lead without deleting lists customer aside inactive sight keep data remove view soft shelve old dormant file reversible store former stop client come back later',
  route: 'POST /contacts/{id}/archive',
  effect: 'destroy',
  undoneBy: 'unarchive_contact',
  idempotent: true,
  permission: write,
  input: z.strictObject({ id }),
  output: ContactReference.extend({ archived: z.boolean().nullish() }),
  readBack: { operation: getContact, input: ({ id }) => ({ id }), happened: isGone },
})

export const unarchiveContact = operation({
  name: 'unarchive_contact',
  operationId: 'UnarchiveContact',
  title: 'Unarchive a contact',
  description: 'Brings an archived contact back. One that is marked for deletion cannot return.',
  asked: 'restore bring back reactivate recover archived person user undo customer mistake hidden lead returned after year make visible again revive old list retrieve former client active un hide',
  route: 'POST /contacts/{id}/unarchive',
  effect: 'write',
  idempotent: true,
  permission: write,
  input: z.strictObject({ id }),
  output: ContactReference.extend({ archived: z.boolean().nullish() }),
  readBack: { operation: getContact, input: ({ id }) => ({ id }), happened: (_, found) => found !== undefined },
})

export const blockContact = operation({
  name: 'block_contact',
  operationId: 'BlockContact',
  title: 'Block a contact',
  description: 'Stops a contact from writing in, and archives them with their conversations. The API cannot unblock.',
  asked: 'ban mute person spammer abusive user stop writing spam troll keeps customer harassment shut blacklist lead messages report insults agents never hear again prevent phishing sender rude visitor threatens staff junk',
  route: 'POST /contacts/{id}/block',
  effect: 'destroy',
  idempotent: true,
  permission: write,
  input: z.strictObject({ id }),
  output: ContactReference.extend({ blocked: z.boolean().nullish() }),
  readBack: { operation: getContact, input: ({ id }) => ({ id }), happened: isStillThere },
})

export const listContactCompanies = operation({
  name: 'list_contact_companies',
  operationId: 'listCompaniesForAContact',
  title: "List a contact's companies",
  description: 'The companies a contact belongs to, in full.',
  asked: 'which accounts organisations person user belongs works employer where customer linked several business what firm lead membership caller whom represent firms tied',
  route: 'GET /contacts/{id}/companies',
  effect: 'read',
  permission: readAll,
  input: z.strictObject({
    id,
    page: z.int().min(1).optional(),
    per_page: z.int().min(1).max(60).optional().describe('Items a page; 50 by default, at most 60.'),
  }),
  // published as `companies`; the API answers `data`
  output: shape(
    {},
    { type: z.string(), data: z.array(Company), companies: z.array(Company), total_count: z.int(), pages: NumberedPages },
  ),
  paging: { style: 'page', default: 50, max: 60, items: 'data' },
  resource: 'intercom://contacts/{id}/companies',
})

export const listContactSegments = operation({
  name: 'list_contact_segments',
  operationId: 'listSegmentsForAContact',
  title: "List a contact's segments",
  description: 'The segments a contact falls under.',
  asked: 'which audiences cohorts person user active membership groups customer falls lead match why receive campaign belong slipping away',
  route: 'GET /contacts/{contact_id}/segments',
  effect: 'read',
  permission: readAll,
  input: z.strictObject({ contact_id: id }),
  output: list('data', Segment),
  resource: 'intercom://contacts/{contact_id}/segments',
})

export const listContactSubscriptions = operation({
  name: 'list_contact_subscriptions',
  operationId: 'listSubscriptionsForAContact',
  title: "List a contact's subscriptions",
  description: 'The subscription types a contact chose explicitly: opted out of, or in to. Those left at their default are absent.',
  asked: 'what person user subscribed opted newsletter email preferences consent status customer marketing communication which mailing client receive unsubscribed gdpr check permissions lead may send promotional',
  route: 'GET /contacts/{contact_id}/subscriptions',
  effect: 'read',
  permission: readAll,
  input: z.strictObject({ contact_id: id }),
  output: list('data', SubscriptionType),
  resource: 'intercom://contacts/{contact_id}/subscriptions',
})

export const listContactTags = operation({
  name: 'list_contact_tags',
  operationId: 'listTagsForAContact',
  title: "List a contact's tags",
  description: 'Every tag on a contact.',
  asked: 'which labels person customer user vip lead carry beta show profile markers what check classified',
  route: 'GET /contacts/{contact_id}/tags',
  effect: 'read',
  permission: 'Read tags',
  input: z.strictObject({ contact_id: id }),
  output: list('data', Tag),
  resource: 'intercom://contacts/{contact_id}/tags',
})
