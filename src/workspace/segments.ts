import { companies } from './company-document.ts'
import { contacts, peopleIn } from './contact-document.ts'
import { type Handlers, Rejection } from './handler.ts'
import { presentSegment, segments } from './segment.ts'
import type { Store } from './store.ts'

export { presentSegment, segments } from './segment.ts'
export type { SegmentDocument } from './segment.ts'

/** [inferred] Companies count as people do; those out of sight do not. */
const count = (store: Store, id: string): number =>
  store.count(contacts, peopleIn(store, 'segment_id', id)) + store.count(companies, store.holding(companies, 'segment_id', id))

export const handlers: Handlers<'segments'> = {
  list_segments: ({ include_count }, { store }) => ({
    type: 'segment.list',
    segments: store.find(segments).map((segment) => ({ ...presentSegment(segment), ...(include_count && { count: count(store, segment.id) }) })),
  }),

  get_segment: ({ id }, { store }) => {
    const found = store.get(segments, id)
    if (!found) throw new Rejection(404, 'not_found', 'Resource Not Found')
    return presentSegment(found)
  },
}
