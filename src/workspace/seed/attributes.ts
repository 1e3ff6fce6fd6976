import type { DataAttributeDocument, Model } from '../data-attribute.ts'
import type { Clock } from './clock.ts'
import { adminIds } from './workspace.ts'

type Field = Pick<DataAttributeDocument, 'name' | 'data_type' | 'description'> & Partial<DataAttributeDocument>

const ofContacts: readonly Field[] = [
  { name: 'plan', data_type: 'string', description: 'Plan of the account.', options: ['Starter', 'Crew', 'Fleet'] },
  { name: 'seats', data_type: 'integer', description: 'Seats paid for.' },
  { name: 'lifetime_value', data_type: 'float', description: 'Paid so far, in dollars.' },
  { name: 'beta_tester', data_type: 'boolean', description: 'Gets features early.' },
  { name: 'trial_ends_at', data_type: 'date', description: 'Last day of the trial.' },
  { name: 'booking_page', data_type: 'string', description: 'Where their guests book.', messenger_writable: true },
  { name: 'Peak season', data_type: 'string', description: 'When they earn their year.', messenger_writable: true },
  { name: 'legacy_crm_id', data_type: 'integer', description: 'Id before the move.', archived: true },
]

const ofCompanies: readonly Field[] = [
  { name: 'activity', data_type: 'string', description: 'What their guests come for.' },
  { name: 'fleet_size', data_type: 'integer', description: 'Things they rent out.' },
  { name: 'contract_value', data_type: 'float', description: 'Dollars a year.' },
  { name: 'open_all_year', data_type: 'boolean', description: 'No off-season.' },
  { name: 'renews_on', data_type: 'date', description: 'Day the contract renews.' },
]

const ofConversations: readonly Field[] = [
  { name: 'Topic', data_type: 'string', description: 'What it is about.', options: ['Bookings', 'Payments', 'Calendar', 'Account', 'Feedback'] },
  { name: 'Guests affected', data_type: 'integer', description: 'How many guests cannot go as planned.' },
  { name: 'Refunded', data_type: 'float', description: 'Given back, in dollars.' },
  { name: 'Urgent', data_type: 'boolean', description: 'A tour leaves within the day.' },
  { name: 'Tour date', data_type: 'date', description: 'Day of the tour in question.' },
]

/** The first id shows whose attribute it is. */
const attributes = (model: Model, firstId: number, fields: readonly Field[], { ago }: Clock): DataAttributeDocument[] =>
  fields.map((field, index) => ({
    id: firstId + index,
    model,
    options: [],
    messenger_writable: false,
    archived: false,
    admin_id: adminIds.wes,
    created_at: ago(1400 - index, 10),
    updated_at: ago(1400 - index, 10),
    ...field,
  }))

/** Id of the attribute that a segment is built on. */
export const trialEndId = 930_105

export const dataAttributes = (time: Clock): readonly DataAttributeDocument[] => [
  ...attributes('contact', 930_101, ofContacts, time),
  ...attributes('company', 930_109, ofCompanies, time),
]

/** Made in Intercom's app only. */
export const conversationAttributes = (time: Clock): readonly DataAttributeDocument[] => attributes('conversation', 930_201, ofConversations, time)
