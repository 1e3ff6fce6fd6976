import { expect, test } from 'vitest'
import { getExternalPage, upsertExternalPage } from '../../src/contract/ai-content.ts'
import { createArticle, getArticle, listArticles, searchArticles } from '../../src/contract/articles.ts'
import { createCollection, deleteCollection, getCollection, listCollections, listHelpCenters } from '../../src/contract/help-center.ts'
import { getInternalArticle } from '../../src/contract/internal-articles.ts'
import { listNewsfeedItems } from '../../src/contract/news.ts'
import { seedFrom } from '../../src/workspace/seed-file.ts'
import { asking } from './asking.ts'
import { ines, opened } from './opened.ts'

/** A seed of nothing but the team, as an export of it would be. */
const teamAlone = async () => {
  const answer = await asking({ seed: 'empty' }).workspace.control(new Request('http://127.0.0.1/_workspace/seed'))
  const { app, collections } = seedFrom(await answer.json())
  return seedFrom({ base: 'none', app, collections: { admin: collections['admin'] } })
}

test('a workspace without Help Centers has articles and collections, but shows them nowhere', async () => {
  const { ask, refusal } = opened({ seed: await teamAlone() })
  expect((await ask(listHelpCenters, {})).data).toEqual([])
  const { id } = await ask(createCollection, { name: 'Winter' })
  expect(await ask(createCollection, { name: 'Skis', parent_id: id })).toMatchObject({ parent_id: id, help_center_id: null, url: null, order: 1 })
  expect((await ask(listCollections, {})).data.map(({ url, help_center_id }) => [url, help_center_id])).toEqual([[null, null], [null, null]])
  expect(await refusal(createCollection, { name: 'x', help_center_id: 1 })).toMatch(/^400 parameter_invalid: Help center/)
  const fr = { title: 'Farter', state: 'published' } as const
  const article = await ask(createArticle, { title: 'Waxing', author_id: Number(ines), state: 'published', parent_id: Number(id), translated_content: { fr } })
  expect(article).toMatchObject({ url: null, translated_content: { fr: { state: 'published' } } })
  expect((await ask(listArticles, {})).data).toMatchObject([{ id: article.id, url: null }])
  expect((await ask(searchArticles, { phrase: 'wax' })).total_count).toBe(1)
  await ask(deleteCollection, { id })
  expect((await ask(listCollections, {})).data).toMatchObject([{ parent_id: null, name: 'Skis' }])
})

test('a seed written by hand may leave out most of a text', async () => {
  const { ask } = opened({
    seed: seedFrom({
      base: 'empty',
      collections: {
        article: [{ id: '1', title: 'Where to park', author_id: Number(ines), state: 'published', parent_id: 7 }],
        article_collection: [{ id: '7', name: 'Winter', help_center_id: 2 }],
        internal_article: [{ id: '1', title: 'Late guests', author_id: Number(ines), owner_id: Number(ines) }],
        news_item: [{ id: '1', title: 'Snow', sender_id: Number(ines), state: 'live', newsfeed_assignments: [{ newsfeed_id: 1 }] }],
        content_import_source: [{ id: 1, url: 'https://docs.example' }],
        external_page: [{ id: '1', source_id: 1, external_id: 'a', title: 'A', html: '<p>A</p>' }],
      },
    }),
  })
  expect(await ask(getArticle, { id: '1' })).toMatchObject({ description: '', body: '', statistics: { views: 0 }, tags: { tags: [] }, url: expect.stringContaining('/articles/1-') as unknown })
  expect(await ask(getCollection, { id: '7' })).toMatchObject({ icon: 'book-bookmark', description: '', order: 0 })
  expect(await ask(getInternalArticle, { id: '1' })).toMatchObject({ body: '', locale: 'en' })
  expect((await ask(listNewsfeedItems, { id: '1' })).data).toMatchObject([{ id: '1', body: '', reactions: [null, null, null, null] }])
  expect(await ask(getExternalPage, { id: '1' })).toMatchObject({ locale: 'en', fin_availability: true })
  expect(await ask(upsertExternalPage, { source_id: 1, external_id: 'b', title: 'B', html: '<p>B</p>', locale: 'en' })).toMatchObject({ id: '8' })
})
