import { type Call, Rejection } from './handler.ts'
import { writableSource } from './content-import-sources.ts'
import { type Collection, sql, type Store } from './store.ts'

/** A page of outside content that Fin and Copilot may answer from. */
export interface ExternalPageDocument {
  readonly id: string
  readonly source_id: number
  /** Unique in its source. */
  readonly external_id: string
  readonly title: string
  readonly html: string
  /** Where people read it, if anywhere. */
  readonly url?: string
  readonly locale: 'en'
  readonly ai_agent_availability: boolean
  readonly ai_copilot_availability: boolean
  readonly created_at: number
  readonly updated_at: number
  readonly last_ingested_at: number
}

export const externalPages: Collection<ExternalPageDocument> = {
  table: 'external_page',
  columns: { source_id: 'INTEGER', external_id: 'TEXT', updated_at: 'INTEGER' },
  facts: ({ source_id, external_id, updated_at }) => ({ source_id, external_id, updated_at }),
  indexed: ['external_id'],
  blank: { url: undefined, locale: 'en', ai_agent_availability: true, ai_copilot_availability: true },
}

/** [inferred] The sales agent's flag has no input in this version, and every published page has it. */
const salesAgent = true

export const presentPage = (page: ExternalPageDocument) => ({
  id: page.id,
  type: 'external_page',
  title: page.title,
  html: page.html,
  ...(page.url !== undefined && { url: page.url }),
  ai_agent_availability: page.ai_agent_availability,
  ai_copilot_availability: page.ai_copilot_availability,
  ai_sales_agent_availability: salesAgent,
  // [inferred] the old flag, which set both, is true when both are
  fin_availability: page.ai_agent_availability && page.ai_copilot_availability,
  locale: page.locale,
  source_id: page.source_id,
  external_id: page.external_id,
  created_at: page.created_at,
  updated_at: page.updated_at,
  last_ingested_at: page.last_ingested_at,
})

/** The page of that id, or a 404. */
export const page = (store: Store, id: string): ExternalPageDocument => {
  const found = store.get(externalPages, id)
  if (!found) throw new Rejection(404, 'not_found', 'Resource Not Found')
  return found
}

/** The page that a source calls `external_id`. Facts ignore case and ids do not, hence the second look. */
const pageNamed = (store: Store, sourceId: number, external_id: string): ExternalPageDocument | undefined =>
  store
    .find(externalPages, { where: sql`external_id = ${external_id} AND source_id = ${sourceId}` })
    .find((candidate) => candidate.external_id === external_id)

/** What a request says of a page. */
export interface PageContent {
  readonly title: string
  readonly html: string
  readonly locale: 'en'
  readonly source_id: number
  readonly url?: string
  readonly external_id?: string
  readonly ai_agent_availability?: boolean
  readonly ai_copilot_availability?: boolean
}

/** Replaces a page's content; what a request leaves out stays as it is. */
export const rewrite = (before: ExternalPageDocument, content: PageContent, { store, now }: Call): ExternalPageDocument => {
  const after = { ...before, ...content, updated_at: now, last_ingested_at: now }
  const twin = pageNamed(store, after.source_id, after.external_id)
  if (twin && twin.id !== before.id)
    throw new Rejection(400, 'parameter_invalid', 'external_id is already used in this content import source', 'external_id')
  return store.put(externalPages, after)
}

/** Puts a page into its source: the one of that external id is rewritten, otherwise a new one is made. */
export const upsert = (content: PageContent & { readonly external_id: string }, call: Call): ExternalPageDocument => {
  const { store, now } = call
  const { ai_agent_default, ai_copilot_default } = writableSource(store, content.source_id)
  const before = pageNamed(store, content.source_id, content.external_id)
  if (before) return rewrite(before, content, call)
  return store.put(externalPages, {
    ai_agent_availability: ai_agent_default,
    ai_copilot_availability: ai_copilot_default,
    ...content,
    id: String(store.next('external_page')),
    created_at: now,
    updated_at: now,
    last_ingested_at: now,
  })
}

export const removePagesOf = (store: Store, sourceId: number): void => {
  for (const { id } of store.find(externalPages, { where: sql`source_id = ${sourceId}` })) store.remove(externalPages, id)
}
