import { listSegments } from '../contract/segments.ts'
import { type Completer, idsOf } from './complete.ts'

/** Ids of segments whose id or name fits what was typed. */
export const ids: Completer = async (typed, client, signal) => idsOf((await client.call(listSegments, {}, { signal })).segments, typed, ({ name }) => name)
