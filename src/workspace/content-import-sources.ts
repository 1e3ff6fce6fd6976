import { Rejection } from './handler.ts'
import type { Collection, Store } from './store.ts'

/** Where external pages come from. */
export interface ContentImportSourceDocument {
  readonly id: number
  /** Intercom is sent `automated` and answers `automatic`. */
  readonly sync_behavior: 'api' | 'automatic' | 'manual'
  readonly status: 'active' | 'deactivated'
  readonly url: string
  /** What a new page may be used for unless it says otherwise. Set in Intercom, not through the API. */
  readonly ai_agent_default: boolean
  readonly ai_copilot_default: boolean
  readonly created_at: number
  readonly updated_at: number
  readonly last_synced_at: number
}

/** [inferred] What a source made through the API says of its pages: they may be used. */
export const defaultAvailability = { ai_agent_default: true, ai_copilot_default: true } as const

export const contentImportSources: Collection<ContentImportSourceDocument> = {
  table: 'content_import_source',
  columns: { updated_at: 'INTEGER' },
  facts: ({ updated_at }) => ({ updated_at }),
  blank: { sync_behavior: 'api', status: 'active', ...defaultAvailability },
}

export const presentSource = ({ id, last_synced_at, status, url, sync_behavior, created_at, updated_at }: ContentImportSourceDocument) => ({
  id,
  type: 'content_import_source',
  last_synced_at,
  status,
  url,
  sync_behavior,
  created_at,
  updated_at,
})

/** The source of that id, or a 404. */
export const source = (store: Store, id: string): ContentImportSourceDocument => {
  const found = store.get(contentImportSources, id)
  // [inferred] the words; the published description says nothing of an unknown source
  if (!found) throw new Rejection(404, 'not_found', 'Resource Not Found')
  return found
}

/** The source a page may be written to: it exists, and is kept through the API. */
export const writableSource = (store: Store, id: number): ContentImportSourceDocument => {
  const found = store.get(contentImportSources, id)
  // [inferred] both; a source named in the body is a bad parameter rather than a missing page
  if (!found) throw new Rejection(400, 'parameter_invalid', 'Content import source not found', 'source_id')
  if (found.sync_behavior !== 'api') throw new Rejection(400, 'parameter_invalid', 'Content import source is not synced through the API', 'source_id')
  return found
}

interface Change {
  readonly sync_behavior: 'api' | 'automated' | 'manual'
  readonly status?: 'active' | 'deactivated'
  readonly url: string
}

/** The source after a change. Its way of syncing never moves to or from `api`, and only an `api` source may move its URL. */
export const changed = (before: ContentImportSourceDocument, { sync_behavior: sent, status, url }: Change): ContentImportSourceDocument => {
  const sync_behavior = sent === 'automated' ? 'automatic' : sent
  if ((before.sync_behavior === 'api') !== (sync_behavior === 'api'))
    throw new Rejection(400, 'parameter_invalid', 'sync_behavior cannot be changed to or from api', 'sync_behavior')
  if (before.sync_behavior !== 'api' && url !== before.url)
    throw new Rejection(400, 'parameter_invalid', 'url can only be changed when sync_behavior is api', 'url')
  return { ...before, sync_behavior, url, status: status ?? before.status }
}
