import { expect, test } from 'vitest'
import { listAdmins } from '../../src/contract/admins.ts'
import { listExternalPages } from '../../src/contract/ai-content.ts'
import { scrollCompanies } from '../../src/contract/companies.ts'
import { listContactCompanies, listContacts, searchContacts } from '../../src/contract/contacts.ts'
import { listDataEvents } from '../../src/contract/data-events.ts'
import { type Arrived, connect, failureOf, serve, stillTime } from './servers.ts'

const named = (...ids: (string | number)[]) => ids.map((id) => ({ type: 'contact', id: String(id) }))
const ids = (items: unknown[]) => items.map((item) => (item as { id: string }).id)
const parameters = ({ path }: Arrived) => Object.fromEntries(new URLSearchParams(path.split('?')[1]))
const list = (data: unknown[], next?: unknown, total_count?: number) => ({ type: 'list', data, total_count, pages: { type: 'pages', ...(next !== undefined && { next }) } })
const query = { field: 'role', operator: '=', value: 'user' } as const

/** A cursor list with these pages, by cursor; '' is the first. */
const cursors = (pages: Record<string, [unknown[], string?]>, total?: number) => (request: Arrived) => {
  const [data, next] = pages[parameters(request).starting_after ?? '']!
  return { body: list(data, next && { page: 2, starting_after: next }, total) }
}

test('walks cursors to the end', async () => {
  const { baseUrl, arrived } = await serve(cursors({ '': [named(1, 2), 'a'], a: [named(3), 'b'], b: [named(4)] }, 4))
  const { items, total, gap } = await connect(baseUrl).collect(listContacts, {})
  expect([ids(items), total, gap]).toEqual([['1', '2', '3', '4'], 4, undefined])
  expect(arrived.map(parameters)).toEqual([{ per_page: '150' }, { per_page: '150', starting_after: 'a' }, { per_page: '150', starting_after: 'b' }])
})

test('walks a search with the cursor in its body', async () => {
  const { baseUrl, arrived } = await serve((_, count) => ({ body: list(named(count), count < 3 ? { page: 2, starting_after: `c${count}` } : undefined) }))
  const { items } = await connect(baseUrl).collect(searchContacts, { query, pagination: { per_page: 1 } })
  expect(ids(items)).toEqual(['1', '2', '3'])
  expect(arrived.map(({ body }) => JSON.parse(body).pagination)).toEqual([{ per_page: 1 }, { per_page: 1, starting_after: 'c1' }, { per_page: 1, starting_after: 'c2' }])
})

test.each([
  ['a URL', (page: number) => `https://api.intercom.io/ai/external_pages?per_page=150&page=${page}`, null],
  ['a relative URL', (page: number) => `/ai/external_pages?page=${page}`, undefined],
  ['an object', (page: number) => ({ type: 'pages', page }), undefined],
])('walks page numbers when next is %s', async (_, next, last) => {
  const { baseUrl, arrived } = await serve((__, count) => ({ body: list(named(count), count < 3 ? next(count + 1) : last) }))
  const { items, gap } = await connect(baseUrl).collect(listExternalPages, {})
  expect([ids(items), gap]).toEqual([['1', '2', '3'], undefined])
  expect(arrived.map((request) => parameters(request).page)).toEqual([undefined, '2', '3'])
})

test('walks events by the moment that the next page ends before', async () => {
  const { baseUrl, arrived } = await serve((_, count) => ({
    body: { type: 'event.list', events: named(count), pages: { ...(count < 3 && { next: `https://api.intercom.io/events?type=user&before=${1000 - count}` }), since: 'https://api.intercom.io/events?since=1001' } },
  }))
  const { items, gap } = await connect(baseUrl).collect(listDataEvents, { type: 'user', user_id: 'u' })
  expect([ids(items), gap]).toEqual([['1', '2', '3'], undefined])
  expect(arrived.map((request) => parameters(request).before)).toEqual([undefined, '999', '998'])
  expect(parameters(arrived[1]!)).toEqual({ type: 'user', user_id: 'u', per_page: '150', before: '999' })
})

test('loses no event although each has the id of its person, as published, and drops those that come twice', async () => {
  const event = (event_name: string, created_at: number) => ({ type: 'event', id: 'u', event_name, created_at })
  const pages = [[event('rang', 9), event('rang', 8), event('left', 8)], [event('left', 8), event('rang', 7)]]
  const { baseUrl } = await serve((_, count) => ({
    body: { type: 'event.list', events: pages[count - 1], pages: count < 2 ? { next: 'https://api.intercom.io/events?before=8001' } : {} },
  }))
  const { items, gap } = await connect(baseUrl).collect(listDataEvents, { type: 'user', user_id: 'u' })
  expect(items).toEqual([event('rang', 9), event('rang', 8), event('left', 8), event('rang', 7)])
  expect(gap).toMatch(/^1 came twice and was dropped/)
})

