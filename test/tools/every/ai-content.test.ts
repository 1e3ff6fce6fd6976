import { expect, test } from 'vitest'
import { everyTool } from './session.ts'

everyTool(['ai-content'], ({ answered, one, many }) => {
  test('pages for Fin and where they come from', async () => {
    const source = await one('content_import_source', 'create_content_import_source', { sync_behavior: 'api', url: 'https://tides.example.test' })
    const source_id = source.id
    await one('content_import_source', 'get_content_import_source', { id: source_id })
    await one('content_import_source', 'update_content_import_source', { id: source_id, sync_behavior: 'api', url: 'https://tides.example.test/new' })
    expect((await many('content_import_sources', 'list_content_import_sources')).map(({ id }) => id)).toContain(source_id)
    const page = { title: 'Tides', html: '<h2>Tides</h2><p>Twice a day.</p>', locale: 'en', source_id, external_id: 'every-tool', url: 'https://tides.example.test/a' }
    const { id } = await one('external_page', 'upsert_external_page', page)
    expect(await one('external_page', 'update_external_page', { ...page, id, title: 'Ebb' })).toMatchObject({ title: 'Ebb' })
    expect(await one('external_page', 'get_external_page', { id })).toMatchObject({ html: '## Tides\n\nTwice a day.', url: page.url })
    await one('external_page', 'upsert_external_page', { ...page, external_id: 'long', html: `<p>${'High water. '.repeat(1000)}</p>` })
    expect((await many('external_pages', 'list_external_pages', { detail: 'full' }))[0]!.html).toMatch(/^High water\. .*… \([\d,]+ more characters\)$/)
    await answered('delete_external_page', { id })
    await answered('delete_content_import_source', { id: source_id })
  })
})
