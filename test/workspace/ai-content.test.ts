import { expect, test } from 'vitest'
import {
  createContentImportSource,
  deleteContentImportSource,
  deleteExternalPage,
  getContentImportSource,
  getExternalPage,
  listContentImportSources,
  listExternalPages,
  updateContentImportSource,
  updateExternalPage,
  upsertExternalPage,
} from '../../src/contract/ai-content.ts'
import { opened, start } from './opened.ts'

const api = 1
const automatic = 2
const content = { title: 'Tides', html: '<h1>Tides</h1>', locale: 'en', source_id: api } as const
const page = { ...content, external_id: 'tides' }
const missing = '404 not_found: Resource Not Found'

test('a source is made for the API, active unless said otherwise, with an integer for an id', async () => {
  const { ask, refusal } = opened()
  const made = await ask(createContentImportSource, { sync_behavior: 'api', url: 'https://docs.pondwick.example' })
  expect(made).toEqual({
    id: 3,
    type: 'content_import_source',
    sync_behavior: 'api',
    status: 'active',
    url: 'https://docs.pondwick.example',
    last_synced_at: start,
    created_at: start,
    updated_at: start,
  })
  expect(await ask(getContentImportSource, { id: '3' })).toEqual(made)
  expect(await ask(createContentImportSource, { sync_behavior: 'api', url: 'https://x.example', status: 'deactivated' })).toMatchObject({ status: 'deactivated' })
  expect(await refusal(createContentImportSource, { sync_behavior: 'automatic', url: 'https://x.example' })).toMatch(/^400 /)
  expect(await refusal(createContentImportSource, { sync_behavior: 'api' })).toMatch(/^400 /)
})

test('sources come oldest first, and the list has no next', async () => {
  const { ask } = opened()
  const { type, data, total_count, pages } = await ask(listContentImportSources, {})
  expect(type).toBe('list')
  expect(data.map(({ id, sync_behavior }) => [id, sync_behavior])).toEqual([
    [api, 'api'],
    [automatic, 'automatic'],
  ])
  expect(total_count).toBe(2)
  expect(pages).toEqual({ type: 'pages', page: 1, per_page: 50, total_pages: 1 })
})

test('a source never moves to or from api; only an api source moves its URL', async () => {
  const { ask, refusal, later } = opened()
  later(9)
  const url = 'https://pondwick.example/guides'
  expect(await ask(updateContentImportSource, { id: '1', sync_behavior: 'api', url: 'https://new.example' })).toMatchObject({
    url: 'https://new.example',
    status: 'active',
    updated_at: start + 9,
  })
  expect(await ask(updateContentImportSource, { id: '2', sync_behavior: 'manual', url, status: 'deactivated' })).toMatchObject({
    sync_behavior: 'manual',
    status: 'deactivated',
  })
  expect(await ask(updateContentImportSource, { id: '2', sync_behavior: 'automated', url })).toMatchObject({ sync_behavior: 'automatic', status: 'deactivated' })
  expect(await refusal(updateContentImportSource, { id: '2', sync_behavior: 'automated', url: 'https://new.example' })).toMatch(/^400 parameter_invalid: url/)
  expect(await refusal(updateContentImportSource, { id: '2', sync_behavior: 'api', url })).toMatch(/^400 parameter_invalid: sync_behavior/)
  expect(await refusal(updateContentImportSource, { id: '1', sync_behavior: 'manual', url })).toMatch(/^400 parameter_invalid: sync_behavior/)
  expect(await refusal(updateContentImportSource, { id: '1', sync_behavior: 'api' })).toMatch(/^400 /)
  expect(await refusal(updateContentImportSource, { id: '99', sync_behavior: 'api', url })).toBe(missing)
})

test('a deleted source takes its pages along, and answers nothing', async () => {
  const { ask, refusal, send } = opened()
  expect(await send('DELETE /ai/content_import_sources/1')).toEqual({ status: 204, body: undefined })
  expect(await refusal(getContentImportSource, { id: '1' })).toBe(missing)
  expect(await refusal(deleteContentImportSource, { id: '1' })).toBe(missing)
  const { data, total_count } = await ask(listExternalPages, { per_page: 150 })
  expect(total_count).toBe(32)
  expect(data.every(({ source_id }) => source_id === automatic)).toBe(true)
})

test('a page is made once for its external id, then rewritten', async () => {
  const { ask, later } = opened()
  const made = await ask(upsertExternalPage, page)
  expect(made).toEqual({
    ...page,
    id: '65',
    type: 'external_page',
    ai_agent_availability: true,
    ai_copilot_availability: true,
    ai_sales_agent_availability: true,
    fin_availability: true,
    created_at: start,
    updated_at: start,
    last_ingested_at: start,
  })
  later(60)
  const again = await ask(upsertExternalPage, { ...page, title: 'Tides and winds', url: 'https://help.pondwick.example/tides' })
  const changes = { title: 'Tides and winds', url: 'https://help.pondwick.example/tides', updated_at: start + 60, last_ingested_at: start + 60 }
  expect(again).toEqual({ ...made, ...changes })
  expect(await ask(getExternalPage, { id: made.id })).toEqual(again)
  expect((await ask(listExternalPages, {})).total_count).toBe(65)
})

