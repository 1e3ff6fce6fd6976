import { describe, expect, test } from 'vitest'
import {
  createNewsItem,
  deleteNewsItem,
  getNewsfeed,
  getNewsItem,
  listNewsfeedItems,
  listNewsfeeds,
  listNewsItems,
  updateNewsItem,
} from '../../src/contract/news.ts'
import { effectOf } from '../../src/contract/operation.ts'
import { ines, opened, start } from './opened.ts'

const sender_id = Number(ines)
const missing = '404 not_found: Resource Not Found'

describe('a news item', () => {
  test('is a draft in no feed, with four reactions that nobody chose', async () => {
    const { ask } = opened()
    const made = await ask(createNewsItem, { title: 'Snow', sender_id, body: '<p onclick="x()">Skis are here.</p>' })
    expect(made).toEqual({
      id: '6',
      type: 'news-item',
      workspace_id: 'pw7k2m9x',
      title: 'Snow',
      body: '<p>Skis are here.</p>',
      sender_id,
      state: 'draft',
      labels: [],
      cover_image_url: null,
      reactions: [null, null, null, null],
      deliver_silently: false,
      created_at: start,
      updated_at: start,
      newsfeed_assignments: [],
    })
    expect(await ask(getNewsItem, { id: '6' })).toEqual(made)
  })

  test('keeps its labels in the order of the alphabet, and what an update leaves out', async () => {
    const { ask, later } = opened()
    const whole = { title: 'Snow', sender_id, labels: ['Product', 'Update', 'New'], reactions: ['⛷️', null], deliver_silently: true }
    const made = await ask(createNewsItem, { ...whole, newsfeed_assignments: [{ newsfeed_id: 1, published_at: start - 60 }], state: 'live' })
    expect(made).toMatchObject({ labels: ['New', 'Product', 'Update'], reactions: ['⛷️', null], newsfeed_assignments: [{ newsfeed_id: 1, published_at: start - 60 }] })
    later(60)
    expect(await ask(updateNewsItem, { id: made.id, title: 'Ice', sender_id })).toEqual({ ...made, title: 'Ice', updated_at: start + 60 })
    expect(await ask(updateNewsItem, { id: made.id, title: 'Ice', sender_id, reactions: [], labels: [] })).toMatchObject({ reactions: [], labels: [] })
  })

  test('is dated when it goes live, and not before', async () => {
    const { ask, later } = opened()
    const { id } = await ask(createNewsItem, { title: 'Snow', sender_id, newsfeed_assignments: [{ newsfeed_id: 1, published_at: start - 60 }, { newsfeed_id: 2 }] })
    const dates = async () => (await ask(getNewsItem, { id })).newsfeed_assignments?.map(({ published_at }) => published_at)
    expect(await dates()).toEqual([undefined, undefined])
    later(60)
    await ask(updateNewsItem, { id, title: 'Snow', sender_id, state: 'live' })
    expect(await dates()).toEqual([start + 60, start + 60])
    later(60)
    await ask(updateNewsItem, { id, title: 'Ice', sender_id })
    expect(await dates()).toEqual([start + 60, start + 60])
  })

  test('needs a title and a teammate for sender, at an update too; feeds must exist, and no date be to come', async () => {
    const { refusal } = opened()
    for (const [operation, id] of [[createNewsItem, undefined], [updateNewsItem, '1']] as const) {
      const item = { id, title: 'x', sender_id }
      expect(await refusal(operation, { ...item, title: undefined })).toBe('400 parameter_not_found: title is a required parameter')
      expect(await refusal(operation, { ...item, sender_id: undefined })).toBe('400 parameter_not_found: sender_id is a required parameter')
      expect(await refusal(operation, { ...item, sender_id: 1 })).toBe('400 parameter_invalid: The sender specified is not a member of the workspace')
      expect(await refusal(operation, { ...item, newsfeed_assignments: [{ newsfeed_id: 9 }] })).toMatch(/^400 parameter_invalid: Newsfeed 9/)
      expect(await refusal(operation, { ...item, newsfeed_assignments: [{ newsfeed_id: 1, published_at: start + 60 }], state: 'live' })).toMatch(/^400 .*future/)
    }
  })

  test('that is a draft has no date, not even one to come, and each feed once', async () => {
    const { ask, send } = opened()
    const newsfeed_assignments = [{ newsfeed_id: 1, published_at: start + 60 }, { newsfeed_id: 2 }, { newsfeed_id: 1 }]
    const made = await ask(createNewsItem, { title: 'Snow', sender_id, labels: ['New', 'Ice', 'New'], newsfeed_assignments })
    expect(made).toMatchObject({ labels: ['Ice', 'New'], newsfeed_assignments: [{ newsfeed_id: 1 }, { newsfeed_id: 2 }] })
    const dates = [{ newsfeed_id: '1', published_at: null }, { newsfeed_id: 2, published_at: start - 60.5 }]
    const { body } = await send('POST /news/news_items', { title: 'Snow', sender_id, state: 'live', newsfeed_assignments: dates })
    expect(body).toMatchObject({ newsfeed_assignments: [{ newsfeed_id: 1, published_at: start }, { newsfeed_id: 2, published_at: start - 61 }] })
  })

  test('that is deleted is gone, from its feeds too', async () => {
    const { ask, refusal } = opened()
    expect(await ask(deleteNewsItem, { id: '2' })).toEqual({ id: '2', object: 'news-item', deleted: true })
    for (const operation of [getNewsItem, deleteNewsItem]) expect(await refusal(operation, { id: '2' })).toBe(missing)
    expect(await refusal(updateNewsItem, { id: '2', title: 'x', sender_id })).toBe(missing)
    expect((await ask(listNewsfeedItems, { id: '2' })).data.map(({ id }) => id)).toEqual(['3'])
  })

  test.each([
    ['write', { title: 'x', sender_id }],
    ['write', { title: 'x', sender_id, state: 'draft' }],
    ['send', { title: 'x', sender_id, state: 'live' }],
  ] as const)('is a %s when made as %j', (effect, input) => expect(effectOf(createNewsItem, input)).toBe(effect))

  test('that is changed may be live, unless the change makes it a draft', () => {
    expect(effectOf(updateNewsItem, { id: '1', title: 'x', sender_id })).toBe('send')
    expect(effectOf(updateNewsItem, { id: '1', title: 'x', sender_id, state: 'draft' })).toBe('write')
  })
})

