import { ContentImportSource, ExternalPage } from '../contract/ai-content.ts'
import type { Kind } from './kind.ts'

export const externalPage: Kind = {
  name: 'external_page',
  plural: 'external_pages',
  schema: ExternalPage,
  headline: ['id', 'external_id', 'source_id', 'title', 'url'],
  brief: ['id', 'title'],
  summary: ['id', 'title', 'url', 'updated_at'],
  excerpt: 200,
  long: { html: 'get_external_page' },
  hidden: ['fin_availability'], // the two it stands for are shown
  times: 'minute',
}

export const contentImportSource: Kind = {
  name: 'content_import_source',
  plural: 'content_import_sources',
  schema: ContentImportSource,
  headline: ['id', 'url', 'sync_behavior', 'status'],
  brief: ['id', 'url'],
  times: 'minute',
}
