import type { DataAttributeDocument } from '../data-attributes.ts'
import type { SegmentDocument } from '../segments.ts'
import type { SubscriptionTypeDocument } from '../subscription-types.ts'
import type { TagDocument } from '../tags.ts'
import type { Clock } from './clock.ts'
import { segmentId } from './ids.ts'
import { adminIds } from './workspace.ts'

const tagNames = [
  'VIP',
  'Beta',
  'Churn risk',
  'Onboarding',
  'Annual plan',
  'Waitlist',
  'Refunded',
  'API user',
  'Partner',
  'Multi-location',
  'Feature request',
  'Seasonal',
] as const

export type TagName = (typeof tagNames)[number]

export const tags: readonly TagDocument[] = tagNames.map((name, index) => ({ id: String(8_020_001 + index), name }))

/** Ids of tags, in the order named. */
export const tagIds = (names: readonly TagName[]): string[] => names.map((name) => tags[tagNames.indexOf(name)]!.id)

export const segmentIds = { active: segmentId(1), fresh: segmentId(2), slipping: segmentId(3), leads: segmentId(4) } as const

export const segments = ({ ago }: Clock): readonly SegmentDocument[] => {
  const segment = (id: string, name: string, person_type: 'contact' | 'user'): SegmentDocument => ({
    id,
    name,
    person_type,
    created_at: ago(1460, 14),
    updated_at: ago(120, 9),
  })
  return [
    segment(segmentIds.active, 'Active', 'user'),
    segment(segmentIds.fresh, 'New', 'user'),
    segment(segmentIds.slipping, 'Slipping away', 'user'),
    segment(segmentIds.leads, 'Leads', 'contact'),
  ]
}

const subscription = (
  id: string,
  consent_type: 'opt_in' | 'opt_out',
  content_type: 'email' | 'sms_message',
  name: string,
  description: string,
): SubscriptionTypeDocument => {
  const translation = { name, description, locale: 'en' }
  return { id, state: 'live', consent_type, default_translation: translation, translations: [translation], content_types: [content_type] }
}

export const subscriptionIds = { news: '61001', tips: '61002', alerts: '61003' } as const

export const subscriptionTypes: readonly SubscriptionTypeDocument[] = [
  subscription(subscriptionIds.news, 'opt_out', 'email', 'Product news', 'New features and changes, about once a month.'),
  subscription(subscriptionIds.tips, 'opt_in', 'email', 'Season tips', 'How other outfitters prepare for their season.'),
  subscription(subscriptionIds.alerts, 'opt_in', 'sms_message', 'Outage alerts', 'A text message when bookings are disturbed.'),
]

type Field = Pick<DataAttributeDocument, 'model' | 'name' | 'data_type' | 'description'> & Partial<DataAttributeDocument>

const fields: readonly Field[] = [
  { model: 'contact', name: 'plan', data_type: 'string', description: 'Plan of the account.', options: ['Starter', 'Crew', 'Fleet'] },
  { model: 'contact', name: 'seats', data_type: 'integer', description: 'Seats paid for.' },
  { model: 'contact', name: 'lifetime_value', data_type: 'float', description: 'Paid so far, in dollars.' },
  { model: 'contact', name: 'beta_tester', data_type: 'boolean', description: 'Gets features early.' },
  { model: 'contact', name: 'trial_ends_at', data_type: 'date', description: 'Last day of the trial.' },
  { model: 'contact', name: 'booking_page', data_type: 'string', description: 'Where their guests book.' },
  { model: 'contact', name: 'Peak season', data_type: 'string', description: 'When they earn their year.' },
  { model: 'contact', name: 'legacy_crm_id', data_type: 'integer', description: 'Id before the move.', archived: true },
  { model: 'company', name: 'activity', data_type: 'string', description: 'What their guests come for.' },
  { model: 'company', name: 'fleet_size', data_type: 'integer', description: 'Things they rent out.' },
  { model: 'company', name: 'contract_value', data_type: 'float', description: 'Dollars a year.' },
  { model: 'company', name: 'open_all_year', data_type: 'boolean', description: 'No off-season.' },
  { model: 'company', name: 'renews_on', data_type: 'date', description: 'Day the contract renews.' },
]

export const dataAttributes = ({ ago }: Clock): readonly DataAttributeDocument[] =>
  fields.map((field, index) => ({
    id: 930_101 + index,
    label: field.name,
    options: [],
    archived: false,
    admin_id: adminIds.wes,
    created_at: ago(1400 - index, 10),
    updated_at: ago(1400 - index, 10),
    ...field,
  }))
