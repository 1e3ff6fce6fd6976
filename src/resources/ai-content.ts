import { listContentImportSources, listExternalPages } from '../contract/ai-content.ts'
import { type Completer, idsOf } from './complete.ts'

/** Ids of external pages, among the first 150, whose id or title fits what was typed. */
export const pageIds: Completer = async (typed, client, signal) =>
  idsOf((await client.call(listExternalPages, { per_page: 150 }, { signal })).data, typed, ({ title }) => title)

/** Ids of content import sources, among the first 150, whose id or URL fits what was typed. */
export const sourceIds: Completer = async (typed, client, signal) =>
  idsOf((await client.call(listContentImportSources, { per_page: 150 }, { signal })).data, typed, ({ url }) => url)
