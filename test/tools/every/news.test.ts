import { expect, test } from 'vitest'
import { everyTool } from './session.ts'

everyTool(['news'], ({ answered, one, many }) => {
  test('an announcement, from the draft to the feed', async () => {
    const admin = await one('admin', 'identify_admin')
    const [feed] = await many('newsfeeds', 'list_newsfeeds')
    expect(await one('newsfeed', 'get_newsfeed', { id: feed!.id })).toMatchObject({ name: 'Everyone' })
    const item = { title: 'Snow', sender_id: admin.id, body: '<p>Skis are <b>here</b>.</p>', newsfeed_assignments: [{ newsfeed_id: feed!.id }] }
    const { id } = await one('news_item', 'create_news_item', item)
    await one('news_item', 'update_news_item', { id, title: 'Snow', sender_id: admin.id, state: 'live' })
    expect(await one('news_item', 'get_news_item', { id })).toMatchObject({ state: 'live', body: 'Skis are **here**.', newsfeed_assignments: [{ newsfeed_id: 1 }] })
    expect((await many('news_items', 'list_newsfeed_items', { id: feed!.id }))[0]).toMatchObject({ id })
    expect(await many('news_items', 'list_news_items')).toHaveLength(6)
    await answered('delete_news_item', { id })
  })
})
