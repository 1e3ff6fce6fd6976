import { expect, test } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import { listing, namesIn } from '../../src/client/directory.ts'
import type { Sort } from '../../src/contract/mention.ts'
import { type Answer, connect, failureOf, serve, stillTime } from './servers.ts'

const { signal } = new AbortController()
const people = [{ id: '1', name: 'Ines' }, { id: 2, name: null }]
const ines = { id: '1', name: 'Ines' }

/** What lists each sort, an answer to it, an object that mentions one of it by id, and the name of that one. */
const sorts: [Sort, string, object, object, string | undefined][] = [
  ['admin', 'GET /admins', { type: 'admin.list', admins: people }, { admin_assignee_id: 1 }, 'Ines'],
  ['team', 'GET /teams', { type: 'team.list', teams: people }, { team_assignee_id: '1' }, 'Ines'],
  ['tag', 'GET /tags', { type: 'list', data: people }, { tags: [{ type: 'tag', id: '1' }] }, 'Ines'],
  ['segment', 'GET /segments', { type: 'segment.list', segments: people }, { segments: [{ type: 'segment', id: '1' }] }, 'Ines'],
  ['ticket_type', 'GET /ticket_types', { type: 'list', data: people }, { ticket_type_id: '1' }, 'Ines'],
  ['collection', 'GET /help_center/collections?per_page=150', { type: 'list', data: people }, { parent_id: 1 }, 'Ines'],
  ['newsfeed', 'GET /news/newsfeeds', { type: 'list', data: people }, { newsfeed_id: 1 }, 'Ines'],
  ['help_center', 'GET /help_center/help_centers', { type: 'list', data: [{ id: '1', display_name: 'Help' }] }, { help_center_id: 1 }, 'Help'],
  ['subscription', 'GET /subscription_types', { type: 'list', data: [{ id: '1', default_translation: { name: 'News' } }, { id: '2' }] }, { on: { type: 'subscription', id: '1' } }, 'News'],
  ['contact', 'POST /contacts/search', { type: 'list', data: [{ id: '1', name: 'Ada' }] }, { from: { type: 'user', id: '1' } }, 'Ada'],
]

const asked = ({ arrived }: Awaited<ReturnType<typeof serve>>) => arrived.map(({ method, path }) => `${method} ${path}`)
const nameOf = async (client: Client, answer: unknown, sort: Sort, id: unknown) => (await namesIn(answer, client, signal))(sort, id)

test.each(sorts)('the name of a mentioned %s is looked up by %s', async (sort, by, body, answer, name) => {
  const server = await serve(() => ({ body }))
  const names = await namesIn(answer, connect(server.baseUrl), signal)
  expect([names(sort, '1'), names(sort, 1), names(sort, '2'), names('company', '1')]).toEqual([name, name, undefined, undefined])
  expect(asked(server)).toEqual([by])
})

test.each(sorts)('a %s is not looked up for a caller who has left', async (_sort, _by, body, answer) => {
  const server = await serve(() => ({ body }))
  await namesIn(answer, connect(server.baseUrl), AbortSignal.abort())
  expect(asked(server)).toEqual([])
})

test('names beside ids are taken as they stand, and nothing is asked for them', async () => {
  const server = await serve(() => ({ body: {} }))
  const answer = { author: { type: 'admin', id: '1', name: 'Ines' }, admin_assignee_id: 1, company: { type: 'company', id: '6' } }
  expect(await nameOf(connect(server.baseUrl), answer, 'admin', 1)).toBe('Ines')
  expect(await nameOf(connect(server.baseUrl), answer, 'company', '6')).toBeUndefined()
  expect(asked(server)).toEqual([])
})

test.each([
  [{ name: 'Ada', email: 'e', phone: 'p' }, 'Ada'],
  [{ name: '', email: 'e', phone: 'p' }, 'e'],
  [{ name: null, phone: 'p' }, 'p'],
  [{}, undefined],
])('a contact of %j is called %s', async (known, name) => {
  const { baseUrl } = await serve(() => ({ body: { type: 'list', data: [{ id: '5', ...known }] } }))
  expect(await nameOf(connect(baseUrl), { from: { type: 'contact', id: '5' } }, 'contact', '5')).toBe(name)
})

