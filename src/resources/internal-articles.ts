import { listInternalArticles } from '../contract/internal-articles.ts'
import { type Completer, idsOf } from './complete.ts'

/** Ids of internal articles, among the 150 last updated, whose id or title fits what was typed. */
export const ids: Completer = async (typed, client, signal) =>
  idsOf((await client.call(listInternalArticles, { per_page: 150 }, { signal })).data, typed, ({ title }) => title)
