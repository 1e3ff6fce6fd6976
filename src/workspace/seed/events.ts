import { record } from '../data-event.ts'
import type { Store } from '../store.ts'
import type { Clock, Moment } from './clock.ts'
import { contactId } from './ids.ts'

interface Happening {
  readonly person: number
  readonly name: string
  readonly at: Moment
  readonly metadata?: Readonly<Record<string, unknown>>
  /** Metadata that are dates. */
  readonly dates?: Readonly<Record<`${string}_date`, Moment>>
}

const guide = (path: string, title: string) => ({ guide: { url: `https://pondwick.example/guides/${path}`, value: title } })
const paid = (cents: number) => ({ amount: { amount: cents, currency: 'usd' } })

/** What single people did, some of it too long ago to be listed. */
const remarkable: readonly Happening[] = [
  { person: 1, name: 'renewed-plan', at: [320, 10], metadata: { plan: 'Fleet', seats: 14, ...paid(418_800) }, dates: { next_renewal_date: [-45, 0] } },
  { person: 1, name: 'connected-calendar', at: [118, 9.5], metadata: { provider: 'outlook' } },
  { person: 1, name: 'connected-calendar', at: [11, 19.5], metadata: { provider: 'google', calendars: 3 } },
  { person: 1, name: 'opened-guide', at: [11, 20], metadata: guide('tides-and-tours', 'Tides and tours') },
  { person: 1, name: 'reported-double-booking', at: [2, 12.9], metadata: { booking: 'PW-48213', tour: 'Sunrise paddle' } },
  { person: 2, name: 'invited-teammate', at: [64, 22], metadata: { role: 'guide' } },
  { person: 2, name: 'exported-report', at: [31, 23], metadata: { report: 'Waivers by guide', rows: 212 } },
  { person: 2, name: 'removed-waiver', at: [6, 18.5], metadata: { waiver: 'Climbing gym' } },
  { person: 4, name: 'asked-for-demo', at: [12, 10.1], metadata: { page: 'https://pondwick.example/snow' } },
  { person: 6, name: 'merged-calendars', at: [75, 17], metadata: { from: 'snow school', into: 'rafting office' } },
  { person: 6, name: 'paid-invoice', at: [40, 16], metadata: { invoice: 'PW-2209', ...paid(11_900) } },
  { person: 6, name: 'paid-invoice', at: [10, 16], metadata: { invoice: 'PW-2318', ...paid(11_900) } },
  { person: 7, name: 'started-trial', at: [9, 13], metadata: { plan: 'Starter' }, dates: { trial_end_date: [-5, 0] } },
  { person: 7, name: 'published-booking-page', at: [8, 14.5], metadata: { tours: 2 } },
  { person: 7, name: 'opened-guide', at: [7, 9], metadata: guide('first-season', 'Your first season') },
  { person: 10, name: 'signed-waiver-offline', at: [3, 22.5], metadata: { device: 'iPhone16,2' } },
  { person: 5, name: 'paused-plan', at: [130, 11], metadata: { reason: 'winter' } },
]

/** What a person does again and again: the last time yesterday, the first so many times before, so many days apart. */
interface Habit {
  readonly person: number
  readonly name: string
  readonly times: number
  readonly every: number
  readonly metadata: (time: number) => Readonly<Record<string, unknown>>
}

const tours = ['Sunrise paddle', 'Lighthouse loop', 'Seal watch']

const habits: readonly Habit[] = [
  { person: 1, name: 'took-booking', times: 66, every: 1.5, metadata: (time) => ({ tour: tours[time % 3], guests: 2 + (time % 7), ...paid(4_500 * (2 + (time % 7))) }) },
  { person: 6, name: 'took-booking', times: 9, every: 8, metadata: (time) => ({ lesson: 'Beginners', guests: 4 + (time % 5) }) },
  { person: 6, name: 'closed-day', times: 58, every: 1.5, metadata: (time) => ({ office: ['snow school', 'rafting office'][time % 2], bookings: 6 + (time % 9) }) },
  { person: 9, name: 'checked-in-guest', times: 14, every: 2, metadata: (time) => ({ dock: 1 + (time % 2) }) },
]

const repeated = ({ person, name, times, every, metadata }: Habit): Happening[] =>
  Array.from({ length: times }, (_, time) => ({ person, name, at: [1 + (times - 1 - time) * every, 18], metadata: metadata(time) }))

export const layEvents = (store: Store, { ago, moments }: Clock): void => {
  const happenings = [...remarkable, ...habits.flatMap(repeated)].map(({ at, ...rest }) => ({ ...rest, created_at: ago(...at) }))
  for (const { person, name, created_at, metadata, dates = {} } of happenings.toSorted((a, b) => a.created_at - b.created_at))
    record(store, contactId(person), { event_name: name, created_at, metadata: { ...metadata, ...moments(dates) } })
}
