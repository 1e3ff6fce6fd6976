import { describe, expect, test } from 'vitest'
import { getArticle } from '../../src/contract/articles.ts'
import { createCollection, deleteCollection, getCollection, getHelpCenter, listCollections, listHelpCenters, updateCollection } from '../../src/contract/help-center.ts'
import { opened, start } from './opened.ts'

const missing = '404 not_found: Resource Not Found'
const [weather, bookings] = ['3', '2']

describe('collections', () => {
  test('one needs a name only, and comes last at the top of the default Help Center', async () => {
    const { ask, refusal } = opened()
    const made = await ask(createCollection, { name: 'Winter' })
    expect(made).toEqual({
      id: '5',
      workspace_id: 'pw7k2m9x',
      name: 'Winter',
      description: '',
      url: 'https://help.pondwick.example/en/collections/5-winter',
      icon: 'book-bookmark',
      order: 3,
      created_at: start,
      updated_at: start,
      parent_id: null,
      help_center_id: 1,
    })
    expect(await ask(getCollection, { id: '5' })).toEqual(made)
    expect(await refusal(createCollection, { description: 'x' })).toBe('400 parameter_not_found: Name is a required parameter.')
    expect(await refusal(createCollection, { name: '' })).toBe('400 parameter_not_found: Name is a required parameter.')
  })

  test('stand in one another, in the Help Center of the outermost', async () => {
    const { ask, refusal } = opened()
    expect(await ask(createCollection, { name: 'Keys', parent_id: '4', help_center_id: 1 })).toMatchObject({ parent_id: '4', help_center_id: 2, order: 1 })
    expect(await ask(createCollection, { name: 'Errors', parent_id: '4' })).toMatchObject({ order: 2 })
    expect(await ask(createCollection, { name: 'More', help_center_id: 2, parent_id: null })).toMatchObject({ parent_id: null, help_center_id: 2, order: 2 })
    expect(await refusal(createCollection, { name: 'x', parent_id: '99' })).toMatch(/^400 parameter_invalid: Parent collection/)
    expect(await refusal(createCollection, { name: 'x', help_center_id: 9 })).toMatch(/^400 parameter_invalid: Help center/)
  })

  test('are renamed and translated one language at a time', async () => {
    const { ask, later, refusal } = opened()
    later(60)
    const changed = await ask(updateCollection, { id: bookings, name: 'Bookings', translated_content: { fr: { name: 'Réservations' }, de: { description: 'Alles' } } })
    expect(changed).toMatchObject({
      name: 'Bookings',
      url: 'https://help.pondwick.example/en/collections/2-bookings',
      updated_at: start + 60,
      default_locale: 'en',
      translated_content: {
        type: 'group_translated_content',
        fr: { type: 'group_content', name: 'Réservations', description: 'Tout ce qui se passe entre le clic et la sortie.' },
        es: { name: 'Reservas y pagos' },
        de: { name: 'Bookings', description: 'Alles' },
      },
    })
    expect(await ask(updateCollection, { id: '1', translated_content: { en: { name: 'First steps' } } })).toMatchObject({ name: 'First steps' })
    expect(await ask(createCollection, { name: 'A', translated_content: { fr: { name: 'B' } } })).toMatchObject({ translated_content: { fr: { name: 'B' } } })
    expect(await refusal(updateCollection, { id: '99', name: 'x' })).toBe(missing)
  })

  test('move with what stands in them, but never into it', async () => {
    const { ask, refusal } = opened()
    expect(await ask(updateCollection, { id: bookings, parent_id: '4' })).toMatchObject({ parent_id: '4', help_center_id: 2, order: 1 })
    expect(await ask(getCollection, { id: weather })).toMatchObject({ parent_id: bookings, help_center_id: 2 })
    expect((await ask(getArticle, { id: '13' })).url).toBe('https://intercom-help.example/pondwick-developers/en/articles/13-refund-a-guest')
    for (const parent_id of [bookings, weather]) expect(await refusal(updateCollection, { id: bookings, parent_id })).toMatch(/^400 parameter_invalid: A collection cannot/)
    expect(await ask(updateCollection, { id: weather, parent_id: null })).toMatchObject({ parent_id: null, help_center_id: 2, order: 2 })
    expect(await ask(updateCollection, { id: weather, name: 'Weather' })).toMatchObject({ parent_id: null, order: 2 })
  })

  test('leave their articles alone when deleted, and what stood in them moves up', async () => {
    const { ask, refusal } = opened()
    expect(await ask(deleteCollection, { id: bookings })).toEqual({ id: bookings, object: 'collection', deleted: true })
    for (const operation of [getCollection, updateCollection, deleteCollection]) expect(await refusal(operation, { id: bookings })).toBe(missing)
    expect(await ask(getArticle, { id: '6' })).toMatchObject({ parent_id: null, state: 'published' })
    expect(await ask(getCollection, { id: weather })).toMatchObject({ parent_id: null, order: 3 })
    expect(await ask(getArticle, { id: '13' })).toMatchObject({ parent_id: 3 })
  })

  test('come last updated first, twenty a page, until a page is empty', async () => {
    const { ask } = opened()
    for (let number = 1; number <= 20; number++) await ask(createCollection, { name: `Number ${number}` })
    const first = await ask(listCollections, {})
    expect(first).toMatchObject({ type: 'list', total_count: 24, pages: { page: 1, per_page: 20, total_pages: 2 } })
    expect(first.data[0]).toMatchObject({ name: 'Number 20' })
    expect(first.pages?.next).toBe('http://workspace.test/help_center/collections?per_page=20&page=2')
    const last = await ask(listCollections, { page: 2 })
    expect(last.data.map(({ id }) => id)).toEqual(['4', weather, bookings, '1'])
    expect(last.pages).not.toHaveProperty('next')
    expect((await ask(listCollections, { page: 3 })).data).toEqual([])
  })
})

describe('Help Centers', () => {
  test.each(['demo', 'empty'] as const)('are there in a workspace that is %s, since the API makes none', async (seed) => {
    const { ask, refusal } = opened({ seed })
    const { data, ...rest } = await ask(listHelpCenters, {})
    expect(rest).toEqual({ type: 'list' })
    expect(data.map(({ id, website_turned_on, custom_domain }) => [id, website_turned_on, custom_domain])).toEqual([
      ['1', true, 'help.pondwick.example'],
      ['2', false, null],
    ])
    expect(await ask(getHelpCenter, { id: '2' })).toEqual(data[1])
    expect(data[1]).toMatchObject({ workspace_id: 'pw7k2m9x', identifier: 'pondwick-developers', url: 'https://intercom-help.example/pondwick-developers' })
    expect((await ask(listHelpCenters, { page: 2 })).data).toEqual([])
    expect(await refusal(getHelpCenter, { id: '9' })).toBe(missing)
  })
})
