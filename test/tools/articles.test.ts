import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { open, type Session } from './session.ts'
import { type Stranger, stranger } from './stranger.ts'

let session: Session
beforeAll(async () => {
  session = await open(['--toolsets', 'all'])
  await session.client.listTools() // from here on the client holds every result to its output schema
})
afterAll(() => session.close())

type Shown = Record<string, unknown>

describe('search_articles', () => {
  test('shows where the words are without being asked, the collection by name, and the address', async () => {
    const { structured, text } = await session.call('search_articles', { phrase: 'refund' })
    const [best] = structured!.articles as Shown[]
    expect(best).toMatchObject({ id: '13', title: 'Refund a guest', state: 'published', parent: 'Weather, tides and refunds', url: expect.stringContaining('/articles/13-') as string })
    expect(best!.highlighted_title).toBe('**Refund** a guest')
    expect(best!.highlighted_summary).toContain('A **refund** cannot be taken back.')
    for (const fact of ['**Refund** a guest', 'Weather, tides and refunds', '/articles/13-refund-a-guest']) expect(text).toContain(fact)
  })

  test('says nothing of a title in which nothing was found', async () => {
    const { structured } = await session.call('search_articles', { phrase: 'refund' })
    const deposits = (structured!.articles as Shown[]).find(({ id }) => id === '6')!
    expect(deposits).not.toHaveProperty('highlighted_title')
    expect(deposits.highlighted_summary).toHaveLength(1)
  })

  test('leaves the words unmarked when asked to', async () => {
    const { text } = await session.call('search_articles', { phrase: 'refund', highlight: false })
    expect(text).not.toContain('**')
  })

  test('finds drafts only when asked', async () => {
    const phrase = 'prices from January'
    const titles = async (state?: string) => ((await session.call('search_articles', { phrase, ...(state && { state }) })).structured!.articles as Shown[]).map(({ title }) => title)
    expect(await titles()).not.toContain('Plans and prices from January')
    expect(await titles('all')).toContain('Plans and prices from January')
    expect((await titles('draft'))[0]).toBe('Plans and prices from January')
  })

  test('says what else to try when nothing is found, in both forms', async () => {
    const { structured, text } = await session.call('search_articles', { phrase: 'xylophone' })
    expect(structured).toMatchObject({ total: 0, articles: [] })
    for (const form of [text, String(structured!.note)]) expect(form).toMatch(/No published article.*other words.*drafts.*list_internal_articles/)
    expect((await session.call('search_articles', { phrase: 'xylophone', state: 'all' })).structured!.note).not.toContain('draft')
  })
})

describe('get_article', () => {
  test('shows the body as Markdown, author and collection by name, statistics, and names its translations', async () => {
    const { structured, text } = await session.call('get_article', { id: '13' })
    const article = structured!.article as Shown
    expect(article).toMatchObject({ author: 'Priya Natarajan', parent: 'Weather, tides and refunds', default_locale: 'en', statistics: { views: expect.any(Number) as number } })
    expect(article.body).toContain('press **Refund**')
    expect(article.translated_content).toMatchObject({ es: { title: 'Reembolsar a un cliente', state: 'published' }, fr: { title: 'Rembourser un client' } })
    expect(JSON.stringify(article.translated_content)).not.toContain('body')
    expect(structured!.note).toContain('locale')
    expect(text).toContain('Rembourser un client')
  })

  test('shows a translation by its locale, in whatever case', async () => {
    const { structured } = await session.call('get_article', { id: '13', locale: 'ES' })
    expect(structured!.article).toMatchObject({ title: 'Reembolsar a un cliente', url: expect.stringContaining('/es/articles/') as string, body: expect.stringContaining('**Reembolsar**') as string })
    expect(structured!.note).toContain('Shown in es')
  })

  test('says which locales there are instead of one that is not', async () => {
    const { isError, text } = await session.call('get_article', { id: '13', locale: 'de' })
    expect(isError).toBe(true)
    expect(text).toMatch(/not translated to "de".*en.*(es|fr).*(es|fr)/)
  })

  test('has nothing to say of translations where there are none', async () => {
    expect((await session.call('get_article', { id: '9' })).structured).not.toHaveProperty('note')
  })
})

describe('a body too long to show at once', () => {
  const reads: [tool: string, key: string, field: string][] = [
    ['get_article', 'article', 'body'],
    ['get_internal_article', 'internal_article', 'body'],
    ['get_news_item', 'news_item', 'body'],
    ['get_external_page', 'external_page', 'html'],
  ]
  const whole = Array.from({ length: 900 }, (_, line) => `Line ${line} of "many" 🛶.`).join('\n\n')
  let upstream: Stranger
  let reading: Session
  beforeAll(async () => {
    upstream = await stranger((field) => (field === 'body' || field === 'html' ? whole : /(^|_)id$/.test(field) ? '7' : field === 'state' ? 'published' : ''))
    reading = await open(['--toolsets', 'all'], { INTERCOM_BASE_URL: upstream.url, INTERCOM_ACCESS_TOKEN: 'token' })
  })
  afterAll(async () => {
    await reading.close()
    await upstream.close()
  })

  test.each(reads)('%s shows it part by part, and nothing of it is lost', async (tool, key, field) => {
    const parts: string[] = []
    for (let from: number | undefined = 0; from !== undefined; ) {
      const { structured, text } = await reading.call(tool, { id: '7', text_from: from })
      const note = String(structured!.note)
      parts.push(String((structured![key] as Shown)[field]))
      expect(note).toMatch(new RegExp(`Characters [\\d,]+ to [\\d,]+ of ${whole.length.toLocaleString('en')} of ${field}`))
      expect(text).toContain(note)
      const next = new RegExp(`${tool} with text_from (\\d+)`).exec(note)?.[1]
      from = next === undefined ? undefined : Number(next)
    }
    expect(parts.length).toBeGreaterThan(2)
    expect(parts.join('')).toBe(whole)
  })
})

describe('lists of what is written for customers and teammates', () => {
  test.each(['list_articles', 'list_internal_articles', 'list_news_items', 'list_external_pages', 'list_collections', 'list_help_centers'])('%s shows beginnings only', async (tool) => {
    const { text, isError } = await session.call(tool, {})
    expect(isError).toBe(false)
    expect(text).not.toMatch(/<\/?(p|div|li)\b/)
    expect(text.length).toBeLessThan(19_000)
  })

  test.each(['list_external_pages', 'list_internal_articles', 'list_news_items', 'list_articles'])('%s tells most of each in a summary', async (tool) => {
    const lengthOfEach = async (detail: string) => {
      const { text } = await session.call(tool, { detail })
      return text.length / text.match(/^ {2}- id: /gm)!.length
    }
    expect(await lengthOfEach('summary')).toBeLessThan(0.9 * (await lengthOfEach('full')))
  })
})