test('walks page numbers when next is left out but more pages are told', async () => {
  const { baseUrl } = await serve((_, page) => ({ body: { type: 'list', data: named(page), pages: { page, total_pages: 3 } } }))
  expect(ids((await connect(baseUrl).collect(listExternalPages, {})).items)).toEqual(['1', '2', '3'])
})

test.each(['http://169.254.169.254/latest?page=2', 'file:///etc/passwd?page=2', '//evil.example/x?page=2', 'https://api.eu.intercom.io/contacts?page=2'])(
  'goes to no other place because next says so: %s',
  async (next) => {
    const { baseUrl, arrived } = await serve((_, count) => ({ body: list(named(count), count === 1 ? next : null) }))
    expect(ids((await connect(baseUrl).collect(listExternalPages, {})).items)).toEqual(['1', '2'])
    expect(arrived.map(({ path }) => path.split('?')[0])).toEqual(['/ai/external_pages', '/ai/external_pages'])
  },
)

test.each(['javascript:alert(1)', 'https://x.example/?page=-1', 'https://x.example/?page=0', 'https://x.example/?page=1.5', 'https://x.example/?page=NaN', 7, true, { type: 'pages' }])('ends where a next of %j leads nowhere, and says so', async (next) => {
  const { baseUrl, arrived } = await serve(() => ({ body: list(named(1), next) }))
  const { items, gap } = await connect(baseUrl).collect(listExternalPages, {})
  expect(ids(items)).toEqual(['1'])
  expect(gap).toMatch(/there is more, but not where/)
  expect(arrived).toHaveLength(1)
})

test.each(['', null, {}, []])('takes a next of %j as the end', async (next) => {
  const { baseUrl, arrived } = await serve(() => ({ body: list(named(1), next) }))
  expect(await connect(baseUrl).collect(listExternalPages, {})).toEqual({ items: named(1) })
  expect(arrived).toHaveLength(1)
})

test('follows a cursor that is a number', async () => {
  const { baseUrl, arrived } = await serve((_, count) => ({ body: list(named(count), count === 1 ? { page: 2, starting_after: 17 } : undefined) }))
  expect(ids((await connect(baseUrl).collect(listContacts, {})).items)).toEqual(['1', '2'])
  expect(parameters(arrived[1]!)).toMatchObject({ starting_after: '17' })
})

test.each([
  ['to itself', { '': [named(1), 'a'], a: [named(2), 'a'] }, ['1', '2']],
  ['to and fro', { '': [named(1), 'a'], a: [named(2), 'b'], b: [named(3), 'a'] }, ['1', '2', '3']],
] as [string, Record<string, [unknown[], string]>, string[]][])('ends a list that leads back %s, and says so', async (_, pages, found) => {
  const { baseUrl } = await serve(cursors(pages))
  const { items, gap } = await connect(baseUrl).collect(listContacts, {})
  expect(ids(items)).toEqual(found)
  expect(gap).toMatch(/leads back to a page already read/)
})

test('ends page numbers that lead back, also to the first', async () => {
  const { baseUrl, arrived } = await serve((_, count) => ({ body: list(named(count), `/x?page=${count === 1 ? 2 : 1}`) }))
  const { gap } = await connect(baseUrl).collect(listExternalPages, {})
  expect(gap).toMatch(/leads back/)
  expect(arrived).toHaveLength(2)
})

test('ends a list that never ends', async () => {
  const { baseUrl, arrived } = await serve((_, count) => ({ body: list(named(count), { page: 2, starting_after: `c${count}` }) }))
  const { items, gap } = await connect(baseUrl, { limits: { pages: 7 } }).collect(listContacts, {})
  expect(items).toHaveLength(7)
  expect(gap).toBe('stopped after 7 pages, the most read in one go')
  expect(arrived).toHaveLength(7)
})

test('drops what comes twice, and says so', async () => {
  const { baseUrl } = await serve(cursors({ '': [named(1, 2), 'a'], a: [named(2, 3), 'b'], b: [named(1, 4)] }))
  const { items, gap } = await connect(baseUrl).collect(listContacts, {})
  expect(ids(items)).toEqual(['1', '2', '3', '4'])
  expect(gap).toBe('2 came twice and were dropped: the list changed while it was read')
})

