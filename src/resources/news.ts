import { listNewsfeeds, listNewsItems } from '../contract/news.ts'
import { type Completer, idsOf } from './complete.ts'

/** Ids of news items, among the newest 150, whose id or title fits what was typed. */
export const itemIds: Completer = async (typed, client, signal) =>
  idsOf((await client.call(listNewsItems, { per_page: 150 }, { signal })).data, typed, ({ title }) => title)

/** Ids of newsfeeds whose id or name fits what was typed. */
export const feedIds: Completer = async (typed, client, signal) =>
  idsOf((await client.call(listNewsfeeds, { per_page: 150 }, { signal })).data, typed, ({ name }) => name)
