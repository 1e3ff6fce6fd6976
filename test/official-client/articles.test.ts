import { Intercom } from 'intercom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve, type Served } from './workspace.ts'

let served: Served
let author_id: number
beforeAll(async () => {
  served = await serve()
  author_id = Number((await served.client.admins.identify())!.id)
})
afterAll(() => served.stop())

test('an article is drafted, translated, published, read and deleted', async () => {
  const { articles } = served.client
  const fr = { type: 'article_content', title: 'Où se garer', description: 'Derrière', body: '<p>Derrière.</p>', author_id, state: 'draft' } as const
  const draft = await articles.create({
    title: 'Where to park',
    body: 'Behind the boathouse.',
    author_id,
    parent_id: 1,
    parent_type: 'collection',
    translated_content: { type: 'article_translated_content', fr },
  })
  expect(draft).toMatchObject({ type: 'article', state: 'draft', url: null, parent_id: 1, translated_content: { fr: { title: 'Où se garer', state: 'draft' } } })
  const article_id = Number(draft.id)
  const live = await articles.update({ article_id, state: 'published', translated_content: { type: 'article_translated_content', fr: { ...fr, state: 'published' } } })
  expect(live.url).toMatch(/\/en\/articles\/\d+-where-to-park$/)
  expect(live.translated_content!.fr!.url).toMatch(/\/fr\/articles\/\d+-ou-se-garer$/)
  expect(await articles.update({ article_id, parent_id: '2' })).toMatchObject({ parent_id: 2, state: 'published' })
  const found = await articles.find({ article_id })
  expect(found.body).toBe('<p class="no-margin">Behind the boathouse.</p>')
  expect(found.statistics).toMatchObject({ type: 'article_statistics', views: 0, conversions: 0 })
  expect(await articles.delete({ article_id })).toEqual({ id: String(article_id), object: 'article', deleted: true })
  await expect(articles.find({ article_id })).rejects.toBeInstanceOf(Intercom.NotFoundError)
})

test('all articles are walked to the end, last updated first', async () => {
  const seen: { id: string; updated_at?: number }[] = []
  for await (const article of await served.client.articles.list({ per_page: 7 })) seen.push(article)
  expect(new Set(seen.map(({ id }) => id)).size).toBe(19)
  const times = seen.map(({ updated_at }) => updated_at!)
  expect(times).toEqual(times.toSorted((a, b) => b - a))
})

test('a search finds words and says where', async () => {
  const { articles } = served.client
  const found = await articles.search({ phrase: 'refunds', highlight: true, help_center_id: 1 })
  expect(found.total_count).toBeGreaterThan(1)
  expect(found.data!.articles![0]).toMatchObject({ title: 'Refund a guest', state: 'published' })
  expect(found.data!.highlights![0]!.highlighted_title).toEqual([
    { type: 'highlight', text: 'Refund' },
    { type: 'plain', text: ' a guest' },
  ])
  expect(found.data!.highlights!.map(({ article_id }) => article_id)).toEqual(found.data!.articles!.map(({ id }) => id))
  const drafts = await articles.search({ phrase: 'prices', state: 'draft' })
  expect(drafts.data!.articles!.map(({ state }) => state)).toEqual(['draft', 'draft'])
  expect(drafts.data!.highlights).toEqual([])
})

test('refusals come as the errors the client knows', async () => {
  const { articles } = served.client
  await expect(articles.create({ title: 'x', author_id: 1 })).rejects.toBeInstanceOf(Intercom.BadRequestError)
  await expect(articles.update({ article_id: 99, title: 'x' })).rejects.toBeInstanceOf(Intercom.NotFoundError)
  await expect(articles.delete({ article_id: 99 })).rejects.toBeInstanceOf(Intercom.NotFoundError)
  const untitled = articles.create({ title: 'x' } as Intercom.CreateArticleRequest) // the type knows that an author is needed
  await expect(untitled).rejects.toMatchObject({ statusCode: 400, body: { errors: [{ code: 'parameter_not_found', message: expect.stringContaining('author_id') as unknown }] } })
})