test.each([
  [3, undefined],
  [4, 'Intercom counts 4 but listed 3; '],
])('counts what came twice as listed: of %i', async (total, missing = '') => {
  const { baseUrl } = await serve(cursors({ '': [named(1, 2), 'a'], a: [named(2)] }, total))
  const { gap } = await connect(baseUrl).collect(listContacts, {})
  expect(gap).toBe(`${missing}1 came twice and was dropped: the list changed while it was read`)
})

test('says both that items are missing and that there is more', async () => {
  const { baseUrl } = await serve(() => ({ body: list(named(1), { page: 2 }, 5) }))
  expect(await connect(baseUrl).collect(listContacts, {})).toEqual({ items: named(1), total: 5, gap: 'Intercom counts 5 but listed 1; Intercom says that there is more, but not where' })
})

test.each<[string, Record<string, unknown>]>([
  ['there is no next', { page: 1, total_pages: 3, next: null }],
  ['next is empty', { page: 1, total_pages: 3, next: {} }],
  ['the page is a text', { page: '1', total_pages: 3 }],
  ['the number of pages is a text', { page: 1, total_pages: '3' }],
  ['it is the last page', { page: 3, total_pages: 3 }],
  ['only the page is told', { page: 1 }],
])('ends page numbers where %s', async (_, pages) => {
  const { baseUrl } = await serve(() => ({ body: { type: 'list', data: named(1), total_count: '7', pages } }))
  expect(await connect(baseUrl).collect(listExternalPages, {})).toStrictEqual({ items: named(1) })
})

test('passes over an empty page', async () => {
  const { baseUrl } = await serve(cursors({ '': [named(1), 'a'], a: [[], 'b'], b: [named(2)] }))
  expect(ids((await connect(baseUrl).collect(listContacts, {})).items)).toEqual(['1', '2'])
})

test.each([
  [80, 'Intercom counts 80 but listed 2'],
  [1, 'Intercom counts 1 but listed 2'],
])('tells when a total of %i does not fit', async (total, expected) => {
  const { baseUrl } = await serve(cursors({ '': [named(1, 2)] }, total))
  expect(await connect(baseUrl).collect(listContacts, {})).toMatchObject({ total, gap: expected })
})

test.each([
  [2, 2, 'stopped at 2 items; more were left unread'],
  [3, 3, 'stopped at 3 items; at least 1 more were left unread'],
  [3, 10, 'stopped at 3 items; 7 more were left unread'],
  [3, undefined, 'stopped at 3 items; at least 1 more were left unread'],
  [2, undefined, 'stopped at 2 items; more were left unread'],
])('stops at %i items of %s and says what is left', async (wanted, total, expected) => {
  const { baseUrl, arrived } = await serve(cursors({ '': [named(1, 2), 'a'], a: [named(3, 4), 'b'], b: [named(5)] }, total))
  const { items, gap } = await connect(baseUrl).collect(listContacts, {}, { items: wanted })
  expect(items).toHaveLength(wanted)
  expect(gap).toBe(expected)
  expect(parameters(arrived[0]!).per_page).toBe(String(wanted))
})

test('the client limits what a caller may want', async () => {
  const { baseUrl } = await serve(cursors({ '': [named(1, 2, 3)] }))
  expect(await connect(baseUrl, { limits: { items: 2 } }).collect(listContacts, {}, { items: 1e9 })).toMatchObject({ items: named(1, 2), gap: expect.stringContaining('stopped at 2') })
})

test('a page that fails ends the walk with what was read; a first page that fails is a failure', async () => {
  const { baseUrl } = await serve((_, count) => (count === 1 ? { body: list(named(1), { starting_after: 'a' }) } : { status: 400 }))
  const client = connect(baseUrl)
  expect(await client.collect(listContacts, {})).toMatchObject({ items: named(1), gap: 'stopped after 1 pages: Intercom refused list_contacts (400). Correct the input and call again.' })
  expect(await failureOf(client.collect(listContacts, {}))).toMatchObject({ code: 'rejected' })
})

test('one deadline spans the walk', async () => {
  const time = stillTime()
  const { baseUrl, arrived } = await serve((_, count) => {
    time.pass(6000)
    return { body: list(named(count), { starting_after: `c${count}` }) }
  })
  const { items, gap } = await connect(baseUrl, time).collect(listContacts, {})
  expect(items.length).toBeLessThan(7)
  expect(gap).toMatch(/stopped after \d pages/)
  expect(arrived.length).toBeLessThan(7)
})

