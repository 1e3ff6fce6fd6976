import * as z from 'zod'
import { operation } from './operation.ts'
import { byId, isGone, shows, showsMade } from './read-back.ts'
import { Empty, Html, numberedList, shape, Timestamp } from './shape.ts'

const permission = 'Read and write AI content'
const paging = { style: 'page', default: 50, max: 150, items: 'data' } as const
const pageInput = z.strictObject({
  page: z.int().min(1).optional(),
  per_page: z.int().min(1).max(150).optional().describe('Items a page; 50 by default.'),
})

/** Where external pages come from: a website or a system of yours. */
export const ContentImportSource = shape(
  { id: z.int() },
  {
    type: z.string(),
    last_synced_at: Timestamp,
    sync_behavior: z.string().describe('api | automatic | manual'),
    status: z.enum(['active', 'deactivated']),
    url: z.string(),
    created_at: Timestamp,
    updated_at: Timestamp,
  },
)

/** A page of outside content that Fin and Copilot may answer from. Unique by source and external id. */
export const ExternalPage = shape(
  { id: z.string() },
  {
    type: z.string(),
    title: z.string(),
    html: Html,
    url: z.string(),
    ai_agent_availability: z.boolean(),
    ai_copilot_availability: z.boolean(),
    ai_sales_agent_availability: z.boolean(),
    fin_availability: z.boolean(),
    locale: z.string(),
    source_id: z.int(),
    external_id: z.string(),
    created_at: Timestamp,
    updated_at: Timestamp,
    last_ingested_at: Timestamp,
  },
)

const sourceId = z.string().describe("The content import source's id.")
const pageId = z.string().describe("The external page's id.")
const status = z.enum(['active', 'deactivated']).describe('active by default.')

export const listContentImportSources = operation({
  name: 'list_content_import_sources',
  operationId: 'listContentImportSources',
  title: 'List content import sources',
  description: 'Where the external pages of this workspace come from.',
  asked: 'where fin knowledge all websites sync origins ai which use bot learn overview url sites everything trained connected answers when each last catalogue active deactivated pick external page many',
  route: 'GET /ai/content_import_sources',
  effect: 'read',
  permission,
  input: pageInput,
  output: numberedList('data', ContentImportSource),
  paging,
  resource: 'intercom://content-import-sources',
})

export const createContentImportSource = operation({
  name: 'create_content_import_source',
  operationId: 'createContentImportSource',
  title: 'Create a content import source',
  description: 'A new source to put external pages in through the API. Who may see its pages by default is set in Intercom, not here.',
  asked: 'add register connect new knowledge website docs site fin ai bot teach outside wiki feed external documentation learn set api sync hook confluence notion space train assistant manual start place container pages',
  route: 'POST /ai/content_import_sources',
  effect: 'write',
  permission,
  input: z.strictObject({
    sync_behavior: z.literal('api'),
    status: status.optional(),
    url: z.string().describe('Root URL of the source.'),
  }),
  output: ContentImportSource,
  readBack: { operation: listContentImportSources, input: () => ({ per_page: paging.max }), happened: showsMade('status', 'url sync_behavior') },
})

export const getContentImportSource = operation({
  name: 'get_content_import_source',
  operationId: 'getContentImportSource',
  title: 'Get a content import source',
  description: 'One source of external pages by id.',
  asked: 'details status last sync one knowledge show when fin active url ai behavior view single look site check state pull created finish',
  route: 'GET /ai/content_import_sources/{id}',
  effect: 'read',
  permission,
  input: z.strictObject({ id: sourceId }),
  output: ContentImportSource,
  resource: 'intercom://content-import-sources/{id}',
})

export const updateContentImportSource = operation({
  name: 'update_content_import_source',
  operationId: 'updateContentImportSource',
  title: 'Update a content import source',
  description: 'Changes status or URL of a source. sync_behavior and url must be given; sync_behavior cannot change to or from api.',
  asked: 'change url knowledge deactivate pause activate turn off sync behaviour fin docs site moved new domain switch manual automatic reactivate ai edit settings without deleting bot uses old address wiki enable again correct web status',
  route: 'PUT /ai/content_import_sources/{id}',
  effect: 'write',
  idempotent: true,
  permission,
  input: z.strictObject({
    id: sourceId,
    sync_behavior: z.enum(['api', 'automated', 'manual']).describe('automated is answered as automatic.'),
    status: status.optional(),
    url: z.string(),
  }),
  output: ContentImportSource,
  readBack: { operation: getContentImportSource, input: byId, happened: shows('status', 'url sync_behavior') },
})

