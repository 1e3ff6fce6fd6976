import type { Locale } from '../contract/translation.ts'
import { type Call, Rejection } from './handler.ts'
import { addressOf, defaultHelpCenter, type HelpCenterDocument, helpCenters } from './help-centers.ts'
import { type Collection, sql, type Store } from './store.ts'
import { defaultLocale, presentTranslations } from './translations.ts'

export interface GroupContent {
  readonly name: string
  readonly description: string
}

/** A collection of a Help Center. */
export interface ArticleCollectionDocument extends GroupContent {
  readonly id: string
  /** The collection it stands in. */
  readonly parent_id: string | null
  /** null only in a workspace without Help Centers. */
  readonly help_center_id: number | null
  readonly order: number
  readonly icon: string
  readonly translations: Readonly<Partial<Record<Locale, GroupContent>>>
  readonly created_at: number
  readonly updated_at: number
}

/** What the published answers show for one made through the API. */
export const defaultIcon = 'book-bookmark'

export const articleCollections: Collection<ArticleCollectionDocument> = {
  table: 'article_collection',
  columns: { parent_id: 'TEXT', help_center_id: 'INTEGER', place: 'INTEGER', updated_at: 'INTEGER' },
  facts: ({ parent_id, help_center_id, order, updated_at }) => ({ parent_id, help_center_id, place: order, updated_at }),
  indexed: ['parent_id'],
  blank: { description: '', icon: defaultIcon, order: 0 },
}

/** The collection of that id, or a 404. */
export const articleCollection = (store: Store, id: string): ArticleCollectionDocument => {
  const found = store.get(articleCollections, id)
  if (!found) throw new Rejection(404, 'not_found', 'Resource Not Found')
  return found
}

/** The collection that something shall stand in. [inferred] The refusal of an unknown one. */
export const parentCollection = (store: Store, id: string | number): ArticleCollectionDocument => {
  const found = store.get(articleCollections, id)
  if (!found) throw new Rejection(400, 'parameter_invalid', 'Parent collection not found', 'parent_id')
  return found
}

/** The collections that stand in one, or at the top of a Help Center, in their order. */
export const childrenOf = (store: Store, parent: string | null, helpCenter: number | null): ArticleCollectionDocument[] =>
  store.find(articleCollections, { where: sql`parent_id IS ${parent} AND help_center_id IS ${helpCenter}`, order: sql`place, seq` })

/** The Help Center that shows what stands in a collection, or in none. */
export const helpCenterOf = (store: Store, collectionId: string | number | null): HelpCenterDocument | undefined => {
  const id = collectionId === null ? undefined : store.get(articleCollections, collectionId)?.help_center_id
  return (id ? store.get(helpCenters, id) : undefined) ?? defaultHelpCenter(store)
}

export const presentCollection = (collection: ArticleCollectionDocument, { store, app }: Pick<Call, 'store' | 'app'>) => {
  const { id, name, description, icon, order, parent_id, help_center_id, translations, created_at, updated_at } = collection
  return {
    id,
    workspace_id: app.id_code,
    name,
    description,
    url: addressOf(helpCenterOf(store, id), 'collections', id, name, defaultLocale) ?? null,
    icon,
    order,
    created_at,
    updated_at,
    parent_id,
    // [inferred] also of one that stands in another, where a published example has null
    help_center_id,
    ...presentTranslations(translations, 'group_translated_content', (content) => ({ type: 'group_content', ...content })),
  }
}
