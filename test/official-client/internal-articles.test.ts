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

test('an internal article is made, listed, changed and deleted', async () => {
  const { internalArticles } = served.client
  const made = await internalArticles.createInternalArticle({ title: 'Late guests', body: 'Call, then wait.', author_id, owner_id: author_id })
  expect(made).toMatchObject({ title: 'Late guests', body: 'Call, then wait.', locale: 'en' })
  const internal_article_id = Number(made.id)
  const list = await internalArticles.listInternalArticles()
  expect(list).toMatchObject({ type: 'list', total_count: 5 })
  expect(list.data![0]!.id).toBe(made.id)
  expect(await internalArticles.updateInternalArticle({ internal_article_id, title: 'Guests who are late' })).toMatchObject({ body: 'Call, then wait.' })
  expect((await internalArticles.retrieveInternalArticle({ internal_article_id })).title).toBe('Guests who are late')
  expect(await internalArticles.deleteInternalArticle({ internal_article_id })).toEqual({ id: made.id, object: 'internal_article', deleted: true })
  await expect(internalArticles.retrieveInternalArticle({ internal_article_id })).rejects.toBeInstanceOf(Intercom.NotFoundError)
})

test('a search is of one folder, or of all', async () => {
  const { internalArticles } = served.client
  const titles = async (request?: { folder_id: string }) => (await internalArticles.searchInternalArticles(request)).data!.internal_articles!.map(({ title }) => title)
  expect(await titles({ folder_id: '702' })).toEqual(['Who may promise a refund'])
  expect(await titles()).toHaveLength(4)
})

test('an owner must be a teammate', async () => {
  const made = served.client.internalArticles.createInternalArticle({ title: 'x', author_id, owner_id: 1 })
  await expect(made).rejects.toBeInstanceOf(Intercom.BadRequestError)
})
