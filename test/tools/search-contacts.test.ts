import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { beforeAll, describe, expect, test } from 'vitest'
import { bothWays, searching, type Shown } from './searching.ts'

const tool = searching('contacts')
const { asked, found, refused, call, text } = tool
const is = (field: string, value: unknown, operator = '=') => ({ field, operator, value })
const names = (contacts: readonly Shown[]) => contacts.map(({ name }) => name).sort()

describe('filters are the API\'s own in other words', () => {
  test.each<[string, Shown, Shown]>([
    ['no filter', {}, is('created_at', 0, '>')],
    ['a tag by name', { filters: [{ field: 'tag', value: 'vip' }] }, is('tag_id', '8020001')],
    ['one of several tags', { filters: [{ field: 'tags', value: ['VIP', 'Beta'] }] }, { operator: 'OR', value: [is('tag_id', '8020001'), is('tag_id', '8020002')] }],
    ['none of several tags', { filters: [{ field: 'tag', operator: 'not_in', value: ['VIP', 'Beta'] }] }, { operator: 'AND', value: [is('tag_id', '8020001', '!='), is('tag_id', '8020002', '!=')] }],
    ['an owner by first name', { filters: [{ field: 'owner', value: 'Ines' }] }, is('owner_id', 4810101)],
    ['an owner by email', { filters: [{ field: 'owner', value: 'ines@pondwick.example' }] }, is('owner_id', 4810101)],
    ['the token\'s own admin', { filters: [{ field: 'owner', value: 'me' }] }, is('owner_id', 4810101)],
    ['nobody', { filters: [{ field: 'owner', value: 'nobody' }] }, is('owner_id', null)],
    ['a name without its accents', { filters: [{ field: 'owner', value: 'lucia' }] }, is('owner_id', 4810105)],
    ['one of some, or nobody', { filters: [{ field: 'owner', value: ['Ines', 'nobody'] }] }, { operator: 'OR', value: [is('owner_id', 4810101), is('owner_id', null)] }],
    ['none of some, nor nobody', { filters: [{ field: 'owner', operator: 'not_in', value: ['Priya', null] }] }, { operator: 'AND', value: [is('owner_id', 4810103, '!='), is('owner_id', null, '!=')] }],
    ['a choice, or none', { filters: [{ field: 'plan', value: ['Fleet', null] }] }, { operator: 'OR', value: [is('custom_attributes.plan', 'Fleet'), is('custom_attributes.plan', null)] }],
    ['a list as JSON text', { filters: [{ field: 'external_id', operator: 'in', value: '["usr_1042"]' }] }, is('external_id', 'usr_1042')],
    ['anybody', { filters: [{ field: 'owner', operator: 'is_set' }] }, is('owner_id', null, '!=')],
    ['a segment by name', { filters: [{ field: 'segment', value: 'Big fleets' }] }, is('segment_id', '66f0c3d1a7b24e3000000005')],
    ['a custom attribute by name', { filters: [{ field: 'Plan', value: 'fleet' }] }, is('custom_attributes.plan', 'Fleet')],
    ['a number', { filters: [{ field: 'seats', operator: 'greater than', value: '10' }] }, is('custom_attributes.seats', 10, '>')],
    ['numbers', { filters: [{ field: 'seats', operator: 'between', value: [5, 10] }] }, { operator: 'AND', value: [is('custom_attributes.seats', 5, '>='), is('custom_attributes.seats', 10, '<=')] }],
    ['the end of a field\'s name', { filters: [{ field: 'country', value: 'United States' }] }, is('location.country', 'United States')],
    ['a part of a text', { filters: [{ field: 'name', operator: 'starts_with', value: 'ma' }] }, is('name', 'ma', '^')],
    ['any of two', { match: 'any', filters: [{ field: 'tag', value: 'VIP' }, { field: 'role', value: 'lead' }] }, { operator: 'OR', value: [is('tag_id', '8020001'), is('role', 'lead')] }],
    [
      'a group',
      { filters: [{ field: 'role', value: 'user' }], groups: [{ match: 'any', filters: [{ field: 'plan', value: 'Fleet' }, { field: 'tag', value: 'VIP' }] }] },
      { operator: 'AND', value: [is('role', 'user'), { operator: 'OR', value: [is('custom_attributes.plan', 'Fleet'), is('tag_id', '8020001')] }] },
    ],
    ['filters as JSON text', { filters: '[{"field":"role","value":"lead"}]' }, is('role', 'lead')],
  ])('%s', async (_, filters, query) => {
    const { mine, theirs } = await bothWays(tool, 'contacts', filters, query)
    expect(mine).toEqual(theirs)
  })

  test('a phone number, however it is written', async () => {
    expect(names(await found({ filters: [{ field: 'phone', value: '+1 (207) 555-0142' }] }))).toEqual(['Maren Okafor'])
  })
})