test('news items come newest first, ten a page', async () => {
  const { ask } = opened()
  for (let number = 1; number <= 6; number++) await ask(createNewsItem, { title: `Number ${number}`, sender_id })
  const first = await ask(listNewsItems, {})
  expect(first).toMatchObject({ type: 'list', total_count: 11, pages: { page: 1, per_page: 10, total_pages: 2 } })
  expect(first.data.map(({ id }) => Number(id))).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
  expect(first.pages?.next).toBe('http://workspace.test/news/news_items?per_page=10&page=2')
  const last = await ask(listNewsItems, { page: 2 })
  expect(last.data.map(({ id }) => id)).toEqual(['1'])
  expect(last.pages).not.toHaveProperty('next')
})

describe('newsfeeds', () => {
  test.each(['demo', 'empty'] as const)('are there in a workspace that is %s, since the API makes none', async (seed) => {
    const { ask, refusal } = opened({ seed })
    const { data, total_count } = await ask(listNewsfeeds, {})
    expect(data.map(({ id, type, name }) => [id, type, name])).toEqual([['1', 'newsfeed', 'Everyone'], ['2', 'newsfeed', 'Owners on Fleet']])
    expect(total_count).toBe(2)
    expect(await ask(getNewsfeed, { id: '2' })).toEqual(data[1])
    for (const operation of [getNewsfeed, listNewsfeedItems]) expect(await refusal(operation, { id: '9' })).toBe(missing)
  })

  test('have the live items that are assigned to them, last published first', async () => {
    const { ask } = opened()
    const of = async (id: string) => (await ask(listNewsfeedItems, { id })).data.map((item) => item.id)
    expect([await of('1'), await of('2')]).toEqual([['2', '1'], ['3', '2']])
    await ask(updateNewsItem, { id: '2', title: 'x', sender_id, state: 'draft' })
    expect([await of('1'), await of('2')]).toEqual([['1'], ['3']])
    await ask(updateNewsItem, { id: '1', title: 'x', sender_id, newsfeed_assignments: [{ newsfeed_id: 2 }] })
    expect([await of('1'), await of('2')]).toEqual([[], ['1', '3']])
    const page = await ask(listNewsfeedItems, { id: '2', per_page: 1 })
    expect(page).toMatchObject({ total_count: 2, pages: { next: 'http://workspace.test/news/newsfeeds/2/items?per_page=1&page=2' } })
    expect((await ask(listNewsfeedItems, { id: '2' })).pages).toEqual({ type: 'pages', page: 1, per_page: 20, total_pages: 1 })
  })
})