test('contacts are asked for all at once, at most 150, and only those without a name', async () => {
  const { baseUrl, arrived } = await serve(() => ({ body: { type: 'list', data: [] } }))
  const many = Array.from({ length: 200 }, (_, id) => ({ type: 'contact', id: String(id) }))
  await namesIn([{ type: 'contact', id: '0', name: 'Ada' }, ...many], connect(baseUrl), signal)
  const { query, pagination } = JSON.parse(arrived[0]!.body) as { query: { value: string[] }; pagination: object }
  expect(arrived).toHaveLength(1)
  expect(query).toMatchObject({ field: 'id', operator: 'IN' })
  expect([new Set(query.value).size, query.value.includes('0')]).toEqual([150, false])
  expect(pagination).toEqual({ per_page: 150 })
})

test('a list that is kept is read once', async () => {
  const server = await serve(() => ({ body: { type: 'admin.list', admins: people } }))
  const client = connect(server.baseUrl)
  for (let times = 0; times < 3; times++) expect(await nameOf(client, { owner_id: 1 }, 'admin', 1)).toBe('Ines')
  expect(asked(server)).toEqual(['GET /admins'])
})

test('a list that cannot be read is left alone for twenty answers, for everyone', async () => {
  let answer: Answer = { status: 400 }
  const server = await serve(({ path }) => (path === '/admins' ? answer : { body: { type: 'team.list', teams: [ines] } }))
  const client = connect(server.baseUrl)
  const ask = (as: Client) => nameOf(as, { owner_id: 1, team_assignee_id: 1 }, 'admin', 1)
  expect(await ask(client)).toBeUndefined()
  answer = { body: { type: 'admin.list', admins: [ines] } }
  for (let times = 0; times < 20; times++) expect(await ask(client.for({ principal: 'other' }))).toBeUndefined()
  expect(asked(server)).toEqual(['GET /admins', 'GET /teams'])
  expect(await ask(client)).toBe('Ines')
})

test('another list is read all the same, and so is this one for another client', async () => {
  const server = await serve(() => ({ status: 400 }))
  const client = connect(server.baseUrl)
  await namesIn({ owner_id: 1 }, client, signal)
  await namesIn({ team_assignee_id: 1 }, client, signal)
  await namesIn({ owner_id: 1, team_assignee_id: 1 }, client, signal)
  await namesIn({ owner_id: 1 }, connect(server.baseUrl), signal)
  expect(asked(server).sort()).toEqual(['GET /admins', 'GET /admins', 'GET /teams'])
})

test('who leaves finds no names, and the list is read for the next', async () => {
  const { baseUrl } = await serve(() => ({ body: { type: 'admin.list', admins: [ines] } }))
  const client = connect(baseUrl)
  const names = await namesIn({ owner_id: 1 }, client, AbortSignal.abort())
  expect(names('admin', 1)).toBeUndefined()
  expect(await nameOf(client, { owner_id: 1 }, 'admin', 1)).toBe('Ines')
})

test('what is no failure of Intercom is not passed over', async () => {
  const { baseUrl } = await serve(() => ({ status: 500 }))
  const random = () => {
    throw new Error('no entropy')
  }
  await expect(namesIn({ owner_id: 1 }, connect(baseUrl, { ...stillTime(), random }), signal)).rejects.toThrow('no entropy')
})

test('names are looked up though their list is not on offer', async () => {
  const { baseUrl } = await serve(() => ({ body: { type: 'admin.list', admins: [ines] } }))
  const client = connect(baseUrl, { caller: { policy: { offered: new Set(['get_contact']) } } })
  expect(await nameOf(client, { owner_id: 1 }, 'admin', 1)).toBe('Ines')
  expect(await failureOf(listing('admin', client, signal))).toMatchObject({ code: 'policy_denied' })
})

test('a whole sort is listed with ids as texts, and a name where there is none', async () => {
  const { baseUrl } = await serve(() => ({ body: { type: 'admin.list', admins: people } }))
  expect(await listing('admin', connect(baseUrl), signal)).toEqual([ines, { id: '2', name: '' }])
})

test('a list that one caller may not read is there for the others', async () => {
  const [, , body] = sorts[0]!
  const server = await serve(() => ({ body }))
  const client = connect(server.baseUrl)
  await namesIn({ admin_assignee_id: 1 }, client.for({ principal: 'shut out', policy: { denied: new Set(['list_admins']) } }), signal)
  expect(asked(server)).toEqual([])
  expect(await nameOf(client, { admin_assignee_id: 1 }, 'admin', 1)).toBe('Ines')
})
