import type { Moment } from './clock.ts'
import type { CompanyKey } from './companies.ts'
import type { Kind, stateIds } from './ticket-types.ts'
import type { Colleague, teamIds } from './workspace.ts'

/** What happened to one ticket, as a colleague would tell it. */
export interface Story {
  readonly kind: Kind
  /** Number of the contact it is for. */
  readonly person: number
  readonly title: string
  readonly description: string
  /** By attribute; a moment for a datetime. */
  readonly answers?: Readonly<Record<string, string | number | boolean | Moment>>
  readonly company?: CompanyKey
  readonly opened: Moment
  readonly team?: keyof typeof teamIds
  readonly admin?: Colleague
  readonly state: keyof typeof stateIds
  /** Closed, or snoozed for so many days. */
  readonly inbox?: 'closed' | number
  /** Who said what, so many hours after it was opened. */
  readonly talk?: readonly (readonly [hours: number, by: Colleague | 'customer' | 'note', text: string])[]
}

/** Written by hand. The first is the one that the examples come across. */
export const stories: readonly Story[] = [
  {
    kind: 'Booking problem',
    person: 1,
    company: 'cedar',
    title: 'Saturday 9:00 tour booked twice after the calendar sync',
    description: 'Two groups of eight hold the Saturday 9:00 Island Loop. We own ten double kayaks. The second booking came in through the calendar sync.',
    answers: { 'Booking reference': 'PW-48213', Severity: 'High', 'Guests affected': 16, 'Happened at': [2, 12.75], 'Guests informed': false },
    opened: [2, 13.2],
    team: 'product',
    admin: 'dmitri',
    state: 'in_progress',
    talk: [
      [1.4, 'ines', 'Thank you, Maren. I have blocked the slot so that no third group gets in, and Dmitri is looking at the sync.'],
      [2, 'note', 'The sync ran twice within a second. Same symptom as the incident of last month.'],
      [3.5, 'customer', 'I can move one group to 13:00 if I know by Thursday evening.'],
    ],
  },
  {
    kind: 'Question',
    person: 1,
    company: 'cedar',
    title: 'Can guides see tide tables on their phones?',
    description: 'Guides ask me every morning. Is there a way to show the tide next to the day plan?',
    answers: { Area: 'Calendar' },
    opened: [41, 17],
    team: 'support',
    admin: 'tobias',
    state: 'resolved',
    inbox: 'closed',
    talk: [
      [3, 'tobias', 'There is: turn on Conditions in the crew settings, and pick the station of Rockport.'],
      [5, 'customer', 'Found it. The crew says thanks.'],
    ],
  },
  {
    kind: 'Refund request',
    person: 2,
    company: 'sierra',
    title: 'Refund for a course that the storm closed',
    description: 'El curso del domingo se cerró por tormenta. Seis personas quieren su dinero.',
    answers: { Amount: 414, 'Booking reference': 'PW-47102', Reason: 'Weather', 'Paid by card': true },
    opened: [6, 19],
    team: 'billing',
    admin: 'lucia',
    state: 'waiting_on_customer',
    inbox: 3,
    talk: [
      [2, 'lucia', 'Ya está preparado. ¿Nos confirmas si devolvemos también las tasas?'],
      [2.2, 'note', 'Priya is away; I took it over. Fees are 12.40 in all.'],
    ],
  },
  {
    kind: 'Booking problem',
    person: 6,
    company: 'powder',
    title: 'Group lessons show in the wrong time zone',
    description: 'Since the clocks changed, lessons booked by guests in Europe land an hour early.',
    answers: { 'Booking reference': 'PW-46677', Severity: 'Medium', 'Guests affected': 5 },
    opened: [5, 20],
    team: 'product',
    admin: 'tobias',
    state: 'in_progress',
    talk: [[1, 'tobias', 'We can reproduce this with a browser set to Lisbon time. A fix is on its way.']],
  },
  {
    kind: 'Question',
    person: 7,
    company: 'atelier',
    title: 'Waiver in French',
    description: 'Nos clients signent en français. Is there a translation of the waiver, or do I write my own?',
    answers: { Area: 'Waivers' },
    opened: [3, 13],
    team: 'support',
    admin: 'lucia',
    state: 'waiting_on_customer',
    talk: [[4, 'lucia', 'You may write your own: Settings, Waivers, Add language. Shall I paste in our French draft for you?']],
  },
  {
    kind: 'Booking problem',
    person: 9,
    company: 'cedar',
    title: 'Kiosk prints yesterday’s list',
    description: 'The dock kiosk printed the list of the day before at opening.',
    answers: { 'Booking reference': 'PW-48190', Severity: 'Low' },
    opened: [8, 12],
    state: 'submitted',
  },
  {
    kind: 'Bug',
    person: 1,
    company: 'cedar',
    title: 'Calendar sync writes the same booking twice',
    description: 'Two workers pick up one webhook when it is redelivered within a second.',
    answers: { 'Steps to reproduce': 'Redeliver the webhook twice.\nWatch two bookings appear.', Component: 'Calendar sync', Regression: true, 'Estimate in hours': 6.5 },
    opened: [2, 15.5],
    team: 'product',
    admin: 'dmitri',
    state: 'with_engineering',
    talk: [[1, 'note', 'Reported by Maren Okafor, Cedar Cove. She needs a date by Thursday.']],
  },
  {
    kind: 'Incident',
    person: 3,
    company: 'northlight',
    title: 'Payments slow to confirm',
    description: 'Card payments took up to four minutes to confirm for accounts in Europe.',
    answers: { 'Customers affected': 37, 'Started at': [31, 7.6], 'Status page updated': true },
    opened: [31, 8],
    team: 'product',
    admin: 'dmitri',
    state: 'resolved',
    inbox: 'closed',
    talk: [[2, 'note', 'The provider moved us to another region. Confirmations are back under ten seconds.']],
  },
  {
    kind: 'Question',
    person: 12,
    title: 'Does it work for beach wheelchairs?',
    description: 'We rent forty bikes and six beach wheelchairs. May both be in one calendar?',
    opened: [4, 7.5],
    team: 'support',
    admin: 'ines',
    state: 'waiting_on_customer',
    inbox: 5,
    talk: [
      [2, 'ines', 'They may: each kind of thing has its own stock, and a booking can hold several kinds.'],
      [24.5, 'customer', 'Lovely. I will show it to my partner next week.'],
    ],
  },
  {
    kind: 'Refund request',
    person: 5,
    company: 'brennan',
    title: 'Charged for March although closed',
    description: 'We are closed in winter and had paused the plan. March was charged all the same.',
    answers: { Amount: 29, Reason: 'Charged twice', 'Paid by card': true },
    opened: [36, 10],
    team: 'billing',
    admin: 'priya',
    state: 'resolved',
    inbox: 'closed',
    talk: [
      [22, 'priya', 'You are right, Aoife, and I am sorry. 29.00 is on its way back to your card.'],
      [23, 'customer', 'Grand, thank you.'],
    ],
  },
]
