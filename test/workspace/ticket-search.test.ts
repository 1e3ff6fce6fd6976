import { beforeAll, expect, test } from 'vitest'
import { createTicketTypeAttribute } from '../../src/contract/ticket-type-attributes.ts'
import { createTicketType } from '../../src/contract/ticket-types.ts'
import { createTicket, replyTicket, searchTickets, updateTicket } from '../../src/contract/tickets.ts'
import { bug, ines, maren, opened, productFixes, question, start, tobias } from './opened.ts'

const workspace = opened({ seed: 'demo' })
const { ask, refusal } = workspace

/** Titles of the tickets that match, in the order answered. */
const titles = async (query: Record<string, unknown>, more: Record<string, unknown> = {}) => {
  const mine = { operator: 'AND', value: [{ field: 'title', operator: '^', value: 'T:' }, query] }
  const { tickets } = await ask(searchTickets, { query: mine, ...more } as Parameters<typeof ask<typeof searchTickets>>[1])
  return tickets.map(({ ticket_attributes }) => String(ticket_attributes?.['_default_title_']).slice(2))
}

const where = (field: string, operator: string, value?: unknown) => titles({ field, operator, value }).then((found) => found.toSorted().join(' '))

const attributes: Record<string, string> = {}
const ids: Record<string, string> = {}
let typeId = ''

const make = async (name: string, ticket_type_id: string, ticket_attributes: Record<string, unknown>, email: string) => {
  workspace.later(10)
  const contacts = [email === maren.email ? { id: maren.id } : { email }]
  const { id } = await ask(createTicket, { ticket_type_id, contacts, ticket_attributes: { _default_title_: `T:${name}`, ...ticket_attributes } })
  ids[name] = id
}

beforeAll(async () => {
  typeId = (await ask(createTicketType, { name: 'Survey' })).id
  for (const data_type of ['string', 'list', 'integer', 'decimal', 'boolean', 'datetime', 'files'] as const)
    attributes[data_type] = (
      await ask(createTicketTypeAttribute, { ticket_type_id: typeId, name: data_type, description: '', data_type, list_items: 'Oars,Sails' })
    ).id
  await make('a', typeId, { string: 'Blue 100%', list: 'Oars', integer: 5, decimal: 1.5, boolean: true, datetime: start }, maren.email)
  await make('b', typeId, { string: 'Ébène', list: 'Sails', integer: 9, decimal: 2.25, boolean: false, datetime: start + 1 }, 'b@elsewhere.example')
  await make('c', bug, { _default_description_: 'Leaks since Monday' }, maren.email)
  await make('d', question, {}, 'd@elsewhere.example')
  await ask(updateTicket, { id: ids['b']!, assignment: { admin_id: ines, assignee_id: tobias }, snoozed_until: start + 5000 })
  await ask(updateTicket, { id: ids['c']!, assignment: { admin_id: ines, assignee_id: productFixes }, open: false })
  await ask(replyTicket, { id: ids['d']!, type: 'admin', admin_id: ines, message_type: 'note', body: 'Mine.' })
})

test('strings: equal, not equal, one of, none of, contain, start and end, without regard to case', async () => {
  expect(await where('id', '=', ids['a'])).toBe('a')
  expect(await where('id', '=', Number(ids['a']))).toBe('a')
  expect(await where('id', 'IN', [ids['a'], ids['d']])).toBe('a d')
  expect(await where('id', 'NIN', [ids['a'], ids['d']])).toBe('b c')
  expect(await where('title', '=', 't:C')).toBe('c')
  expect(await where('title', '!=', 'T:c')).toBe('a b d')
  expect(await where('description', '~', 'MONDAY')).toBe('c')
  expect(await where('description', '!~', 'monday')).toBe('a b d')
  expect(await where('description', '^', 'leaks')).toBe('c')
  expect(await where('description', '$', 'monday')).toBe('c')
  expect(await where('description', '=', 'Monday')).toBe('')
})

test('categories go by the search’s own words', async () => {
  expect(await where('category', '=', 'request')).toBe('a b d')
  expect(await where('category', '=', 'task')).toBe('c')
  expect(await where('category', '=', 'tracker')).toBe('')
  expect(await where('category', 'IN', ['task', 'tracker'])).toBe('c')
})

test('types, assignees and inbox states', async () => {
  expect(await where('ticket_type_id', '=', typeId)).toBe('a b')
  expect(await where('admin_assignee_id', '=', tobias)).toBe('b')
  expect(await where('admin_assignee_id', '=', '0')).toBe('a c d')
  expect(await where('team_assignee_id', '=', productFixes)).toBe('c')
  expect(await where('state', '=', 'open')).toBe('a d')
  expect(await where('state', '=', 'closed')).toBe('c')
  expect(await where('state', 'IN', ['snoozed', 'closed'])).toBe('b c')
  expect(await where('open', '=', false)).toBe('c')
  expect(await where('open', '!=', 'false')).toBe('a b d')
})

test('people and teammates are lists: any of them matches, none of them does not', async () => {
  expect(await where('contact_ids', '=', maren.id)).toBe('a c')
  expect(await where('contact_ids', '!=', maren.id)).toBe('b d')
  expect(await where('contact_ids', 'IN', [maren.id, 'x'])).toBe('a c')
  expect(await where('contact_ids', 'NIN', [maren.id])).toBe('b d')
  expect(await where('teammate_ids', '=', tobias)).toBe('b')
  expect(await where('teammate_ids', '=', ines)).toBe('d')
  expect(await where('teammate_ids', '=', null)).toBe('a c')
})

