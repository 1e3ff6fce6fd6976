import type { Call } from './handler.ts'
import { type Collection, type Sql, sql, type Store } from './store.ts'
import { uuid } from './uuid.ts'

type Platform = 'android' | 'ios'

/** What a mobile app told about the phone it runs on. */
type Devices = Record<`${Platform}_${'app_name' | 'app_version' | 'device' | 'os_version' | 'sdk_version'}`, string | null> &
  Record<`${Platform}_last_seen_at`, number | null>

type Campaign = Record<`utm_${'campaign' | 'content' | 'medium' | 'source' | 'term'}` | 'referrer', string | null>

type Times = Record<
  'signed_up_at' | 'last_seen_at' | 'last_replied_at' | 'last_contacted_at' | 'last_email_opened_at' | 'last_email_clicked_at',
  number | null
>

type Location = Record<'country' | 'region' | 'city' | 'country_code' | 'continent_code', string | null>

/** A person. Gone from sight once archived, deleted or merged, yet kept: Intercom goes on refusing their email and external id. */
export interface ContactDocument extends Devices, Campaign, Times {
  /** 24 hexadecimal characters. */
  readonly id: string
  readonly role: 'user' | 'lead'
  readonly external_id: string | null
  /** '' after it was taken away, as recorded; null when never given [inferred]. */
  readonly email: string | null
  readonly phone: string | null
  readonly name: string | null
  /** URL of an image. */
  readonly avatar: string | null
  readonly owner_id: number | null
  readonly has_hard_bounced: boolean
  readonly marked_email_as_spam: boolean
  readonly unsubscribed_from_emails: boolean
  readonly unsubscribed_from_sms: boolean
  readonly sms_consent: boolean
  readonly enabled_push_messaging: boolean | null
  readonly created_at: number
  readonly updated_at: number
  readonly language_override: string | null
  readonly browser: string | null
  readonly browser_version: string | null
  readonly browser_language: string | null
  readonly os: string | null
  readonly location: Location
  readonly social_profiles: readonly { name: string; url: string }[]
  readonly custom_attributes: Readonly<Record<string, unknown>>
  readonly tag_ids: readonly string[]
  readonly segment_ids: readonly string[]
  readonly company_ids: readonly string[]
  /** Explicit choices only. */
  readonly opted_out_subscription_ids: readonly string[]
  readonly opted_in_subscription_ids: readonly string[]
  readonly archived: boolean
  readonly blocked: boolean
  readonly deleted_at: number | null
  /** Id of the user this lead became. */
  readonly merged_into: string | null
}

const device = <P extends Platform>(platform: P) =>
  ({
    [`${platform}_app_name`]: null,
    [`${platform}_app_version`]: null,
    [`${platform}_device`]: null,
    [`${platform}_os_version`]: null,
    [`${platform}_sdk_version`]: null,
    [`${platform}_last_seen_at`]: null,
  }) as Record<keyof Devices & `${P}_${string}`, null> // computed keys lose their names

const nothing = {
  external_id: null,
  email: null,
  phone: null,
  name: null,
  avatar: null,
  owner_id: null,
  has_hard_bounced: false,
  marked_email_as_spam: false,
  unsubscribed_from_emails: false,
  unsubscribed_from_sms: false,
  sms_consent: false,
  enabled_push_messaging: null,
  signed_up_at: null,
  last_seen_at: null,
  last_replied_at: null,
  last_contacted_at: null,
  last_email_opened_at: null,
  last_email_clicked_at: null,
  language_override: null,
  browser: null,
  browser_version: null,
  browser_language: null,
  os: null,
  ...device('android'),
  ...device('ios'),
  utm_campaign: null,
  utm_content: null,
  utm_medium: null,
  utm_source: null,
  utm_term: null,
  referrer: null,
  location: { country: null, region: null, city: null, country_code: null, continent_code: null },
  social_profiles: [],
  custom_attributes: {},
  tag_ids: [],
  segment_ids: [],
  company_ids: [],
  opted_out_subscription_ids: [],
  opted_in_subscription_ids: [],
  archived: false,
  blocked: false,
  deleted_at: null,
  merged_into: null,
} as const

/** A contact with what is known of them, and nothing else. `updated_at` is `created_at` unless given. */
export const newContact = (known: Pick<ContactDocument, 'id' | 'role' | 'created_at'> & Partial<ContactDocument>): ContactDocument => ({
  ...nothing,
  updated_at: known.created_at,
  ...known,
})