test('the same external id in another source, or in other case, is another page', async () => {
  const { ask } = opened()
  const { id } = await ask(createContentImportSource, { sync_behavior: 'api', url: 'https://docs.pondwick.example' })
  const made = [page, { ...page, source_id: id }, { ...page, external_id: 'Tides' }]
  const ids = new Set<string>()
  for (const one of made) ids.add((await ask(upsertExternalPage, one)).id)
  expect(ids.size).toBe(3)
})

test('availabilities are taken when given, and kept when not', async () => {
  const { ask } = opened()
  const made = await ask(upsertExternalPage, { ...page, ai_agent_availability: false })
  expect(made).toMatchObject({ ai_agent_availability: false, ai_copilot_availability: true, fin_availability: false })
  expect(await ask(upsertExternalPage, page)).toMatchObject({ ai_agent_availability: false, ai_copilot_availability: true })
})

test('the old flag of an update sets both', async () => {
  const { ask } = opened()
  const { id } = await ask(upsertExternalPage, page)
  const update = { id, ...content, url: 'https://help.pondwick.example/tides' }
  expect(await ask(updateExternalPage, { ...update, fin_availability: false })).toMatchObject({
    ai_agent_availability: false,
    ai_copilot_availability: false,
    fin_availability: false,
    external_id: 'tides',
  })
  expect(await ask(updateExternalPage, update)).toMatchObject({ ai_agent_availability: false, fin_availability: false })
  expect(await ask(updateExternalPage, { ...update, fin_availability: true, external_id: 'winds' })).toMatchObject({
    ai_agent_availability: true,
    ai_copilot_availability: true,
    external_id: 'winds',
  })
})

test('an update needs all five, and an external id that is free', async () => {
  const { ask, refusal } = opened()
  const { id } = await ask(upsertExternalPage, page)
  const update: Record<string, unknown> = { id, ...content, url: 'https://help.pondwick.example/tides' }
  for (const field of ['title', 'html', 'url', 'locale', 'source_id'])
    expect(await refusal(updateExternalPage, { ...update, [field]: undefined }), field).toMatch(/^400 /)
  expect(await refusal(updateExternalPage, { ...update, external_id: 'help-101' })).toMatch(/^400 parameter_invalid: external_id/)
  for (const operation of [updateExternalPage, upsertExternalPage]) expect(await refusal(operation, { ...update, external_id: '' })).toMatch(/^400 parameter_invalid: external_id/)
  expect(await refusal(updateExternalPage, { ...update, id: '999' })).toBe(missing)
})

test('pages are written only to api sources that exist, in English', async () => {
  const { ask, refusal } = opened()
  expect(await refusal(upsertExternalPage, { ...page, source_id: 99 })).toMatch(/^400 parameter_invalid: Content import source not found/)
  expect(await refusal(upsertExternalPage, { ...page, source_id: automatic })).toMatch(/^400 parameter_invalid/)
  expect(await refusal(upsertExternalPage, { ...page, locale: 'fr' })).toMatch(/^400 /)
  expect(await refusal(upsertExternalPage, content)).toMatch(/^400 /)
  const { data } = await ask(listExternalPages, {})
  const synced = data.find(({ source_id }) => source_id === automatic)
  const update = { id: synced?.id ?? '', ...content, url: 'https://help.pondwick.example/tides' }
  expect(await refusal(updateExternalPage, update)).toMatch(/^400 parameter_invalid/)
})

test('a deleted page is answered once more, without its body', async () => {
  const { ask, refusal } = opened()
  const before = await ask(getExternalPage, { id: '1' })
  expect(await ask(deleteExternalPage, { id: '1' })).toEqual({ ...before, html: '' })
  expect(await refusal(getExternalPage, { id: '1' })).toBe(missing)
  expect(await refusal(deleteExternalPage, { id: '1' })).toBe(missing)
})

test('pages come newest first; next is a URL, and absent at the end; beyond it there is nothing', async () => {
  const { ask, send } = opened()
  const first = await ask(listExternalPages, {})
  expect(first).toMatchObject({ type: 'list', total_count: 64, pages: { type: 'pages', page: 1, per_page: 50, total_pages: 2 } })
  expect(first.data.map(({ id }) => Number(id))).toEqual(Array.from({ length: 50 }, (_, index) => 64 - index))
  expect(first.pages?.next).toBe('http://workspace.test/ai/external_pages?per_page=50&page=2')
  const last = await ask(listExternalPages, { page: 2 })
  expect(last.data).toHaveLength(14)
  expect(last.pages).toEqual({ type: 'pages', page: 2, per_page: 50, total_pages: 2 })
  expect(await ask(listExternalPages, { page: 3 })).toMatchObject({ data: [], total_count: 64, pages: { page: 3, total_pages: 2 } })
  expect((await send('GET /ai/external_pages?page=0')).status).toBe(400)
  expect((await send('GET /ai/external_pages?page=two')).status).toBe(400)
})
