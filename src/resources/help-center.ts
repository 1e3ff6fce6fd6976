import { listCollections, listHelpCenters } from '../contract/help-center.ts'
import { type Completer, idsOf } from './complete.ts'

/** Ids of collections, among the 150 last updated, whose id or name fits what was typed. */
export const collectionIds: Completer = async (typed, client, signal) =>
  idsOf((await client.call(listCollections, { per_page: 150 }, { signal })).data, typed, ({ name }) => name)

/** Ids of Help Centers whose id or name fits what was typed. */
export const helpCenterIds: Completer = async (typed, client, signal) =>
  idsOf((await client.call(listHelpCenters, {}, { signal })).data, typed, ({ display_name }) => display_name)
