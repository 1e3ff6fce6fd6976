import { listArticles, searchArticles } from '../contract/articles.ts'
import { type Completer, idsOf, page } from './complete.ts'

/** Ids of articles with what was typed in them; of the 250 last updated, those whose id starts with it, should it be a number. */
export const ids: Completer = async (typed, client, signal) => {
  if (/^\d*$/.test(typed)) return idsOf((await client.call(listArticles, { per_page: 250 }, { signal })).data, typed, ({ title }) => title)
  const { data } = await client.call(searchArticles, { phrase: typed, state: 'all', per_page: page }, { signal })
  return data.articles.map(({ id }) => id)
}
