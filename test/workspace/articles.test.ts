import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createArticle, deleteArticle, getArticle, listArticles, updateArticle } from '../../src/contract/articles.ts'
import { deleteCollection } from '../../src/contract/help-center.ts'
import { effectOf } from '../../src/contract/operation.ts'
import { locales } from '../../src/contract/translation.ts'
import { asking } from './asking.ts'
import { ines, opened, start, tobias } from './opened.ts'

const author_id = Number(ines)
const missing = '404 not_found: Resource Not Found'

describe('writing', () => {
  test('an article is a draft without an address, its text a paragraph without a margin', async () => {
    const { ask } = opened()
    const made = await ask(createArticle, { title: 'Where to park', author_id, body: 'Behind the boathouse.' })
    expect(made).toEqual({
      id: '20',
      type: 'article',
      workspace_id: 'pw7k2m9x',
      parent_id: null,
      parent_type: null,
      parent_ids: [],
      tags: { type: 'tag.list', tags: [] },
      title: 'Where to park',
      description: '',
      body: '<p class="no-margin">Behind the boathouse.</p>',
      author_id,
      state: 'draft',
      created_at: start,
      updated_at: start,
      url: null,
      statistics: {
        type: 'article_statistics',
        views: 0,
        conversions: 0,
        conversations: 0,
        reactions: 0,
        happy_reaction_percentage: 0,
        neutral_reaction_percentage: 0,
        sad_reaction_percentage: 0,
      },
    })
    expect(await ask(getArticle, { id: made.id })).toEqual(made)
  })

  test('published in a collection it has an address in that Help Center', async () => {
    const { ask } = opened()
    const made = await ask(createArticle, { title: 'Où se garer ?', author_id, state: 'published', parent_id: 4, parent_type: 'collection' })
    expect(made).toMatchObject({ parent_id: 4, parent_type: 'collection', parent_ids: [4], body: '' })
    expect(made.url).toBe('https://intercom-help.example/pondwick-developers/en/articles/20-ou-se-garer')
  })

  test('what runs is taken out of its HTML; a class of its own stays', async () => {
    const { ask } = opened()
    const body = '<h2>Steps</h2><p onclick="x()">One</p><p class="intercom-align-center">Two</p><script>alert(1)</script>'
    const { body: kept } = await ask(createArticle, { title: 'Steps', author_id, body })
    expect(kept).toBe('<h2>Steps</h2><p class="no-margin">One</p><p class="intercom-align-center">Two</p>')
  })

  test('no run of blanks is too long to read', async () => {
    const { ask } = opened()
    const blanks = ' '.repeat(100_000)
    const { body } = await ask(createArticle, { title: 'Blanks', author_id, body: `<p><a href=${blanks}x>a</a>${blanks}b <a href="${blanks}javascript:x">c</a></p>` })
    expect(body).toContain('<a href="#">c</a>')
  })

  test('an update changes what it names; the state stays unless it is named', async () => {
    const { ask, later } = opened()
    const before = await ask(getArticle, { id: '6' })
    later(60)
    const renamed = await ask(updateArticle, { id: '6', title: 'Deposits' })
    expect(renamed).toEqual({ ...before, title: 'Deposits', url: 'https://help.pondwick.example/en/articles/6-deposits', updated_at: start + 60 })
    const hidden = await ask(updateArticle, { id: '6', state: 'draft' })
    expect(hidden).toMatchObject({ title: 'Deposits', state: 'draft', url: null })
    expect(await ask(updateArticle, { id: '6', title: 'Take deposits' })).toMatchObject({ state: 'draft' })
    expect(await ask(updateArticle, { id: '6', parent_id: 1 })).toMatchObject({ parent_id: 1, parent_ids: [1] })
  })

  test('null takes it out of its collection, and elsewhere says nothing', async () => {
    const { ask, send, later } = opened()
    const before = await ask(getArticle, { id: '6' })
    later(60)
    const out = await ask(updateArticle, { id: '6', parent_id: null })
    expect(out).toEqual({ ...before, parent_id: null, parent_type: null, parent_ids: [], updated_at: start + 60 })
    expect(await ask(createArticle, { title: 'x', author_id, parent_id: null })).toMatchObject({ parent_id: null })
    const { body: same } = await send('PUT /articles/6', { title: null, body: null, state: null, parent_type: null, translated_content: { type: null, es: null, fr: { title: null } } })
    expect(same).toEqual(out)
    expect(await send('PUT /articles/6', { translated_content: null })).toEqual({ status: 200, body: out })
  })

  test('what is deleted is gone', async () => {
    const { ask, refusal } = opened()
    expect(await ask(deleteArticle, { id: '6' })).toEqual({ id: '6', object: 'article', deleted: true })
    for (const operation of [getArticle, updateArticle, deleteArticle]) expect(await refusal(operation, { id: '6' })).toBe(missing)
    expect(await refusal(getArticle, { id: 'abc' })).toBe(missing)
  })

  test('an author must be named, and be a teammate; the collection must exist', async () => {
    const { refusal } = opened()
    const noAuthor = '400 parameter_not_found: author_id must be in the main body or default locale translated_content object'
    expect(await refusal(createArticle, { title: 'x' })).toBe(noAuthor)
    expect(await refusal(createArticle, { title: 'x', translated_content: { fr: { author_id } } })).toBe(noAuthor)
    expect(await refusal(createArticle, { author_id })).toBe('400 parameter_not_found: title is a required parameter')
    const stranger = '400 parameter_invalid: The author specified is not a member of the workspace'
    expect(await refusal(createArticle, { title: 'x', author_id: 1 })).toBe(stranger)
    expect(await refusal(createArticle, { title: 'x', author_id: 4810100 })).toBe(stranger) // the bot
    expect(await refusal(createArticle, { title: 'x', author_id, translated_content: { fr: { author_id: 1 } } })).toBe(stranger)
    expect(await refusal(updateArticle, { id: '6', author_id: 1 })).toBe(stranger)
    expect(await refusal(createArticle, { title: 'x', author_id, parent_id: 99 })).toMatch(/^400 parameter_invalid: Parent collection/)
    expect(await refusal(createArticle, { title: 'x', author_id, state: 'live' })).toMatch(/^400 parameter_invalid: state/)
  })
})

