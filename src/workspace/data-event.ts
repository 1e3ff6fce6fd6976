import { type Collection, sql, type Store } from './store.ts'
import { uuid } from './uuid.ts'

/** Something a contact did, as the workspace's own product told it. */
export interface DataEventDocument {
  /** A UUID, the same for the same contact, name and second: those tell an event from others. */
  readonly id: string
  readonly contact_id: string
  readonly event_name: string
  readonly created_at: number
  /** Milliseconds, of its own among the contact's events: pages end at one. */
  readonly moment: number
  readonly metadata: Readonly<Record<string, unknown>>
}

export const dataEvents: Collection<DataEventDocument> = {
  table: 'data_event',
  columns: { contact_id: 'TEXT', moment: 'INTEGER' },
  facts: ({ contact_id, moment }) => ({ contact_id, moment }),
  indexed: ['contact_id'],
}

/** How often a contact did something, events that were only counted included. */
interface EventCountDocument {
  readonly id: string
  readonly contact_id: string
  readonly event_name: string
  readonly count: number
  readonly first: number
  readonly last: number
}

const eventCounts: Collection<EventCountDocument> = {
  table: 'event_count',
  columns: { contact_id: 'TEXT' },
  facts: ({ contact_id }) => ({ contact_id }),
  indexed: ['contact_id'],
}

type Counted = Pick<EventCountDocument, 'event_name' | 'count' | 'first' | 'last'>

/** What is counted of a contact, the first counted first. */
export const countsOf = (store: Store, contactId: string): EventCountDocument[] => store.find(eventCounts, { where: sql`contact_id = ${contactId}` })

/** Adds to what is counted of a contact. */
export const count = (store: Store, contactId: string, { event_name, count: more, first, last }: Counted): void => {
  const id = uuid(JSON.stringify(['count', contactId, event_name]))
  const before = store.get(eventCounts, id)
  store.put(eventCounts, {
    id,
    contact_id: contactId,
    event_name,
    count: more + (before?.count ?? 0),
    first: Math.min(first, before?.first ?? first),
    last: Math.max(last, before?.last ?? last),
  })
}

type Happened = Pick<DataEventDocument, 'event_name' | 'created_at' | 'metadata'>

/** Keeps and counts an event; undefined when the contact has one of that name and second. */
export const record = (store: Store, contactId: string, event: Happened): DataEventDocument | undefined => {
  const { event_name, created_at } = event
  const kept = keep(store, contactId, event)
  if (kept) count(store, contactId, { event_name, count: 1, first: created_at, last: created_at })
  return kept
}

const keep = (store: Store, contactId: string, { event_name, created_at, metadata }: Happened): DataEventDocument | undefined => {
  const id = uuid(JSON.stringify(['event', contactId, event_name, created_at]))
  if (store.get(dataEvents, id)) return undefined
  return store.put(dataEvents, { id, contact_id: contactId, event_name, created_at, moment: freeMoment(store, contactId, created_at), metadata })
}

/** The events of one second are told apart by its milliseconds, in the order in which they came. */
const freeMoment = (store: Store, contactId: string, second: number): number => {
  const start = second * 1000
  return start + store.count(dataEvents, sql`contact_id = ${contactId} AND moment >= ${start} AND moment < ${start + 1000}`)
}

/** Gives what one contact did, and how often, to another. */
export const moveEvents = (store: Store, from: string, into: string): void => {
  for (const event of store.find(dataEvents, { where: sql`contact_id = ${from}` })) {
    store.remove(dataEvents, event.id)
    keep(store, into, event)
  }
  for (const counted of countsOf(store, from)) {
    store.remove(eventCounts, counted.id)
    count(store, into, counted)
  }
}