describe('text', () => {
  test.each(['maren@cedarcove.example', 'Maren Okafor', 'okafor maren', 'usr_1042', '207-555-0142', '+1 207 555 0142', '66f0c3d1a7b24e1000000001'])('%s finds her', async (said) => {
    expect(names(await found({ text: said }))).toContain('Maren Okafor')
  })

  test('a domain finds whose email is there', async () => {
    const contacts = await found({ text: '@cedarcove.example' })
    expect(contacts.length).toBeGreaterThan(1)
    expect(contacts.every(({ email }) => String(email).endsWith('@cedarcove.example'))).toBe(true)
  })

  test('narrows what filters find', async () => {
    expect(await found({ text: 'maren', filters: [{ field: 'role', value: 'lead' }] })).toEqual([])
  })
})

describe('dates, which Intercom matches by whole days', () => {
  /** In New York, where the workspace is. */
  const seen = { Ann: '2026-03-04T09:00-05:00', Bob: '2026-03-04T14:59-05:00', Cyd: '2026-03-04T15:00:30-05:00', Dee: '2026-03-04T23:59-05:00', Eve: '2026-03-05T00:00-05:00' }
  const them = { field: 'email_domain', value: 'days.example' }
  const within = (...filters: Shown[]) => ({ filters: [them, ...filters] })

  beforeAll(async () => {
    for (const [name, at] of Object.entries(seen))
      await call('create_contact', { role: 'user', name, email: `${name}@days.example`, last_seen_at: Date.parse(at) / 1000 })
    await call('create_contact', { role: 'user', name: 'Never', email: 'never@days.example' })
  })

  test.each<[string, Shown, string[]]>([
    ['on a day', { field: 'last_seen', value: '2026-03-04' }, ['Ann', 'Bob', 'Cyd', 'Dee']],
    ['on other days, or never', { field: 'last_seen', operator: 'is_not', value: '2026-03-04' }, ['Eve', 'Never']],
    ['from a day on', { field: 'last_seen', operator: 'at_least', value: '2026-03-04' }, ['Ann', 'Bob', 'Cyd', 'Dee', 'Eve']],
    ['after a day', { field: 'last_seen', operator: 'after', value: '2026-03-04' }, ['Eve']],
    ['up to a day', { field: 'last_seen', operator: 'at_most', value: '2026-03-04' }, ['Ann', 'Bob', 'Cyd', 'Dee']],
    ['between days', { field: 'last_seen', operator: 'between', value: ['2026-03-04', '2026-03-05'] }, ['Ann', 'Bob', 'Cyd', 'Dee', 'Eve']],
    ['on either of two days', { field: 'last_seen', operator: 'in', value: ['2026-03-03', '2026-03-05'] }, ['Eve']],
    ['never', { field: 'last_seen', operator: 'is_empty' }, ['Never']],
    ['ever', { field: 'last_seen', operator: 'is_set' }, ['Ann', 'Bob', 'Cyd', 'Dee', 'Eve']],
    ['after a time', { field: 'last_seen', operator: 'after', value: '2026-03-04T15:00' }, ['Cyd', 'Dee', 'Eve']],
    ['before a time', { field: 'last_seen', operator: 'before', value: '2026-03-04T15:00' }, ['Ann', 'Bob']],
    ['between times', { field: 'last_seen', operator: 'between', value: ['2026-03-04T14:00', '2026-03-04T16:00-05:00'] }, ['Bob', 'Cyd']],
    ['at a minute', { field: 'last_seen', value: '2026-03-04T15:00' }, ['Cyd']],
    ['a long time ago', { field: 'last_seen', operator: 'before', value: 'last month' }, ['Ann', 'Bob', 'Cyd', 'Dee', 'Eve']],
  ])('%s', async (_, filter, expected) => {
    const answer = await asked(within(filter))
    expect(names(answer.contacts as Shown[])).toEqual(expected)
    expect(answer.total).toBe(expected.length)
  })

  test('what was left out is told', async () => {
    const { note } = await asked(within({ field: 'last_seen', operator: 'after', value: '2026-03-04T15:00' }))
    expect(note).toBe(
      'Searched for: email_domain is days.example; last_seen_at from 2026-03-04 15:00:01 (dates in America/New_York). Intercom matches contacts by whole days; 2 whom it found are outside the time asked for and left out.',
    )
  })

  test('what was not left out is not', async () => {
    expect((await asked(within({ field: 'last_seen', operator: 'after', value: '2026-03-03T15:00' }))).note).not.toContain('left out')
  })

  test('pages hold all of them, and only them, and know how many there are', async () => {
    const input = { ...within({ field: 'last_seen', operator: 'before', value: '2026-03-04T15:00' }), sort: { field: 'last_seen', order: 'descending' }, per_page: 1 }
    const first = await asked(input)
    expect(first).toMatchObject({ total: 2, contacts: [{ name: 'Bob' }] })
    const second = await asked({ ...input, starting_after: first.next_cursor })
    expect(second).toMatchObject({ total: 2, contacts: [{ name: 'Ann' }] })
    expect(second.next_cursor).toBeUndefined()
  })

  test('among alternatives the time of day cannot be kept, which is told', async () => {
    const answer = await asked({ filters: [them], groups: [{ match: 'any', filters: [{ field: 'last_seen', operator: 'after', value: '2026-03-04T15:00' }, { field: 'name', value: 'Ann' }] }] })
    expect(names(answer.contacts as Shown[])).toEqual(['Ann', 'Bob', 'Cyd', 'Dee', 'Eve'])
    expect(answer.note).toContain('among alternatives the times of day were ignored')
  })

  test('the pages of "past 24 hours" go on from when the first was read', async () => {
    const input = { filters: [{ field: 'created', value: 'past 24 hours' }, them], per_page: 2 }
    const first = await asked(input)
    expect(first.total).toBe(6)
    const second = await asked({ ...input, starting_after: first.next_cursor })
    const third = await asked({ ...input, starting_after: second.next_cursor })
    expect(names([first, second, third].flatMap(({ contacts }) => contacts as Shown[]))).toEqual([...Object.keys(seen), 'Never'])
  })
})