/** Where a lead comes from: Intercom gives it an external id of its own. */
export const newLead = (call: Call, known: Partial<ContactDocument>): ContactDocument => {
  const id = call.newId()
  return newContact({ id, created_at: call.now, ...known, role: 'lead', external_id: uuid(id) })
}

const texts = [
  'role',
  'name',
  'avatar',
  'phone',
  'external_id',
  'language_override',
  'browser',
  'browser_language',
  'os',
  ...(['ios', 'android'] as const).flatMap(
    (platform) =>
      [`${platform}_app_name`, `${platform}_app_version`, `${platform}_device`, `${platform}_os_version`, `${platform}_sdk_version`] as const,
  ),
] as const

const numbers = [
  'owner_id',
  'created_at',
  'updated_at',
  'signed_up_at',
  'last_seen_at',
  'last_replied_at',
  'last_contacted_at',
  'last_email_opened_at',
  'last_email_clicked_at',
  'ios_last_seen_at',
  'android_last_seen_at',
] as const

const flags = ['unsubscribed_from_emails', 'marked_email_as_spam', 'has_hard_bounced'] as const

const typed = <T>(names: readonly string[], type: T): Record<string, T> => Object.fromEntries(names.map((name) => [name, type]))

export const contacts: Collection<ContactDocument> = {
  table: 'contact',
  columns: {
    ...typed([...texts, 'email', 'email_domain', 'location_country', 'location_region', 'location_city'], 'TEXT' as const),
    ...typed(['tag_id', 'segment_id', 'company_id'], 'TEXT' as const),
    ...typed([...numbers, ...flags, 'visible', 'deleted_at'], 'INTEGER' as const),
  },
  facts: (contact) => ({
    ...Object.fromEntries([...texts, ...numbers].map((name) => [name, contact[name]])),
    ...Object.fromEntries(flags.map((name) => [name, Number(contact[name])])),
    email: contact.email || null, // one that was taken away is no value to search for
    email_domain: domain(contact.email),
    location_country: contact.location.country,
    location_region: contact.location.region,
    location_city: contact.location.city,
    tag_id: JSON.stringify(contact.tag_ids),
    segment_id: JSON.stringify(contact.segment_ids),
    company_id: JSON.stringify(contact.company_ids),
    visible: Number(isVisible(contact)),
    deleted_at: contact.deleted_at,
  }),
  custom: ({ custom_attributes }) => ({ ...custom_attributes }),
  blank: nothing,
  indexed: ['email', 'phone', 'external_id', 'created_at', 'last_seen_at'],
  lists: ['company_id', 'segment_id', 'tag_id'],
}

export const domain = (email: string | null): string | null => /@([^@]+)$/.exec(email ?? '')?.[1] ?? null

const isVisible = ({ archived, deleted_at, merged_into }: ContactDocument): boolean => !archived && deleted_at === null && merged_into === null

/** Those whom get, list and search know. */
export const visible: Sql = sql`visible = 1`

/** Those whom a company or a segment shows: for counting and listing its people. */
export const peopleIn = (store: Store, list: 'company_id' | 'segment_id', id: string): Sql => sql`${visible} AND ${store.holding(contacts, list, id)}`

/** The visible contact of that Intercom id; the user of that external id; or the user, else the newest lead, of that email. */
export const findContact = ({ store }: Pick<Call, 'store'>, by: { id?: string; external_id?: string; email?: string }): ContactDocument | undefined => {
  if (by.id !== undefined) return visibleById(store, by.id)
  if (by.external_id !== undefined) return userByExternalId(store, by.external_id)
  if (by.email === undefined) return undefined
  return store.find(contacts, { where: sql`${visible} AND email = ${by.email}`, order: sql`role DESC, created_at DESC, seq DESC`, limit: 1 })[0]
}

const visibleById = (store: Store, id: string): ContactDocument | undefined => {
  const found = store.get(contacts, id)
  return found && isVisible(found) ? found : undefined
}

const userByExternalId = (store: Store, externalId: string): ContactDocument | undefined =>
  store
    .find(contacts, { where: sql`${visible} AND role = 'user' AND external_id = ${externalId}` })
    .find(({ external_id }) => external_id === externalId) // facts ignore case; ids do not

/** A new lead who is known by nothing but an email. */
export const createLead = (call: Call, email: string): ContactDocument => call.store.put(contacts, newLead(call, { email }))
