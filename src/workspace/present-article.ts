import type { ArticleContent, ArticleDocument } from './article.ts'
import { helpCenterOf } from './article-collections.ts'
import type { Call } from './handler.ts'
import { addressOf, type HelpCenterDocument } from './help-centers.ts'
import { tags } from './tag.ts'
import { defaultLocale, presentTranslations } from './translations.ts'

type Seen = Pick<Call, 'store' | 'app'>

/** An article as lists and searches answer it: without its statistics. */
export const presentListed = (article: ArticleDocument, { store, app }: Seen) => {
  const { id, parent_id, translations } = article
  const site = helpCenterOf(store, parent_id)
  return {
    id,
    type: 'article',
    workspace_id: app.id_code,
    parent_id,
    parent_type: parent_id === null ? null : 'collection',
    // [inferred] the collection it stands in; the published examples have an empty list beside a parent_id
    parent_ids: parent_id === null ? [] : [parent_id],
    tags: presentTags(article, store),
    ...presentContent(article),
    url: publicAddress(article, id, site, defaultLocale) ?? null,
    ...presentTranslations(translations, 'article_translated_content', (content, locale) => ({
      type: 'article_content',
      ...presentContent(content),
      url: publicAddress(content, id, site, locale), // left out of a draft: only the article's own may be null
    })),
  }
}

/** An article by itself, with its statistics. */
export const presentArticle = (article: ArticleDocument, seen: Seen) => ({ ...presentListed(article, seen), statistics: presentStatistics(article) })

const presentContent = ({ title, description, body, author_id, state, created_at, updated_at }: ArticleContent) => ({
  title,
  description,
  body,
  author_id,
  state,
  created_at,
  updated_at,
})

/** Only what is published has one. */
const publicAddress = ({ state, title }: ArticleContent, id: string, site: HelpCenterDocument | undefined, locale: string): string | undefined =>
  state === 'published' ? addressOf(site, 'articles', id, title, locale) : undefined

const presentTags = ({ tags: applied }: ArticleDocument, store: Call['store']) => ({
  type: 'tag.list',
  tags: applied.flatMap(({ id, applied_at, admin_id }) => {
    const tag = store.get(tags, id)
    return tag ? [{ type: 'tag', id, name: tag.name, applied_at, applied_by: { type: 'admin', id: admin_id } }] : []
  }),
})

const presentStatistics = ({ statistics: { views, conversations, happy, neutral, sad } }: ArticleDocument) => {
  const reactions = happy + neutral + sad
  const share = (count: number): number => (reactions === 0 ? 0 : Math.round((count / reactions) * 1000) / 10)
  return {
    type: 'article_statistics',
    views,
    // one number under both its names: the schema's and the published examples'
    conversions: conversations,
    conversations,
    reactions,
    happy_reaction_percentage: share(happy),
    neutral_reaction_percentage: share(neutral),
    sad_reaction_percentage: share(sad),
  }
}