test.each([[0, 1], [-5, 1], [1000, 150], [150, 150]])('a page of %i is asked for as %i', async (asked, sent) => {
  const { baseUrl, arrived } = await serve(() => ({ body: list([]) }))
  const client = connect(baseUrl)
  await client.call(listContacts, { per_page: asked })
  await client.call(searchContacts, { query, pagination: { per_page: asked, starting_after: 'a' } })
  expect(parameters(arrived[0]!)).toEqual({ per_page: String(sent) })
  expect(JSON.parse(arrived[1]!.body).pagination).toEqual({ per_page: sent, starting_after: 'a' })
})

test('reads lists without pages, and lists under another key than documented', async () => {
  const { baseUrl, arrived } = await serve(({ path }) => ({ body: path === '/admins' ? { type: 'admin.list', admins: named(1) } : { type: 'list', companies: named(2) } }))
  const client = connect(baseUrl)
  expect(await client.collect(listAdmins, {})).toEqual({ items: named(1) })
  expect(await client.collect(listContactCompanies, { id: '5' })).toEqual({ items: named(2) })
  expect(arrived).toHaveLength(2)
})

/** A scroll with these pages: its one parameter comes with each of them. */
const scroll = (...pages: unknown[][]) => (_: Arrived, count: number) => ({ body: { type: 'list', data: pages[count - 1] ?? [], pages: null, total_count: null, scroll_param: 's-1' } })

test('of two lists under other keys than documented, neither is meant', async () => {
  const { baseUrl } = await serve(() => ({ body: { type: 'list', companies: named(1), others: named(2) } }))
  expect(await connect(baseUrl).collect(listContactCompanies, { id: '5' })).toEqual({ items: [] })
})

test('a page size in words is left to Intercom to refuse', async () => {
  const { baseUrl, arrived } = await serve(() => ({ body: list([]) }))
  await connect(baseUrl).call(listContacts, { per_page: 'many' as never }) // never: see the title
  expect(parameters(arrived[0]!)).toEqual({ per_page: 'many' })
})

test('items that are no objects are items all the same', async () => {
  const items = ['a', 'a', null, { id: null }, { id: null }]
  const { baseUrl } = await serve(() => ({ body: { type: 'list', companies: items } }))
  expect(await connect(baseUrl).collect(listContactCompanies, { id: '5' })).toEqual({ items })
})

test('walks a scroll under its one parameter until a page is empty', async () => {
  const { baseUrl, arrived } = await serve(scroll(named(1, 2), named(3)))
  const { items, gap } = await connect(baseUrl).collect(scrollCompanies, {})
  expect([ids(items), gap]).toEqual([['1', '2', '3'], undefined])
  expect(arrived.map(parameters)).toEqual([{}, { scroll_param: 's-1' }, { scroll_param: 's-1' }])
})

test.each(['', null, undefined])('ends a scroll whose parameter is %j', async (scroll_param) => {
  const { baseUrl, arrived } = await serve(() => ({ body: { type: 'list', data: named(1), scroll_param } }))
  expect(await connect(baseUrl).collect(scrollCompanies, {})).toEqual({ items: named(1) })
  expect(arrived).toHaveLength(1)
})

test('goes on with a scroll that somebody began', async () => {
  const { baseUrl } = await serve(scroll(named(3), named(4)))
  expect(ids((await connect(baseUrl).collect(scrollCompanies, { scroll_param: 's-1' })).items)).toEqual(['3', '4'])
})

test('ends a scroll that never ends, and says so', async () => {
  const { baseUrl, arrived } = await serve(() => ({ body: { type: 'list', data: named(1), scroll_param: 's-1' } }))
  const { items, gap } = await connect(baseUrl, { limits: { pages: 5 } }).collect(scrollCompanies, {})
  expect(ids(items)).toEqual(['1'])
  expect(gap).toBe('stopped after 5 pages, the most read in one go; 4 came twice and were dropped: the list changed while it was read')
  expect(arrived).toHaveLength(5)
})

test('a scroll that breaks off is told as far as it was read', async () => {
  const { baseUrl, arrived } = await serve((request, count) => (count === 1 ? scroll(named(1))(request, count) : { status: 500 }))
  const { items, gap } = await connect(baseUrl).collect(scrollCompanies, {})
  expect(ids(items)).toEqual(['1'])
  expect(gap).toMatch(/^stopped after 1 pages.*begin anew/)
  expect(arrived).toHaveLength(2)
})
