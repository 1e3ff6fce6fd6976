import type { Locale } from '../contract/translation.ts'
import { articles } from './article.ts'
import { updated as updatedArticle } from './article-changes.ts'
import { type ArticleCollectionDocument, articleCollections, childrenOf, defaultIcon, type GroupContent, parentCollection } from './article-collections.ts'
import { type Call, Rejection } from './handler.ts'
import { defaultHelpCenter, helpCenters } from './help-centers.ts'
import { sql, type Store } from './store.ts'
import { inDefault, withTranslations } from './translations.ts'

/** What a request says of a collection. */
export interface CollectionChange extends Partial<GroupContent> {
  readonly parent_id?: string | null
  readonly translated_content?: Readonly<Partial<Record<Locale, Partial<GroupContent>>>>
}

export const created = (wanted: CollectionChange & { readonly name: string; readonly help_center_id?: number | null }, { store, now }: Call): ArticleCollectionDocument => {
  const { translated_content, parent_id = null, help_center_id, ...outside } = wanted
  const content = { description: '', ...inDefault(translated_content, outside), name: wanted.name }
  return store.put(articleCollections, {
    id: String(store.next('article_collection')),
    ...content,
    ...placed(store, parent_id, helpCenterNamed(store, help_center_id)),
    icon: defaultIcon,
    translations: withTranslations({}, translated_content, translator(content)),
    created_at: now,
    updated_at: now,
  })
}

export const updated = (before: ArticleCollectionDocument, { parent_id = before.parent_id, translated_content, ...outside }: CollectionChange, { store, now }: Call): ArticleCollectionDocument => {
  const content = { ...before, ...inDefault(translated_content, outside) }
  const translations = withTranslations(before.translations, translated_content, translator(content))
  return store.put(articleCollections, { ...moved(store, content, parent_id), translations, updated_at: now })
}

/** Its articles stand in none then. [inferred] Collections that stood in it move up to where it stood. */
export const removed = (collection: ArticleCollectionDocument, call: Call): void => {
  const { store, now } = call
  const { id, parent_id, help_center_id } = collection
  for (const article of store.find(articles, { where: sql`parent_id = ${Number(id)}` })) updatedArticle(article, { parent_id: null }, call)
  for (const child of childrenOf(store, id, help_center_id)) store.put(articleCollections, { ...child, ...placed(store, parent_id, help_center_id), updated_at: now })
  store.remove(articleCollections, id)
}

/** [inferred] A translation that lacks the name takes the collection's. */
const translator = ({ name }: GroupContent) => (before: GroupContent | undefined, change: Partial<GroupContent>): GroupContent => ({
  ...(before ?? { name, description: '' }),
  ...change,
})

/** Where a collection stands: in another one, whose Help Center is its own then, or at the top. It comes last there. */
const placed = (store: Store, parent_id: string | null, help_center_id: number | null) => {
  const found = parent_id === null ? help_center_id : parentCollection(store, parent_id).help_center_id
  const last = childrenOf(store, parent_id, found).at(-1)
  return { parent_id, help_center_id: found, order: (last?.order ?? 0) + 1 }
}

/** [inferred] The refusal of an unknown Help Center. */
const helpCenterNamed = (store: Store, id: number | null = null): number | null => {
  const found = id === null ? defaultHelpCenter(store) : store.get(helpCenters, id)
  if (!found && id !== null) throw new Rejection(400, 'parameter_invalid', 'Help center not found', 'help_center_id')
  return found ? Number(found.id) : null
}

/** [inferred] A collection cannot stand in itself, nor in what stands in it. */
const requireOutside = (store: Store, collection: ArticleCollectionDocument, parent: string | null): void => {
  for (let at = parent; at !== null; at = store.get(articleCollections, at)?.parent_id ?? null)
    if (at === collection.id) throw new Rejection(400, 'parameter_invalid', 'A collection cannot be moved into itself', 'parent_id')
}

const moved = (store: Store, before: ArticleCollectionDocument, parent: string | null): ArticleCollectionDocument => {
  if (parent === before.parent_id) return before
  requireOutside(store, before, parent)
  return rehoused(store, { ...before, ...placed(store, parent, before.help_center_id) })
}

/** What stands in a collection goes with it to another Help Center. */
const rehoused = (store: Store, collection: ArticleCollectionDocument): ArticleCollectionDocument => {
  for (const child of store.find(articleCollections, { where: sql`parent_id = ${collection.id}` }))
    rehoused(store, store.put(articleCollections, { ...child, help_center_id: collection.help_center_id }))
  return collection
}