test('dates match to the second, bounds included', async () => {
  expect(await where('created_at', '=', start + 10)).toBe('a')
  expect(await where('created_at', '!=', start + 10)).toBe('b c d')
  expect(await where('created_at', '>', start + 20)).toBe('b c d')
  expect(await where('created_at', '>=', String(start + 20))).toBe('b c d')
  expect(await where('created_at', '<', start + 20)).toBe('a b')
  expect(await where('created_at', '<=', start + 19)).toBe('a')
  expect(await where('snoozed_until', '>', start)).toBe('b')
  expect(await where('snoozed_until', '=', null)).toBe('a c d')
})

test('attributes of the type are found by id, and take the operators of their data type', async () => {
  const attribute = (name: string, operator: string, value?: unknown) => where(`ticket_attribute.${attributes[name]}`, operator, value)
  expect(await attribute('string', '~', '100%')).toBe('a')
  expect(await attribute('string', '~', '%')).toBe('a')
  expect(await attribute('string', '^', 'ÉB')).toBe('b')
  expect(await attribute('list', '=', 'sails')).toBe('b')
  expect(await attribute('integer', '>', 5)).toBe('b')
  expect(await attribute('integer', '>=', 5)).toBe('a b')
  expect(await attribute('integer', 'IN', [5, 6])).toBe('a')
  expect(await attribute('decimal', '<', 2)).toBe('a')
  expect(await attribute('boolean', '=', true)).toBe('a')
  expect(await attribute('boolean', '=', false)).toBe('b')
  expect(await attribute('datetime', '=', start)).toBe('a')
  expect(await attribute('datetime', '>', start)).toBe('a b')
  expect(await attribute('integer', '=', null)).toBe('c d')
  expect(await attribute('integer', '!=', null)).toBe('a b')
})

test('groups nest two deep', async () => {
  const one = { field: 'category', operator: '=', value: 'task' }
  const other = { field: 'contact_ids', operator: '!=', value: maren.id }
  expect((await titles({ operator: 'OR', value: [one, other] })).toSorted()).toEqual(['b', 'c', 'd'])
})

test('what changed last comes first; another order may be asked for', async () => {
  workspace.later(1)
  await ask(updateTicket, { id: ids['a']!, ticket_attributes: { integer: 6 } })
  const all = { field: 'created_at', operator: '>', value: 0 }
  expect((await titles(all))[0]).toBe('a')
  expect(await titles(all, { sort: { field: 'created_at', order: 'ascending' } })).toEqual(['a', 'b', 'c', 'd'])
  expect(await titles(all, { sort: { field: 'title', order: 'descending' } })).toEqual(['d', 'c', 'b', 'a'])
})

test('every ticket comes once, page by page, with its parts', async () => {
  const query = { field: 'id', operator: '>', value: '' } as const
  const seen: string[] = []
  let starting_after: string | undefined
  do {
    const { type, tickets, pages, total_count } = await ask(searchTickets, { query, pagination: { per_page: 20, starting_after } })
    expect(type).toBe('ticket.list')
    expect(total_count).toBe(54)
    expect(pages).toMatchObject({ type: 'pages', per_page: 20, total_pages: 3 })
    expect(tickets.every(({ ticket_parts }) => (ticket_parts?.total_count ?? 0) > 0)).toBe(true)
    seen.push(...tickets.map(({ id }) => id))
    starting_after = pages?.next?.starting_after ?? undefined
  } while (starting_after)
  expect(new Set(seen).size).toBe(54)
  expect((await ask(searchTickets, { query })).tickets).toHaveLength(20)
})

test('a snooze that has run out is no longer found as one', async () => {
  expect(await where('state', '=', 'snoozed')).toBe('b')
  workspace.later(6000)
  expect(await where('state', '=', 'snoozed')).toBe('')
  expect(await where('state', '=', 'open')).toBe('a b d')
})

test.each([
  ['a field there is not', { field: 'ticket_state', operator: '=', value: 'submitted' }, /^400 invalid_field: ticket_state is not a valid search field/],
  ['an attribute there is not', { field: 'ticket_attribute.9999', operator: '=', value: 1 }, /^400 invalid_field/],
  ['an attribute by name', { field: 'ticket_attribute.Severity', operator: '=', value: 'Low' }, /^400 invalid_field/],
  ['a word for a date', { field: 'created_at', operator: '>', value: 'foobar' }, /^400 parameter_invalid/],
  ['a comparison of strings', { field: 'title', operator: '<', value: 'x' }, /^400 parameter_invalid/],
  ['a part of a boolean', { field: 'open', operator: '~', value: 'tr' }, /^400 parameter_invalid/],
  ['one value for IN', { field: 'id', operator: 'IN', value: '1' }, /^400 parameter_invalid/],
  ['an operator there is not', { field: 'id', operator: '==', value: '1' }, /^400 /],
  ['no query', undefined, /^400 /],
])('%s is refused', async (_, query, expected) => {
  expect(await refusal(searchTickets, { query })).toMatch(expected)
})

test('files cannot be searched', async () => {
  const query = { field: `ticket_attribute.${attributes['files']}`, operator: '=', value: 'x' }
  expect(await refusal(searchTickets, { query })).toMatch(/^400 invalid_field/)
})