export const deleteContentImportSource = operation({
  name: 'delete_content_import_source',
  operationId: 'deleteContentImportSource',
  title: 'Delete a content import source',
  description: 'Removes a source and every external page in it. Cannot be undone.',
  asked: 'remove drop disconnect knowledge all pages fin bot stop learning site website ai rid old docs throw whole longer needed forget everything wiki retire clean outdated purge obsolete documentation gone',
  route: 'DELETE /ai/content_import_sources/{id}',
  effect: 'destroy',
  undoneBy: 'never',
  idempotent: true,
  permission,
  input: z.strictObject({ id: sourceId }),
  output: Empty,
  status: 204,
  readBack: { operation: getContentImportSource, input: ({ id }) => ({ id }), happened: isGone },
})

export const listExternalPages = operation({
  name: 'list_external_pages',
  operationId: 'listExternalPages',
  title: 'List external pages',
  description: 'The outside pages that Fin and Copilot may answer from, all sources together.',
  asked: 'all documents ai agent fin read imported content which bot knows overview ingested everything outside many learn title catalogue available copilot recently browse what came sites',
  route: 'GET /ai/external_pages',
  effect: 'read',
  permission,
  input: pageInput,
  output: numberedList('data', ExternalPage),
  paging,
})

const page = {
  title: z.string(),
  html: z.string().describe('The body, in HTML.'),
  locale: z.literal('en').describe('Only en.'),
  source_id: z.int().describe('Id of the content import source, which must be one kept through the API.'),
}

const showsPage = shows('title locale source_id external_id ai_agent_availability ai_copilot_availability', 'html url fin_availability')

export const upsertExternalPage = operation({
  name: 'upsert_external_page',
  operationId: 'createExternalPage',
  title: 'Create or update an external page',
  description: 'Puts a page into a source: a page with this external_id in this source is replaced, otherwise a new one is made.',
  asked: 'add publish push index ingest upload document text fin ai bot answer teach train create replace knowledge base import web html one new content source wiki know feed shipping policy own cms agent faq outside site',
  route: 'POST /ai/external_pages',
  effect: 'write',
  idempotent: true,
  permission,
  input: z.strictObject({
    ...page,
    external_id: z.string().min(1).describe('The id the page has in your own system; unique in its source.'),
    url: z.string().optional().describe('Where people can read the page; Fin links to it.'),
    ai_agent_availability: z.boolean().optional().describe('Fin may answer from it. A new page takes the default of its source.'),
    ai_copilot_availability: z.boolean().optional().describe('Copilot may answer from it. A new page takes the default of its source.'),
  }),
  output: ExternalPage,
  // no read by external id: it is on the first page of the list, or it is not known
  readBack: { operation: listExternalPages, input: () => ({ per_page: paging.max }), happened: showsPage },
})

export const getExternalPage = operation({
  name: 'get_external_page',
  operationId: 'getExternalPage',
  title: 'Get an external page',
  description: 'One external page by id, with its HTML.',
  asked: 'read one ai knowledge show what fin sees details imported full html uses text bot learn view content when last ingested which source available agent copilot single document look title url open behind answer',
  route: 'GET /ai/external_pages/{id}',
  effect: 'read',
  permission,
  input: z.strictObject({ id: pageId }),
  output: ExternalPage,
  resource: 'intercom://external-pages/{id}',
})

export const updateExternalPage = operation({
  name: 'update_external_page',
  operationId: 'updateExternalPage',
  title: 'Update an external page',
  description: 'Replaces title, HTML, URL, locale and source of a page made through the API; all five must be given.',
  asked: 'edit change refresh html title text ai knowledge hide fin copilot correct learned imported content site copy fix wrong price bot new rename url answers old version replace turn off agent rewrite document bring date',
  route: 'PUT /ai/external_pages/{id}',
  effect: 'write',
  idempotent: true,
  permission,
  input: z.strictObject({
    id: pageId,
    ...page,
    url: z.string(),
    fin_availability: z.boolean().optional().describe('Sets both availabilities at once.'),
    external_id: z.string().min(1).optional(),
  }),
  output: ExternalPage,
  readBack: { operation: getExternalPage, input: byId, happened: showsPage },
})

export const deleteExternalPage = operation({
  name: 'delete_external_page',
  operationId: 'deleteExternalPage',
  title: 'Delete an external page',
  description: 'Removes a page from the content library and from AI answers. A page of an automatically synced source returns at the next sync.',
  asked: 'remove what fin ai agent knows stop using document bot quotes outdated take imported rid one must anymore drop knowledge source obsolete still throw wrongly unlearn clean stale content longer exists site wrong answers come',
  route: 'DELETE /ai/external_pages/{id}',
  effect: 'destroy',
  idempotent: true,
  permission,
  input: z.strictObject({ id: pageId }),
  output: ExternalPage,
  readBack: { operation: getExternalPage, input: ({ id }) => ({ id }), happened: isGone },
})
