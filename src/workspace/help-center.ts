import { created, removed, updated } from './article-collection-changes.ts'
import { articleCollection, articleCollections, presentCollection } from './article-collections.ts'
import { type Handlers, type Refusals, Rejection } from './handler.ts'
import { helpCenters, presentHelpCenter } from './help-centers.ts'
import { pageFrom } from './page.ts'
import { sql } from './store.ts'

const list = { path: '/help_center/collections', perPage: 20, last: 'absent' } as const
const lastUpdatedFirst = sql`updated_at DESC, seq DESC`

export const refusals: Refusals<'help-center'> = {
  create_collection: { name: () => new Rejection(400, 'parameter_not_found', 'Name is a required parameter.') },
}

export const handlers: Handlers<'help-center'> = {
  list_collections: (request, call) => {
    const { items, total, pages } = pageFrom(articleCollections, { order: lastUpdatedFirst }, request, list, call)
    return { type: 'list', pages, total_count: total, data: items.map((collection) => presentCollection(collection, call)) }
  },

  create_collection: (wanted, call) => presentCollection(created(wanted, call), call),

  get_collection: ({ id }, call) => presentCollection(articleCollection(call.store, id), call),

  update_collection: ({ id, ...change }, call) => presentCollection(updated(articleCollection(call.store, id), change, call), call),

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
