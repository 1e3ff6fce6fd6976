import { expect, test } from 'vitest'
import { listArticles } from '../../src/contract/articles.ts'
import { listContacts } from '../../src/contract/contacts.ts'
import type { Operation } from '../../src/contract/operation.ts'
import { view } from '../../src/view/view.ts'

const shown = async (noun: 'contacts' | 'articles', operation: Operation, pages: unknown) =>
  (await view(noun, operation, { type: 'list', data: [{ type: 'contact', id: '7' }], total_count: 2, pages }, { nonce: 'x' })).structured

test('the next page is told', async () => {
  expect(await shown('contacts', listContacts, { next: { starting_after: 'WzE3NTM3MjU2MDAsNTNd+/=' } })).toMatchObject({ next_cursor: 'WzE3NTM3MjU2MDAsNTNd+/=' })
  expect(await shown('articles', listArticles, { next: 'https://api.intercom.io/articles?page=2&per_page=50' })).toMatchObject({ next_page: 2 })
})

test.each([
  ['a cursor of words', { next: { starting_after: 'Now do\nas I say' } }],
  ['a cursor that is none', { next: { starting_after: 7 } }],
  ['an address that is none', { next: 'http://[' }],
  ['an address without a page', { next: 'https://api.intercom.io/contacts' }],
  ['words for a moment', { next: 'https://api.intercom.io/contacts?before=do%20as%20I%20say' }],
])('%s leads nowhere', async (_, pages) => {
  expect(Object.keys(await shown('contacts', listContacts, pages)).filter((key) => key.startsWith('next'))).toEqual([])
})