describe('in other languages', () => {
  test('each has a text, a state and an address of its own; an unknown language is passed over', async () => {
    const { ask, send } = opened()
    const fr = { type: 'article_content', title: 'Où se garer', body: '<p>Derrière.</p>', author_id: tobias, state: 'published' }
    const sent = { title: 'Where to park', author_id, translated_content: { type: 'article_translated_content', fr, es: { title: 'Dónde aparcar' }, xx: {} } }
    const { body: made } = await send('POST /articles', sent)
    expect(made).toMatchObject({ title: 'Where to park', state: 'draft', url: null, default_locale: 'en' })
    expect(await ask(getArticle, { id: '20' })).toMatchObject({
      translated_content: {
        type: 'article_translated_content',
        fr: {
          type: 'article_content',
          title: 'Où se garer',
          description: '',
          body: '<p class="no-margin">Derrière.</p>',
          author_id: Number(tobias),
          state: 'published',
          created_at: start,
          updated_at: start,
          url: 'https://help.pondwick.example/fr/articles/20-ou-se-garer',
        },
        es: { title: 'Dónde aparcar', author_id, state: 'draft' },
      },
    })
    expect((await ask(getArticle, { id: '20' })).translated_content?.es).not.toHaveProperty('url')
    expect(Object.keys((made as { translated_content: object }).translated_content)).toEqual(['type', 'fr', 'es'])
  })

  test('an update changes one without the others, and leaves the article its time', async () => {
    const { ask, later } = opened()
    const before = await ask(getArticle, { id: '13' })
    later(60)
    const after = await ask(updateArticle, { id: '13', translated_content: { es: { state: 'draft' }, de: { title: 'Erstatten' } } })
    const { es, fr } = before.translated_content!
    const { url, ...rest } = es!
    expect(url).toMatch(/es.articles/)
    expect(after).toEqual({
      ...before,
      translated_content: {
        type: 'article_translated_content',
        fr,
        es: { ...rest, state: 'draft', updated_at: start + 60 },
        de: expect.objectContaining({ title: 'Erstatten', state: 'draft' }) as unknown,
      },
    })
  })

  test('the default language may stand among them', async () => {
    const { ask, send } = opened()
    const en = { title: 'Where to park', author_id: ines, body: 'Behind.' }
    const { status, body } = await send('POST /articles', { translated_content: { en } })
    expect(status).toBe(200)
    expect(body).toMatchObject({ title: 'Where to park', author_id, body: '<p class="no-margin">Behind.</p>' })
    expect(body).not.toHaveProperty('translated_content')
    expect(await ask(updateArticle, { id: '20', translated_content: { en: { title: 'Parking' } } })).toMatchObject({ title: 'Parking' })
  })

  test('every language of the document is kept', async () => {
    const { ask } = opened()
    const all = Object.fromEntries(locales.filter((locale) => locale !== 'en').map((locale) => [locale, { title: locale }]))
    const { translated_content } = await ask(createArticle, { title: 'x', author_id, translated_content: all })
    expect(Object.keys(translated_content!)).toEqual(['type', ...Object.keys(all)])
  })
})

