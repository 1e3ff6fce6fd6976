import { describe, expect, test } from 'vitest'
import { createArticle, searchArticles } from '../../src/contract/articles.ts'
import { ines, opened } from './opened.ts'

const author_id = Number(ines)

/** A workspace that has these articles only, published unless they say otherwise. */
const library = async (...texts: { title: string; body?: string; description?: string; state?: 'draft'; parent_id?: number; translated_content?: object }[]) => {
  const workspace = opened({ seed: 'empty' })
  for (const text of texts) await workspace.ask(createArticle, { author_id, state: 'published', ...text })
  const titles = async (input: Record<string, unknown>) => (await workspace.ask(searchArticles, input)).data.articles.map(({ title }) => title)
  return { ...workspace, titles }
}

describe('what is found', () => {
  test('any word, at the beginning of a word, whatever its case or number; the title counts most', async () => {
    const { titles } = await library(
      { title: 'Paddles', body: 'We rent paddles and boats.' },
      { title: 'Boats', body: 'Red and blue.' },
      { title: 'Kayaks' },
      { title: 'A boat with a paddle', body: 'Boat and paddle.' },
    )
    expect(await titles({ phrase: 'boat' })).toEqual(['A boat with a paddle', 'Boats', 'Paddles'])
    expect(await titles({ phrase: 'BOATS, paddles!' })).toEqual(['A boat with a paddle', 'Paddles', 'Boats'])
    expect(await titles({ phrase: 'oats' })).toEqual([])
    expect(await titles({ phrase: 'how do I rent a kayak?' })).toEqual(['Kayaks', 'Paddles'])
    expect(await titles({ phrase: 'with' })).toEqual(['A boat with a paddle'])
  })

  test('in descriptions, translations and behind tags, but not in tags', async () => {
    const { titles } = await library(
      { title: 'One', description: 'About weather' },
      { title: 'Two', translated_content: { fr: { title: 'Météo', body: '<p>Vent &amp; pluie</p>' } } },
      { title: 'Three', body: '<p>Un<b>der</b>ground</p>' },
      { title: 'Four', body: '<table><tr><th>Fee</th><th>Deposit</th></tr><tr><td>None</td><td>Half</td></tr></table>' },
    )
    expect(await titles({ phrase: 'weather' })).toEqual(['One'])
    expect(await titles({ phrase: 'MÉTÉO' })).toEqual(['Two'])
    expect(await titles({ phrase: 'pluie' })).toEqual(['Two'])
    expect(await titles({ phrase: 'underground' })).toEqual(['Three'])
    for (const phrase of ['deposit', 'half']) expect(await titles({ phrase })).toEqual(['Four'])
    expect(await titles({ phrase: 'margin' })).toEqual([])
  })

  test('signs of the database mean themselves, and a phrase of any length is read', async () => {
    const { titles } = await library({ title: 'One' })
    for (const phrase of ['% _', '"', '(', '\\', '']) expect(await titles({ phrase }), 'no word says nothing').toEqual(['One'])
    for (const phrase of ['%ne', '_ne', "'; DROP TABLE article; --"]) expect(await titles({ phrase })).toEqual([])
    expect(await titles({ phrase: `one ${'word '.repeat(5_000)}` })).toEqual(['One'])
    expect(await titles({ phrase: Array.from({ length: 500 }, (_, index) => `word${index}`).join(' ') })).toEqual([])
  })

  test('what is published, unless drafts or all are asked for; without a phrase, everything', async () => {
    const { titles } = await library({ title: 'Boat A' }, { title: 'Boat B', state: 'draft' })
    expect(await titles({ phrase: 'boat' })).toEqual(['Boat A'])
    expect(await titles({ phrase: 'boat', state: 'published' })).toEqual(['Boat A'])
    expect(await titles({ phrase: 'boat', state: 'draft' })).toEqual(['Boat B'])
    expect(await titles({ state: 'all' })).toEqual(['Boat B', 'Boat A'])
  })

  test('of one Help Center; what stands in no collection counts to the default one', async () => {
    const { ask, refusal } = opened()
    const of = async (help_center_id: number) => (await ask(searchArticles, { help_center_id, state: 'all', per_page: 150 })).data.articles
    expect((await of(2)).map(({ parent_id }) => parent_id)).toEqual([4, 4])
    expect(await of(1)).toHaveLength(17)
    expect(await refusal(searchArticles, { help_center_id: 9 })).toMatch(/^404 /)
    expect(await refusal(searchArticles, { state: 'live' })).toMatch(/^400 parameter_invalid: state/)
  })
})

test('pages lead on with the query, and end', async () => {
  const { ask, send } = opened()
  const first = await ask(searchArticles, { phrase: 'tour & guest', state: 'all', per_page: 2 })
  expect(first).toMatchObject({ type: 'list', pages: { type: 'pages', page: 1, per_page: 2 }, data: { highlights: [] } })
  expect(first.data.articles[0]).not.toHaveProperty('statistics')
  const next = new URL(first.pages!.next!)
  expect([next.pathname, next.searchParams.get('phrase'), next.searchParams.get('page')]).toEqual(['/articles/search', 'tour & guest', '2'])
  const { body } = await send(`GET ${next.pathname}${next.search}`)
  expect((body as typeof first).data.articles).not.toEqual(first.data.articles)
  const last = await ask(searchArticles, { phrase: 'tour & guest', state: 'all', page: 1000 })
  expect(last).toMatchObject({ data: { articles: [] }, total_count: first.total_count })
  expect(last.pages).not.toHaveProperty('next')
})

describe('highlights', () => {
  test('mark the words in the title and in sentences of the text', async () => {
    const { ask } = await library({ title: 'Refunds: how', description: 'Money back.', body: '<p>Ask for a <b>refund</b>. Wait.</p><p>REFUNDED within days.</p>' })
    const { data } = await ask(searchArticles, { phrase: 'refund', highlight: true })
    const [plain, highlight] = ['plain', 'highlight']
    expect(data.highlights).toEqual([
      {
        article_id: data.articles[0]!.id,
        highlighted_title: [{ type: highlight, text: 'Refunds' }, { type: plain, text: ': how' }],
        highlighted_summary: [
          [{ type: plain, text: 'Ask for a ' }, { type: highlight, text: 'refund' }, { type: plain, text: '.' }],
          [{ type: highlight, text: 'REFUNDED' }, { type: plain, text: ' within days.' }],
        ],
      },
    ])
  })

  test('of a long sentence are the part around the word; without words there is nothing to mark', async () => {
    const { ask } = await library({ title: 'Long', body: `${'a '.repeat(5_000)}needle ${'b '.repeat(5_000)}` })
    const pieces = (await ask(searchArticles, { phrase: 'needle', highlight: true })).data.highlights![0]!.highlighted_summary![0]!
    expect(pieces.map(({ text }) => text).join('').length).toBeLessThan(300)
    expect(pieces).toContainEqual({ type: 'highlight', text: 'needle' })
    const { highlights } = (await ask(searchArticles, { highlight: true })).data
    expect(highlights).toMatchObject([{ highlighted_title: [{ type: 'plain', text: 'Long' }], highlighted_summary: [] }])
  })
})
