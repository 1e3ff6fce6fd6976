import { type ArticleContent, type ArticleDocument, articles, noStatistics } from '../article.ts'
import type { Store } from '../store.ts'
import { type ArticleName, articleTexts, type SeedArticle, type Text } from './article-texts.ts'
import { articleTranslations } from './article-translations.ts'
import type { Clock } from './clock.ts'
import { groupId } from './help-centers.ts'
import { tagIds } from './labels.ts'
import { adminIds } from './workspace.ts'

const paragraph = (text: string): string => `<p class="no-margin">${text}</p>`

const html = ({ intro, steps = [], note }: Text): string =>
  [paragraph(intro), ...(steps.length > 0 ? [`<ol>${steps.map((step) => `<li>${paragraph(step)}</li>`).join('')}</ol>`] : []), ...(note ? [paragraph(note)] : [])].join('\n')

type Written = Pick<ArticleContent, 'author_id' | 'state' | 'created_at' | 'updated_at'>

const content = (text: Text, written: Written): ArticleContent => ({ title: text.title, description: text.description, body: html(text), ...written })

const translations = (name: ArticleName, written: Written): ArticleDocument['translations'] =>
  Object.fromEntries(Object.entries(articleTranslations[name] ?? {}).map(([locale, text]) => [locale, content(text, { ...written, state: text.state ?? written.state })]))

const statistics = ([views, conversations, happy, neutral, sad]: NonNullable<SeedArticle['seen']>) => ({ views, conversations, happy, neutral, sad })

/** Each was written some weeks after the one before; some were changed again lately. */
export const layArticles = (store: Store, { ago }: Clock): void => {
  const entries = Object.entries<SeedArticle>(articleTexts) as [ArticleName, SeedArticle][] // its own keys
  for (const [index, [name, article]] of entries.entries()) {
    const created_at = ago(1000 - index * 50, 9)
    const written: Written = { author_id: Number(adminIds[article.by]), state: article.draft ? 'draft' : 'published', created_at, updated_at: ago(4 + ((index * 37) % 95), 14) }
    store.put(articles, {
      ...content(article, written),
      id: String(store.next('article')),
      parent_id: article.in ? groupId(article.in) : null,
      translations: translations(name, written),
      statistics: article.seen ? statistics(article.seen) : noStatistics,
      tags: tagIds(article.tags ?? []).map((id) => ({ id, applied_at: created_at, admin_id: adminIds.ines })),
    })
  }
}