describe('what cannot be', () => {
  test.each<[string, Shown, RegExp]>([
    ['a misspelt field', { filters: [{ field: 'emial', value: 'x' }] }, /"emial" is not a search field\. Did you mean "email"\? Fields: .*Own: plan, /],
    ['a misspelt operator', { filters: [{ field: 'email', operator: 'contians', value: 'x' }] }, /no operator "contians"\. Did you mean "contains"\? Operators: is, /],
    ['an operator of another type', { filters: [{ field: 'created', operator: 'contains', value: 'x' }] }, /created_at is a date and takes is, .*not contains/],
    ['an operator of names', { filters: [{ field: 'tag', operator: 'contains', value: 'V' }] }, /tag_id takes is, is_not, in, not_in, is_empty, is_set, not contains/],
    ['a tag that does not exist', { filters: [{ field: 'tag', value: 'VPI' }] }, /There is no tag "VPI"\. Did you mean "VIP"\? There are: Annual plan, /],
    ['an owner who does not exist', { filters: [{ field: 'owner', value: 'Nobody Known' }] }, /There is no admin "Nobody Known"\. There are: Ines Calloway, /],
    ['a choice that does not exist', { filters: [{ field: 'plan', value: 'Crwe' }] }, /plan is one of Starter, Crew, Fleet, not "Crwe"\. Did you mean "Crew"\?/],
    ['a company', { filters: [{ field: 'company', value: 'Cedar Cove' }] }, /get_account/],
    ['no date', { filters: [{ field: 'created', value: 'soon' }] }, /created_at takes a date, not "soon": 2026-03-04/],
    ['no number', { filters: [{ field: 'seats', value: 'many' }] }, /takes a whole number, not "many"/],
    ['an empty text in a list', { filters: [{ field: 'role', value: [' '] }] }, /role is one of needs a value/],
    ['a value that is missing', { filters: [{ field: 'email' }] }, /email is needs a value/],
    ['dates the wrong way round', { filters: [{ field: 'created', operator: 'between', value: ['2026-03-05', '2026-03-04'] }] }, /the first date is after the last/],
    ['both forms', { filters: [{ field: 'email', value: 'x' }], query: is('email', 'x') }, /filters, groups and text, or query, not both/],
    ['a page too large', { per_page: 151 }, /^per_page: /],
    ['a filter with a word too many', { filters: [{ field: 'email', valeu: 'x' }] }, /filters\.0\.valeu is not an argument/],
    ['a group within a group', { groups: [{ filters: [{ field: 'email', value: 'x' }], groups: [] }] }, /groups\.0\.groups is not an argument/],
    ['a sort by nothing known', { sort: { field: 'latest' } }, /"latest" is not a search field/],
    ['too many words', { text: 'one two three four five six seven eight nine' }, /at most 8 words/],
  ])('%s', async (_, input, message) => {
    expect(await refused(input)).toMatch(message)
  })
})

test('finding nothing tells what was looked for', async () => {
  expect(await asked({ filters: [{ field: 'owner', value: 'Ines' }, { field: 'email', value: 'no@where.example' }] })).toMatchObject({
    total: 0,
    note: 'Nothing matches: owner_id is Ines Calloway (4810101); email is no@where.example.',
  })
})

test.each<[string, Shown, string]>([
  ['another word for a field', { field: 'spam', value: false }, 'Searched for: marked_email_as_spam is false.'],
  ['another word for nobody', { field: 'owner', value: 'nobody' }, 'Searched for: owner_id is empty.'],
])('%s is told as it was understood', async (_, filter, note) => {
  expect((await asked({ filters: [filter] })).note).toBe(note)
})

test('detail and fields say how much is shown', async () => {
  const filters = [{ field: 'role', value: 'lead' }]
  expect(Object.keys((await found({ filters, fields: ['email'] }))[0]!)).toEqual(['id', 'email'])
  expect(Object.keys((await found({ filters, detail: 'full' }))[0]!).length).toBeGreaterThan(Object.keys((await found({ filters, detail: 'summary' }))[0]!).length)
})

test('twenty of them are read at once', async () => {
  expect(encode(await text({})).length).toBeLessThan(2000)
})
