import { type ArticleDocument, articles, wordsIn } from './article.ts'
import { articleCollections } from './article-collections.ts'
import { type Call, Rejection } from './handler.ts'
import { defaultHelpCenter, helpCenters } from './help-centers.ts'
import { type NumberedPage, pageFrom } from './page.ts'
import { fold } from './sql.ts'
import { joined, type Sql, sql, type Store } from './store.ts'

/** What is searched for. */
export interface ArticleQuery {
  readonly phrase?: string
  readonly state?: 'published' | 'draft' | 'all'
  readonly help_center_id?: number
  readonly highlight?: boolean
  readonly page?: number
  readonly per_page?: number
}

/** [inferred] Which articles are meant when the state is not told: those that customers can read. */
const defaultState = 'published'

const perPage = 10

/**
 * [inferred] How a phrase is meant, since Intercom does not say: any of its words, at the beginning of a word, whatever its
 * case. A word in the title counts for four in the text; of equals the one updated last comes first.
 */
export const searched = (query: ArticleQuery, call: Call): NumberedPage<ArticleDocument> => {
  const score = scoreOf(wordsOf(query.phrase))
  const filters = [ofState(query.state), ofHelpCenter(query.help_center_id, call.store), ...(score ? [sql`${score} > 0`] : [])]
  const order = score ? sql`${score} DESC, ${lastUpdatedFirst}` : lastUpdatedFirst
  return pageFrom(articles, { where: joined(filters, 'AND'), order }, query, { path: pathOf(query), perPage, last: 'absent' }, call)
}

const lastUpdatedFirst = sql`updated_at DESC, seq DESC`

/** The path of the list, with all of the query but its paging. */
const pathOf = (query: ArticleQuery): string => {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] => (paging.has(name) ? [] : [[name, String(value)]]))
  return `/articles/search${given.length > 0 ? '?' : ''}${new URLSearchParams(given).toString()}`
}

const paging = new Set(['page', 'per_page'])

/** Words that stand in every article. [inferred] They are passed over where a phrase has others. */
const common = new Set('a an and are as at be by can do does for from how i if in is it my of on or our that the this to was what when where why will with you your'.split(' '))

/** So long a phrase may be, in words. */
const mostWords = 20

/** The words to look for, in the singular: as a word is found by its beginning, that finds the plural too. */
export const wordsOf = (phrase = ''): string[] => {
  const all = [...new Set(wordsIn(fold(phrase)))]
  const telling = all.filter((word) => !common.has(word))
  return (telling.length > 0 ? telling : all).slice(0, mostWords).map((word) => (word.length > 3 ? word.replace(/(?<!s)s$/, '') : word))
}

/** How well an article fits the words; undefined when there are none to fit. */
const scoreOf = (words: readonly string[]): Sql | undefined => {
  const points = words.map((word) => sql`4 * (instr(title_words, ${` ${word}`}) > 0) + (instr(words, ${` ${word}`}) > 0)`)
  return points.length === 0 ? undefined : points.reduce((sum, point) => sql`${sum} + ${point}`)
}

const ofState = (state: ArticleQuery['state'] = defaultState): Sql => (state === 'all' ? sql`1` : sql`state = ${state}`)

const ofHelpCenter = (id: number | undefined, store: Store): Sql => {
  if (id === undefined) return sql`1`
  // [inferred] an unknown one is refused
  if (!store.get(helpCenters, id)) throw new Rejection(404, 'not_found', 'Resource Not Found')
  const ids = JSON.stringify(store.find(articleCollections, { where: sql`help_center_id = ${id}` }).map((collection) => Number(collection.id)))
  const alone = defaultHelpCenter(store)?.id === String(id) ? 1 : 0
  return sql`(parent_id IN (SELECT value FROM json_each(${ids})) OR (parent_id IS NULL AND ${alone} = 1))`
}
