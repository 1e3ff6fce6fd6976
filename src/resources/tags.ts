import { listTags } from '../contract/tags.ts'
import { type Completer, idsOf } from './complete.ts'

/** Ids of tags whose id or name fits what was typed. */
export const ids: Completer = async (typed, client, signal) => idsOf((await client.call(listTags, {}, { signal })).data, typed, ({ name }) => name)
