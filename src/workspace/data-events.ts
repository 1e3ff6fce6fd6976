import type * as z from 'zod'
import type { listDataEvents } from '../contract/data-events.ts'
import { type ContactDocument, findContact } from './contact-document.ts'
import { count, countsOf, type DataEventDocument, dataEvents, record } from './data-event.ts'
import { keptMetadata } from './event-metadata.ts'
import { type Call, type Handlers, Rejection } from './handler.ts'
import { seconds } from './seconds.ts'
import { sql } from './store.ts'

type Listing = z.output<(typeof listDataEvents)['input']>

/** How long an event can be listed, in milliseconds; counts keep it for good. */
const listedFor = 90 * 86_400_000

/** [inferred] Events a page holds when the request does not say. */
const perPage = 50

/** The person that one of these names: users by any, leads, as documented, by their Intercom id alone. */
const person = (call: Call, { id, user_id, email }: { id?: string; user_id?: string; email?: string }): ContactDocument => {
  if ([id, user_id, email].every((by) => by === undefined))
    throw new Rejection(400, 'parameter_not_found', 'an event needs a person: their Intercom id, user_id or email', 'user_id')
  const found = findContact(call, { id, external_id: user_id, email })
  if (!found || (found.role === 'lead' && id === undefined)) throw new Rejection(404, 'not_found', 'User Not Found')
  return found
}

const presentEvent = ({ id, event_name, created_at, metadata }: DataEventDocument, contact: ContactDocument) => ({
  type: 'event',
  id,
  event_name,
  created_at,
  intercom_user_id: contact.id,
  ...namesOf(contact),
  metadata,
})

/** What a contact does not have is absent from their events. */
const namesOf = ({ external_id, email }: ContactDocument) => ({ ...(external_id && { user_id: external_id }), ...(email && { email }) })

const milliseconds = (text: string | undefined, field: string): number | undefined => {
  if (text === undefined) return undefined
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new Rejection(400, 'parameter_invalid', `${field} must be a time in milliseconds since 1970`, field)
}

const page = (contact: ContactDocument, request: Listing, call: Call) => {
  const { per_page = perPage } = request
  const before = milliseconds(request.before, 'before') ?? Number.MAX_SAFE_INTEGER
  const since = Math.max(milliseconds(request.since, 'since') ?? 0, call.now * 1000 - listedFor + 1)
  const where = sql`contact_id = ${contact.id} AND moment >= ${since} AND moment < ${before}`
  const found = call.store.find(dataEvents, { where, order: sql`moment DESC`, limit: per_page + 1 })
  const events = found.slice(0, per_page)
  return { events, pages: pagesOf(events, found.length > per_page, request, call) }
}

/** [inferred] `since` is where to look for what is newer than this page. The last page has no `next`. */
const pagesOf = (events: readonly DataEventDocument[], more: boolean, request: Listing, { url, now }: Call) => {
  const { before: _, since, ...asked } = request
  const link = (place: object): string => url(`/events?${new URLSearchParams(asText({ ...asked, ...place })).toString()}`)
  const newer = { since: link({ since: events[0] ? events[0].moment + 1 : now * 1000 }) }
  return more ? { next: link({ ...(since !== undefined && { since }), before: events.at(-1)!.moment }), ...newer } : newer
}

const asText = (fields: object): [string, string][] => Object.entries(fields).map(([key, value]) => [key, String(value)])

const iso = (time: number): string => new Date(time * 1000).toISOString().replace('Z', '+00:00')

const summary = (contact: ContactDocument, { store }: Call) => ({
  type: 'event.summary',
  intercom_user_id: contact.id,
  ...namesOf(contact),
  // [inferred] descriptions are written in Intercom's own pages, where there are none
  events: countsOf(store, contact.id).map(({ event_name, count, first, last }) => ({ name: event_name, first: iso(first), last: iso(last), count, description: '' })),
})

export const handlers: Handlers<'data-events'> = {
  list_data_events: (request, call) => {
    const contact = person(call, { ...request, id: request.intercom_user_id })
    if (request.summary) return summary(contact, call)
    const { events, pages } = page(contact, request, call)
    return { type: 'event.list', events: events.map((event) => presentEvent(event, contact)), pages }
  },

  create_data_event: ({ event_name, created_at, metadata = {}, ...named }, call) => {
    const contact = person(call, named)
    const event = { event_name, created_at: seconds(created_at, 'created_at'), metadata: keptMetadata(metadata) }
    const recorded = record(call.store, contact.id, event)
    if (recorded) call.notify('event.created', () => presentEvent(recorded, contact))
    return {}
  },

  create_data_event_summary: ({ user_id, event_summaries: { event_name, count: more = 1, first, last } = {} }, call) => {
    if (event_name === undefined) throw new Rejection(400, 'parameter_not_found', 'event_summaries.event_name is a required parameter', 'event_summaries')
    const contact = person(call, { user_id })
    const from = seconds(first ?? last ?? call.now, 'event_summaries.first')
    const to = seconds(last ?? from, 'event_summaries.last')
    if (from > to) throw new Rejection(400, 'parameter_invalid', 'event_summaries.first must not be later than last', 'event_summaries.first') // [inferred]
    count(call.store, contact.id, { event_name, count: more, first: from, last: to })
    return {}
  },
}
