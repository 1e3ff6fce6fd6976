import { uuid } from '../uuid.ts'
import type { VisitorDocument } from '../visitor.ts'
import type { Clock, Moment } from './clock.ts'
import { visitorId } from './ids.ts'
import { place } from './person.ts'

type Guest = Pick<VisitorDocument, 'pseudonym' | 'session_count'> &
  Partial<Pick<VisitorDocument, 'name' | 'email' | 'phone' | 'location' | 'timezone' | 'custom_attributes' | 'referrer' | 'utm_source' | 'utm_campaign' | 'utm_medium'>> & {
    readonly came: Moment
    readonly seen: Moment
  }

const nothing = {
  name: null,
  email: null,
  phone: null,
  location: null,
  timezone: null,
  custom_attributes: {},
  referrer: null,
  utm_campaign: null,
  utm_content: null,
  utm_medium: null,
  utm_source: null,
  utm_term: null,
}

const guests: readonly Guest[] = [
  {
    pseudonym: 'Teal Canoe',
    came: [6, 15],
    seen: [1, 17],
    session_count: 4,
    location: place('Duluth', 'Minnesota', 'United States', 'US', 'NA'),
    timezone: 'America/Chicago',
    referrer: 'https://pondwick.example/guides/tides-and-tours',
    utm_source: 'season-handbook',
    utm_medium: 'email',
    utm_campaign: 'spring-opening',
  },
  { pseudonym: 'Amber Paddle', came: [2, 9], seen: [2, 9.5], session_count: 1, location: place('Cork', 'Cork', 'Ireland', 'IE', 'EU'), timezone: 'Europe/Dublin' },
  // left an email under the price list, and it is a customer's
  { pseudonym: 'Grey Anorak', came: [3, 20], seen: [1, 11], session_count: 3, email: 'emile@atelierdulac.example', phone: '+18195550134' },
  { pseudonym: null, came: [1, 8], seen: [1, 8], session_count: 1 },
]

/** People on the website whom nobody knows yet, the first to come first. */
export const visitors = ({ ago }: Clock): readonly VisitorDocument[] =>
  guests
    .map(({ came, seen, ...known }, index) => {
      const last_request_at = ago(...seen)
      return { ...nothing, ...known, id: visitorId(index + 1), user_id: uuid(`visitor ${index + 1}`), last_request_at, created_at: ago(...came), updated_at: last_request_at }
    })
    .toSorted((a, b) => a.created_at - b.created_at)
