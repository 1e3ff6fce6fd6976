import { expect, test } from 'vitest'
import {
  createInternalArticle,
  deleteInternalArticle,
  getInternalArticle,
  listInternalArticles,
  searchInternalArticles,
  updateInternalArticle,
} from '../../src/contract/internal-articles.ts'
import { ines, opened, start, tobias } from './opened.ts'

const [author_id, owner_id] = [Number(ines), Number(tobias)]

test('one is made, read, changed and deleted; plain text stays plain, HTML is cleaned', async () => {
  const { ask, refusal, later } = opened()
  const made = await ask(createInternalArticle, { title: 'Late guests', body: 'Call, then wait.', author_id, owner_id })
  const times = { created_at: start, updated_at: start }
  expect(made).toEqual({ id: '5', type: 'internal_article', title: 'Late guests', body: 'Call, then wait.', author_id, owner_id, locale: 'en', ...times })
  expect(await ask(getInternalArticle, { id: '5' })).toEqual(made)
  later(60)
  const changed = await ask(updateInternalArticle, { id: '5', body: '<p>Call<script>x</script></p>', owner_id: author_id })
  expect(changed).toEqual({ ...made, body: '<p>Call</p>', owner_id: author_id, updated_at: start + 60 })
  expect(await ask(deleteInternalArticle, { id: '5' })).toEqual({ id: '5', object: 'internal_article', deleted: true })
  for (const operation of [getInternalArticle, updateInternalArticle, deleteInternalArticle])
    expect(await refusal(operation, { id: '5' })).toBe('404 not_found: Resource Not Found')
})

test('it needs an author and an owner who are teammates', async () => {
  const { ask, refusal } = opened()
  const whole = { title: 'x', author_id, owner_id }
  expect(await refusal(createInternalArticle, { title: 'x' })).toBe(
    '400 parameter_not_found: author_id must be in the main body or default locale translated_content object',
  )
  expect(await refusal(createInternalArticle, { title: 'x', author_id })).toBe('400 parameter_not_found: owner_id is a required parameter')
  expect(await refusal(createInternalArticle, { ...whole, author_id: 1 })).toBe('400 parameter_invalid: The author specified is not a member of the workspace')
  expect(await refusal(createInternalArticle, { ...whole, owner_id: 1 })).toBe('400 parameter_invalid: The owner specified is not a member of the workspace')
  expect(await refusal(updateInternalArticle, { id: '1', owner_id: 1 })).toMatch(/^400 parameter_invalid/)
  expect(await ask(createInternalArticle, { ...whole, locale: 'fr' })).toMatchObject({ body: '', locale: 'fr' })
})

test('lists come last updated first, 25 a page; a search is of one folder', async () => {
  const { ask, later } = opened()
  later(60)
  await ask(updateInternalArticle, { id: '2', title: 'Double bookings' })
  const list = await ask(listInternalArticles, {})
  expect(list).toMatchObject({ type: 'list', total_count: 4, pages: { page: 1, per_page: 25, total_pages: 1 } })
  expect(list.data.map(({ id }) => id)).toEqual(['2', '4', '3', '1'])
  const second = await ask(listInternalArticles, { page: 2, per_page: 3 })
  expect(second.data.map(({ id }) => id)).toEqual(['1'])
  expect((await ask(listInternalArticles, { page: 2 })).data).toEqual([])

  const found = await ask(searchInternalArticles, { folder_id: '701', per_page: 1 })
  expect(found).toMatchObject({ type: 'list', total_count: 2, data: { internal_articles: [{ id: '2' }] } })
  expect(found.pages?.next).toBe('http://workspace.test/internal_articles/search?folder_id=701&per_page=1&page=2')
  expect((await ask(searchInternalArticles, { folder_id: '999' })).data.internal_articles).toEqual([])
  expect(await ask(searchInternalArticles, {})).toMatchObject({ total_count: 4, pages: { per_page: 10 } })
})
