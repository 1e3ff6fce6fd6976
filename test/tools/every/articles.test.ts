import { expect, test } from 'vitest'
import { everyTool } from './session.ts'

everyTool(['articles', 'internal-articles', 'help-center'], ({ answered, one, many }) => {
  test('an article in a collection of its own, in two languages', async () => {
    const admin = await one('admin', 'identify_admin')
    const [site] = await many('help_centers', 'list_help_centers')
    expect(await one('help_center', 'get_help_center', { id: site!.id })).toMatchObject({ url: site!.url })
    const parent = await one('collection', 'create_collection', { name: 'Winter', help_center_id: site!.id })
    expect(await one('collection', 'update_collection', { id: parent.id, name: 'Snow and ice', translated_content: { fr: { name: 'Neige' } } })).toMatchObject({
      name: 'Snow and ice',
      translated_content: { fr: { name: 'Neige' } },
    })
    expect((await many('collections', 'list_collections'))[0]).toMatchObject({ id: parent.id, translated_content_count: 1 })

    const { id } = await one('article', 'create_article', { title: 'Waxing skis', author_id: admin.id, body: '<p>Warm the <b>wax</b>.</p><ol><li><p>Rub</p></li></ol>', parent_id: parent.id })
    const fr = { title: 'Farter ses skis', body: '<p>Chauffez.</p>', state: 'published' }
    await one('article', 'update_article', { id, state: 'published', translated_content: { fr } })
    expect(await one('article', 'get_article', { id })).toMatchObject({
      title: 'Waxing skis',
      state: 'published',
      body: 'Warm the **wax**.\n\n1. Rub',
      translated_content: { fr: { title: 'Farter ses skis' } },
      statistics: { views: 0 },
    })
    expect(await one('article', 'get_article', { id, locale: 'fr' })).toMatchObject({ title: 'Farter ses skis', body: 'Chauffez.' })
    expect((await many('articles', 'list_articles'))[0]).toMatchObject({ id, translated_content_count: 1 })
    await answered('delete_article', { id })
    await answered('delete_collection', { id: parent.id })
    expect(await one('collection', 'get_collection', { id: 2 })).toMatchObject({ name: 'Bookings and payments' })
  })

  test('a search shows beside each article where its words are', async () => {
    const { articles, total, next_page } = await answered('search_articles', { phrase: 'refund', highlight: true, per_page: 2 })
    expect((articles as object[])[0]).toMatchObject({ title: 'Refund a guest', highlighted_title: '**Refund** a guest' })
    expect((articles as { highlighted_summary: string[] }[])[0]!.highlighted_summary[0]).toContain('**Refund**')
    expect([(articles as object[]).length, next_page]).toEqual([2, 2])
    expect(total).toBeGreaterThan(2)
  })

  test('an internal article', async () => {
    const admin = await one('admin', 'identify_admin')
    const { id } = await one('internal_article', 'create_internal_article', { title: 'Late guests', body: 'Call.', author_id: admin.id, owner_id: admin.id })
    await one('internal_article', 'update_internal_article', { id, body: '<p>Call <i>twice</i>.</p>' })
    expect(await one('internal_article', 'get_internal_article', { id })).toMatchObject({ title: 'Late guests', body: 'Call _twice_.' })
    expect((await many('internal_articles', 'list_internal_articles'))[0]).toMatchObject({ id })
    expect(await many('internal_articles', 'search_internal_articles', { folder_id: '702' })).toMatchObject([{ title: 'Who may promise a refund' }])
    await answered('delete_internal_article', { id })
  })
})
