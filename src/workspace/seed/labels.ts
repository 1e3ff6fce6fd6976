import type { SegmentDocument } from '../segment.ts'
import type { SubscriptionTypeDocument } from '../subscription-types.ts'
import type { TagDocument } from '../tag.ts'
import { trialEndId } from './attributes.ts'
import type { Clock } from './clock.ts'
import { segmentId } from './ids.ts'

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

export const segmentIds = { active: segmentId(1), fresh: segmentId(2), slipping: segmentId(3), leads: segmentId(4), fleets: segmentId(5) } as const

const segment = (id: string, name: string, person_type: 'contact' | 'user', { ago }: Clock): SegmentDocument => ({
  id,
  name,
  person_type,
  created_at: ago(1460, 14),
  updated_at: ago(120, 9),
  tag_ids: [],
  attribute_ids: [],
})

/** Those every workspace has from its first day. */
export const defaultSegments = (time: Clock): readonly SegmentDocument[] => [
  segment(segmentIds.active, 'Active', 'user', time),
  segment(segmentIds.fresh, 'New', 'user', time),
  segment(segmentIds.slipping, 'Slipping away', 'user', time),
  segment(segmentIds.leads, 'Leads', 'contact', time),
]

/** What the rules of the default segments have come to speak of. */
const rules: Readonly<Record<string, Partial<SegmentDocument>>> = {
  [segmentIds.fresh]: { attribute_ids: [trialEndId] },
  [segmentIds.slipping]: { tag_ids: tagIds(['Churn risk']) },
}

/** Those and one of companies. */
export const segments = (time: Clock): readonly SegmentDocument[] => [
  ...defaultSegments(time).map((each) => ({ ...each, ...rules[each.id] })),
  segment(segmentIds.fleets, 'Big fleets', 'user', time),
]

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
