import { contacts } from '../contact-document.ts'
import { nextMessageId } from '../conversation-start.ts'
import { dataExports } from '../data-export.ts'
import { messages } from '../message.ts'
import type { Store } from '../store.ts'
import type { Clock, Moment } from './clock.ts'
import { contactId } from './ids.ts'
import { adminIds, type Colleague } from './workspace.ts'

interface Sent {
  readonly by: Colleague
  readonly to: readonly number[]
  readonly at: Moment
  /** Makes it an email. */
  readonly subject?: string
  readonly body: string
}

/** What colleagues sent unasked, and nobody has answered yet. */
const sent: readonly Sent[] = [
  {
    by: 'wes',
    to: [1, 2, 3, 6, 10],
    at: [47, 15],
    subject: 'The spring webinar for outfitters',
    body: '<p>We open the season with an hour on tides, waivers and double bookings.</p><p>Would you tell the others how you do it?</p>',
  },
  { by: 'priya', to: [8], at: [61, 14], subject: 'Your card was declined', body: 'The card ending in 4417 was declined for October. A new one can be set under Billing.' },
  { by: 'lucia', to: [7], at: [8, 9.5], body: 'Welcome aboard, Émile! Shall I set up your first two tours with you?' },
  { by: 'tobias', to: [5], at: [35, 10], body: 'Your plan is paused. It starts again by itself on the first of March.' },
  { by: 'ines', to: [9], at: [20, 8], body: 'This kiosk will restart tonight at two to take an update.' },
  { by: 'lucia', to: [12], at: [3, 8.5], subject: 'Bikes by the hour', body: 'Yes, Pondwick can rent by the hour. A short film shows how: https://pondwick.example/bikes' },
]

export const layMessages = (store: Store, { ago }: Clock): void => {
  for (const { by, to, at, subject = null, body } of sent.toSorted((a, b) => ago(...a.at) - ago(...b.at)))
    for (const person of to) laySent(store, { admin_id: adminIds[by], contact_id: contactId(person), created_at: ago(...at), subject, body })
}

const laySent = (store: Store, message: { admin_id: string; contact_id: string; created_at: number; subject: string | null; body: string }): void => {
  store.put(messages, { id: nextMessageId(store), message_type: message.subject === null ? 'inapp' : 'email', conversation_id: null, ...message })
  const contact = store.get(contacts, message.contact_id)!
  store.put(contacts, { ...contact, last_contacted_at: Math.max(message.created_at, contact.last_contacted_at ?? 0) })
}

/** An export of three months that was completed yesterday, and can still be downloaded. */
export const layExport = (store: Store, { ago }: Clock): void => {
  store.put(dataExports, { id: 'k7q2m9x4w0f3v8pt', after: ago(91, 0), before: ago(1, 0), requested_at: ago(1, 16), canceled_at: null })
}
