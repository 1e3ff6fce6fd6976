import {
  articleCollection,
  type ArticleCollectionDocument,
  articleCollections,
  childrenOf,
  defaultIcon,
  type GroupContent,
  parentCollection,
  presentCollection,
} from './article-collections.ts'
import { articles } from './article.ts'
import { uncollected } from './article-changes.ts'
import { type Call, type Handlers, type Refusals, Rejection } from './handler.ts'
import { defaultHelpCenter, helpCenters, presentHelpCenter } from './help-centers.ts'
import { pageFrom } from './page.ts'
import { sql, type Store } from './store.ts'
import { inDefault, withTranslations } from './translations.ts'

const list = { path: '/help_center/collections', perPage: 20, last: 'absent' } as const
const lastUpdatedFirst = sql`updated_at DESC, seq DESC`

export const refusals: Refusals<'help-center'> = {
  create_collection: { name: () => new Rejection(400, 'parameter_not_found', 'Name is a required parameter.') },
}

/** [inferred] A translation that lacks the name takes the collection's. */
const translator = ({ name }: GroupContent) => (before: GroupContent | undefined, change: Partial<GroupContent>): GroupContent => ({
  ...(before ?? { name, description: '' }),
  ...change,
})

/** Where a collection stands: in another one, whose Help Center is its own then, or at the top. It comes last there. */
const placed = (store: Store, parent_id: string | null, help_center_id: number) => {
  const found = parent_id === null ? help_center_id : parentCollection(store, parent_id).help_center_id
  const last = childrenOf(store, parent_id, found).at(-1)
  return { parent_id, help_center_id: found, order: (last?.order ?? 0) + 1 }
}

/** [inferred] The refusal of an unknown Help Center. */
const helpCenterNamed = (store: Store, id: number | null | undefined): number => {
  const found = id === null || id === undefined ? defaultHelpCenter(store) : store.get(helpCenters, id)
  if (!found) throw new Rejection(400, 'parameter_invalid', 'Help center not found', 'help_center_id')
  return Number(found.id)
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

/** Its articles stand in none then. [inferred] Collections that stood in it move up to where it stood. */
const removed = (collection: ArticleCollectionDocument, call: Call): void => {
  const { store, now } = call
  const { id, parent_id, help_center_id } = collection
  for (const article of store.find(articles, { where: sql`parent_id = ${Number(id)}` })) uncollected(article, call)
  for (const child of childrenOf(store, id, help_center_id)) store.put(articleCollections, { ...child, ...placed(store, parent_id, help_center_id), updated_at: now })
  store.remove(articleCollections, id)
}

export const handlers: Handlers<'help-center'> = {
  list_collections: (request, call) => {
    const { items, total, pages } = pageFrom(articleCollections, { order: lastUpdatedFirst }, request, list, call)
    return { type: 'list', pages, total_count: total, data: items.map((collection) => presentCollection(collection, call)) }
  },

  create_collection: ({ translated_content, parent_id = null, help_center_id, ...outside }, call) => {
    const { store, now } = call
    const { name = outside.name, description = '' } = inDefault(translated_content, outside)
    const made = store.put(articleCollections, {
      id: String(store.next('article_collection')),
      name,
      description,
      ...placed(store, parent_id, helpCenterNamed(store, help_center_id)),
      icon: defaultIcon,
      translations: withTranslations({}, translated_content, translator({ name, description })),
      created_at: now,
      updated_at: now,
    })
    return presentCollection(made, call)
  },

  get_collection: ({ id }, call) => presentCollection(articleCollection(call.store, id), call),

  update_collection: ({ id, parent_id, translated_content, ...change }, call) => {
    const { store, now } = call
    const before = articleCollection(store, id)
    const content = { ...before, ...inDefault(translated_content, change) }
    const after = {
      ...moved(store, content, parent_id === undefined ? before.parent_id : parent_id),
      translations: withTranslations(before.translations, translated_content, translator(content)),
      updated_at: now,
    }
    return presentCollection(store.put(articleCollections, after), call)
  },

  delete_collection: ({ id }, call) => {
    removed(articleCollection(call.store, id), call)
    return { id, object: 'collection', deleted: true }
  },

  list_help_centers: ({ page = 1 }, { store, app }) => ({
    type: 'list',
    // the official client asks for pages until one is empty
    data: page > 1 ? [] : store.find(helpCenters).map((found) => presentHelpCenter(found, app.id_code)),
  }),

  get_help_center: ({ id }, { store, app }) => {
    const found = store.get(helpCenters, id)
    if (!found) throw new Rejection(404, 'not_found', 'Resource Not Found')
    return presentHelpCenter(found, app.id_code)
  },
}
