import { changed, contentImportSources, defaultAvailability, presentSource, source, writableSource } from './content-import-sources.ts'
import { externalPages, page, presentPage, removePagesOf, rewrite, upsert } from './external-pages.ts'
import type { Handlers } from './handler.ts'
import { pageFrom } from './page.ts'
import { sql } from './store.ts'

const sourcesList = { path: '/ai/content_import_sources', perPage: 50, last: 'absent' } as const
const pagesList = { path: '/ai/external_pages', perPage: 50, last: 'absent' } as const

/** Pages come newest first, sources oldest first, as in the published answers. */
const newestFirst = sql`seq DESC`

export const handlers: Handlers<'ai-content'> = {
  list_content_import_sources: (request, call) => {
    const { items, total, pages } = pageFrom(contentImportSources, {}, request, sourcesList, call)
    return { type: 'list', pages, total_count: total, data: items.map(presentSource) }
  },

  create_content_import_source: ({ sync_behavior, status = 'active', url }, { store, now }) =>
    presentSource(
      store.put(contentImportSources, {
        ...defaultAvailability,
        id: store.next('content_import_source'),
        sync_behavior,
        status,
        url,
        created_at: now,
        updated_at: now,
        last_synced_at: now,
      }),
    ),

  get_content_import_source: ({ id }, { store }) => presentSource(source(store, id)),

  update_content_import_source: ({ id, ...change }, { store, now }) =>
    presentSource(store.put(contentImportSources, { ...changed(source(store, id), change), updated_at: now })),

  delete_content_import_source: ({ id }, { store }) => {
    const { id: removed } = source(store, id)
    removePagesOf(store, removed)
    store.remove(contentImportSources, removed)
    return {}
  },

  list_external_pages: (request, call) => {
    const { items, total, pages } = pageFrom(externalPages, { order: newestFirst }, request, pagesList, call)
    return { type: 'list', pages, total_count: total, data: items.map(presentPage) }
  },

  upsert_external_page: (content, call) => presentPage(upsert(content, call)),

  get_external_page: ({ id }, { store }) => presentPage(page(store, id)),

  update_external_page: ({ id, fin_availability, ...content }, call) => {
    const before = page(call.store, id)
    writableSource(call.store, before.source_id) // only pages made through the API change through it
    writableSource(call.store, content.source_id)
    const availability = fin_availability !== undefined && { ai_agent_availability: fin_availability, ai_copilot_availability: fin_availability }
    return presentPage(rewrite(before, { ...content, ...availability }, call))
  },

  delete_external_page: ({ id }, { store }) => {
    const removed = page(store, id)
    store.remove(externalPages, id)
    return presentPage({ ...removed, html: '' }) // the published answer has lost its body
  },
}