describe('listing', () => {
  test('comes last updated first, without statistics, page by page until one is empty', async () => {
    const { ask, later } = opened()
    later(60)
    await ask(updateArticle, { id: '5', title: 'First week' })
    const first = await ask(listArticles, { per_page: 10 })
    expect(first).toMatchObject({ type: 'list', total_count: 19, pages: { type: 'pages', page: 1, per_page: 10, total_pages: 2 } })
    expect(first.pages?.next).toBe('http://workspace.test/articles?per_page=10&page=2')
    expect(first.data[0]).toMatchObject({ id: '5' })
    const times = first.data.map(({ updated_at }) => updated_at!)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect(first.data[0]).not.toHaveProperty('statistics')
    const last = await ask(listArticles, { per_page: 10, page: 2 })
    expect(last.data).toHaveLength(9)
    expect(last.pages).not.toHaveProperty('next')
    expect(await ask(listArticles, { page: 3 })).toMatchObject({ data: [], total_count: 19 })
    expect((await ask(listArticles, {})).pages).toMatchObject({ per_page: 25 })
    expect((await ask(listArticles, { per_page: 250 })).data).toHaveLength(19)
  })

  test('shows statistics where one article is read, and its tags everywhere', async () => {
    const { ask } = opened()
    const { statistics, tags } = await ask(getArticle, { id: '13' })
    const { happy_reaction_percentage: happy = 0, neutral_reaction_percentage: neutral = 0, sad_reaction_percentage: sad = 0 } = statistics ?? {}
    expect(statistics).toMatchObject({ views: 5230, conversions: 210, conversations: 210, reactions: 450 })
    expect(happy! + neutral! + sad!).toBeCloseTo(100, 0)
    expect(tags?.tags).toMatchObject([{ type: 'tag', name: 'Refunded', applied_by: { type: 'admin', id: ines } }])
    const { data } = await ask(listArticles, {})
    expect(data.find(({ id }) => id === '13')?.tags).toEqual(tags)
  })
})

describe('what it does to people', () => {
  const judged = [
    ['write', createArticle, { title: 'x', author_id }],
    ['write', createArticle, { title: 'x', author_id, state: 'draft', translated_content: { fr: { title: 'x' } } }],
    ['send', createArticle, { title: 'x', author_id, state: 'published' }],
    ['send', createArticle, { title: 'x', author_id, translated_content: { fr: { state: 'published' } } }],
    ['send', updateArticle, { id: '1', title: 'x' }],
    ['write', updateArticle, { id: '1', title: 'x', state: 'draft' }],
    ['send', updateArticle, { id: '1', state: 'draft', translated_content: { fr: { title: 'x' } } }],
    ['write', updateArticle, { id: '1', translated_content: { fr: { title: 'x', state: 'draft' } } }],
    ['send', updateArticle, { id: '1', parent_id: 2 }],
  ] as const
  test.each(judged.map(([effect, operation, input]) => [effect, operation.name, JSON.stringify(input), effectOf(operation, input)]))('%s: %s %s', (effect, _, __, found) => {
    expect(found).toBe(effect)
  })
})

describe('what subscribers are told', () => {
  const listener = createServer((_, response) => response.end())
  beforeAll(() => new Promise<void>((done) => void listener.listen(0, '127.0.0.1', done)))
  afterAll(() => listener.close())

  test('that it was created, published, updated, unpublished and deleted', async () => {
    const { workspace, ask } = asking()
    const control = async (method: string, path: string, body?: unknown) => {
      const answer = await workspace.control(new Request(`http://127.0.0.1/_workspace${path}`, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }))
      return (await answer.json()) as { id: string; deliveries: { topic: string; item: { id: string; state?: string } }[] }
    }
    const { port } = listener.address() as AddressInfo
    const { id } = await control('POST', '/webhooks', { url: `http://127.0.0.1:${port}`, topics: ['*'] })
    await ask('POST', '/articles', { title: 'Parking', author_id })
    await ask('PUT', '/articles/20', { state: 'published' })
    await ask('PUT', '/articles/20', { state: 'draft' })
    await ask('POST', '/articles', { title: 'Parking', author_id, state: 'published', parent_id: 1 })
    await ask('DELETE', '/articles/20')
    const { deliveries } = await control('GET', `/webhooks/${id}/deliveries`)
    const told = deliveries.map(({ topic }) => topic.replace('article.', ''))
    expect(told.join()).toBe('created,updated,published,updated,unpublished,created,published,deleted')
  })
})

test('articles of a deleted collection stand in none', async () => {
  const { ask, later } = opened()
  later(60)
  await ask(deleteCollection, { id: '1' })
  expect(await ask(getArticle, { id: '1' })).toMatchObject({ parent_id: null, parent_type: null, parent_ids: [], updated_at: start + 60 })
  expect(await ask(getArticle, { id: '6' })).toMatchObject({ parent_id: 2 })
})
