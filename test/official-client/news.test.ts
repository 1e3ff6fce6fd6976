import { Intercom, IntercomError } from 'intercom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve, type Served } from './workspace.ts'

let served: Served
let sender_id: number
beforeAll(async () => {
  served = await serve()
  sender_id = Number((await served.client.admins.identify())!.id)
})
afterAll(() => served.stop())

test('a news item is drafted, goes live in a feed, and is deleted', async () => {
  const { items, feeds } = served.client.news
  const newsfeed_id = Number((await feeds.list()).data![0]!.id)
  const idsIn = async (feed: number) => (await feeds.listItems({ newsfeed_id: String(feed) })).data!.map(({ id }) => id)
  const draft = await items.create({ title: 'Snow', body: '<p>Skis are here.</p>', sender_id, labels: ['New'], newsfeed_assignments: [{ newsfeed_id }] })
  expect(draft).toMatchObject({ type: 'news-item', state: 'draft', reactions: [null, null, null, null] })
  expect(await idsIn(newsfeed_id)).not.toContain(draft.id)
  const news_item_id = Number(draft.id)
  const live = await items.update({ news_item_id, body: { title: 'Snow', sender_id, state: 'live' } })
  expect(live).toMatchObject({ state: 'live', labels: ['New'], newsfeed_assignments: [{ newsfeed_id }] })
  expect((await idsIn(newsfeed_id))[0]).toBe(draft.id)
  expect(await items.find({ news_item_id })).toEqual(live)
  expect((await items.list()).data![0]!.id).toBe(draft.id)
  expect(await items.delete({ news_item_id })).toEqual({ id: draft.id, object: 'news-item', deleted: true })
  await expect(items.find({ news_item_id })).rejects.toBeInstanceOf(Intercom.NotFoundError)
  expect(await idsIn(newsfeed_id)).not.toContain(draft.id)
})

test('newsfeeds are listed and found', async () => {
  const { feeds } = served.client.news
  const { data, total_count } = await feeds.list()
  expect(total_count).toBe(2)
  expect(await feeds.find({ newsfeed_id: data![1]!.id! })).toEqual(data![1])
  // not declared for newsfeeds, so the client has no class of its own for it
  const unknown = feeds.find({ newsfeed_id: '9' })
  await expect(unknown).rejects.toBeInstanceOf(IntercomError)
  await expect(unknown).rejects.toMatchObject({ statusCode: 404 })
})

test('the sender must be a teammate', async () => {
  await expect(served.client.news.items.create({ title: 'x', sender_id: 1 })).rejects.toMatchObject({ statusCode: 400 })
})
