import { IntercomError } from 'intercom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve, type Served } from './workspace.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.stop())

test('a source is made, filled, changed and removed with its pages', async () => {
  const { aiContent } = served.client
  const source = await aiContent.createContentImportSource({ url: 'https://docs.example.test', status: 'active' })
  expect(source).toMatchObject({ type: 'content_import_source', sync_behavior: 'api', status: 'active' })
  const source_id = String(source.id)
  expect((await aiContent.getContentImportSource({ source_id })).url).toBe('https://docs.example.test')
  expect((await aiContent.listContentImportSources()).data!.map(({ id }) => id)).toContain(source.id)
  expect(await aiContent.updateContentImportSource({ source_id, sync_behavior: 'api', status: 'deactivated', url: 'https://docs.example.test' })).toMatchObject({
    status: 'deactivated',
  })

  const page = { title: 'Returns', html: '<p>30 days</p>', url: 'https://docs.example.test/returns', source_id: source.id, external_id: 'returns' }
  const first = await aiContent.createExternalPage(page)
  const second = await aiContent.createExternalPage({ ...page, html: '<p>60 days</p>' })
  expect(second.id).toBe(first.id)
  expect((await aiContent.getExternalPage({ page_id: first.id })).html).toBe('<p>60 days</p>')
  expect(await aiContent.updateExternalPage({ ...page, page_id: first.id, title: 'Returns and refunds' })).toMatchObject({ title: 'Returns and refunds' })
  expect((await aiContent.deleteExternalPage({ page_id: first.id })).id).toBe(first.id)

  const another = await aiContent.createExternalPage({ ...page, external_id: 'another' })
  await aiContent.deleteContentImportSource({ source_id })
  await expect(aiContent.getExternalPage({ page_id: another.id })).rejects.toBeInstanceOf(IntercomError)
  await expect(aiContent.getContentImportSource({ source_id })).rejects.toMatchObject({ statusCode: 404 })
})

test('the list of pages tells how many there are', async () => {
  const list = await served.client.aiContent.listExternalPages()
  expect(list.total_count).toBeGreaterThan(50)
  expect(list.data!.length).toBe(50)
  expect(list.pages).toMatchObject({ type: 'pages', page: 1, per_page: 50 })
})
