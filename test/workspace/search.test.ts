import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refused } from './asking.ts'
import { back, crowded, hour, people, visible, walk } from './crowd.ts'
import { plain, valueOf } from './meaning.ts'

let room: ReturnType<typeof crowded>
beforeAll(() => {
  room = crowded()
})
afterAll(() => room.close())

const search = (query: unknown, rest: object = {}) => room.ask('POST', '/contacts/search', { query, ...rest })

describe('a query', () => {
  test('may ask for everything', async () => {
    expect(await walk(room, { field: 'id', operator: '>', value: '' }, {}, 150)).toHaveLength(visible.length)
  })

  test('takes both spellings of the two fields that the reference misspells', async () => {
    for (const field of ['andoid_sdk_version', 'android_sdk_version', 'ios_app_device', 'ios_device'])
      expect((await search({ field, operator: '=', value: null })).body.total_count).toBe(visible.length)
  })

  test('of a date takes text of digits, and a day of 25 hours whole', async () => {
    const onThatDay = visible.filter(({ created_at }) => created_at >= back && created_at < back + 25 * hour)
    expect((await search({ field: 'created_at', operator: '=', value: String(back + 24.5 * hour) })).body.total_count).toBe(onThatDay.length)
    expect(onThatDay.length).toBeGreaterThan(20)
  })
})

describe('a query is refused', () => {
  const of = (field: string, operator: string, value?: unknown) => ({ field, operator, value })
  const one = of('role', '=', 'user')

  test.each([
    ['an unknown field', of('ticket_state', '=', 'x'), '400 invalid_field: ticket_state is not a valid search field'],
    ['an unknown custom attribute', of('custom_attributes.shoe', '=', 'x'), '400 invalid_field: custom_attributes.shoe is not a valid search field'],
    ['a name of every object', of('constructor', '=', 'x'), '400 invalid_field: constructor is not a valid search field'],
    ['an operator that dates do not take', of('created_at', '!=', 1), '400 parameter_invalid: created_at is of type date and takes = < >, not !='],
    ['IN on dates', of('created_at', 'IN', [1]), '400 parameter_invalid: created_at is of type date and takes = < >, not IN'],
    ['IN on tags', of('tag_id', 'IN', ['1']), '400 parameter_invalid: tag_id is of type string and takes = !=, not IN'],
    ['>= on text', of('name', '>=', 'a'), '400 parameter_invalid: name is of type string and takes = != IN NIN ~ !~ ^ $ >, not >='],
    ['~ on numbers', of('owner_id', '~', 1), '400 parameter_invalid: owner_id is of type integer and takes = != IN NIN < <= > >=, not ~'],
    ['a word for a date', of('created_at', '>', 'yesterday'), '400 parameter_invalid: created_at > takes a date in unix seconds, not "yesterday"'],
    ['a date beyond the calendar', of('created_at', '>', 1e15), '400 parameter_invalid: created_at > takes a date in unix seconds, not 1000000000000000'],
    ['a word for a number', of('owner_id', '=', 'me'), '400 parameter_invalid: owner_id = takes an integer, not "me"'],
    ['a fraction for a number', of('owner_id', '=', 1.5), '400 parameter_invalid: owner_id = takes an integer, not 1.5'],
    ['a flag for text', of('name', '=', true), '400 parameter_invalid: name = takes a string, not true'],
    ['a list for one', of('name', '=', ['a']), '400 parameter_invalid: name = takes a string, not a list'],
    ['one for a list', of('name', 'IN', 'a'), '400 parameter_invalid: name IN takes a list of values, not "a"'],
    ['nothing for text to contain', of('name', '~'), '400 parameter_invalid: name ~ takes a string, not nothing'],
    ['nothing in a list', of('name', 'IN', [null]), '400 parameter_invalid: name IN takes a string, not nothing'],
    ['a custom attribute of another type', of('custom_attributes.seats', '=', 'many'), '400 parameter_invalid: custom_attributes.seats = takes an integer, not "many"'],
  ])('for %s', async (_, query, expected) => {
    expect(refused(await search(query))).toBe(expected)
  })

  test.each([
    ['text', '{"field":"name"}'],
    ['a list', [one]],
    ['an operator of another language', of('name', 'LIKE', 'x')],
    ['no operator', { field: 'name', value: 'x' }],
    ['no field', { operator: '=', value: 'x' }],
    ['a field beside AND', { field: 'name', operator: 'AND', value: [one] }],
    ['an empty group', { operator: 'OR', value: [] }],
    ['16 entries', { operator: 'OR', value: Array.from({ length: 16 }, () => one) }],
    ['three levels', { operator: 'OR', value: [{ operator: 'AND', value: [{ operator: 'OR', value: [one] }] }] }],
  ])('when it is %s', async (_, query) => {
    expect(refused(await search(query))).toMatch(/^400 parameter_(invalid|not_found): /)
  })

  test('when it is missing', async () => {
    expect(refused(await room.ask('POST', '/contacts/search', {}))).toMatch(/^400 parameter_not_found: query/)
  })

  test('shortly, however long or deep what was sent', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    const long = 'x'.repeat(100_000)
    const bodies = [
      `{"query":{"operator":"AND","value":[{"field":"email","operator":${deep}}]}}`,
      `{"query":{"operator":"AND","value":[{"field":${deep},"operator":"AND","value":[]}]}}`,
      JSON.stringify({ query: { ...one, [long]: 1 } }),
      JSON.stringify({ query: of(`custom_attributes.${long}`, '=', 1) }),
    ]
    for (const body of bodies) {
      const answer = await room.ask('POST', '/contacts/search', body)
      expect([answer.status, JSON.stringify(answer.body).length]).toEqual([400, expect.toSatisfy((length: number) => length < 500)])
    }
  })

  test('but not for two levels, or 15 entries', async () => {
    const nested = { operator: 'OR', value: [{ operator: 'AND', value: [one] }, one] }
    for (const query of [nested, { operator: 'OR', value: Array.from({ length: 15 }, () => one) }]) expect((await search(query)).status).toBe(200)
  })
})

describe('sorting', () => {
  const everyone = { field: 'id', operator: '>', value: '' }
  const byId = new Map(people.map((contact) => [contact.id, contact]))

  test.each(['created_at', 'last_seen_at', 'name', 'email', 'owner_id', 'custom_attributes.seats', 'custom_attributes.renews'])(
    'by %s holds both ways over pages of any size, each contact once',
    async (field) => {
      const up = await walk(room, everyone, { sort: { field, order: 'ascending' } }, 7)
      const down = await walk(room, everyone, { sort: { field, order: 'descending' } }, 31)
      expect(down).toEqual(up.toReversed())
      expect(new Set(up).size).toBe(visible.length)
      const keys = up.map((id) => plain(valueOf(byId.get(id)!, field))).filter((key) => key !== null) as (string | number)[]
      expect(keys.every((key, index) => index === 0 || keys[index - 1]! <= key)).toBe(true)
    },
  )

  test('takes other words for the order, as Intercom does up to 2.15', async () => {
    const first = async (order?: string) => (await search(everyone, { sort: { field: 'created_at', order } })).body.data[0].created_at
    expect(await first('desc')).toBe(Math.max(...visible.map(({ created_at }) => created_at)))
    expect(await first('asc')).toBe(Math.min(...visible.map(({ created_at }) => created_at)))
    expect(await first('sideways')).toBe(await first('desc'))
  })

  test('by what has no single value is refused', async () => {
    expect(refused(await search(everyone, { sort: { field: 'tag_id' } }))).toMatch('400 invalid_field')
    expect(refused(await search(everyone, { sort: { field: 'shoe' } }))).toBe('400 invalid_field: shoe is not a valid search field')
  })
})

describe('a cursor', () => {
  const everyone = { field: 'id', operator: '>', value: '' }
  const bad = '400 client_error: Invalid starting_after param. Please try again using a starting_after value from a paginated response'
  const page = async (starting_after: string, query: unknown = everyone, rest: object = {}) =>
    search(query, { pagination: { per_page: 5, starting_after }, ...rest })
  const fresh = async (): Promise<string> => (await search(everyone, { pagination: { per_page: 5 } })).body.pages.next.starting_after

  test('goes on with pages of another size', async () => {
    const [cursor, ids] = [await fresh(), await walk(room, everyone, {}, 150)]
    const { body } = await search(everyone, { pagination: { per_page: 10, starting_after: cursor } })
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(ids.slice(5, 15))
    expect(body.pages).toMatchObject({ page: 2, per_page: 10 })
  })

  test('is refused after any change to it', async () => {
    const cursor = await fresh()
    for (let at = 0; at < cursor.length; at += 3) {
      const changed = cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1)
      expect(refused(await page(changed))).toBe(bad)
    }
    for (const other of ['x', '[]', `${cursor}A`, `${cursor}=`, ` ${cursor}`, cursor.slice(0, -1), btoa('[1,2,3,4]'), 'é'.repeat(9)])
      expect(refused(await page(other))).toBe(bad)
  })

  test('is refused by another query, order or endpoint', async () => {
    const cursor = await fresh()
    expect((await page(cursor)).status).toBe(200)
    expect(refused(await page(cursor, { field: 'id', operator: '>', value: '0' }))).toBe(bad)
    expect(refused(await page(cursor, everyone, { sort: { field: 'name' } }))).toBe(bad)
    expect(refused(await room.ask('GET', `/contacts?starting_after=${cursor}`))).toBe(bad)
    expect(refused(await room.ask('POST', '/tickets/search', { query: everyone, pagination: { starting_after: cursor } }))).toBe(bad)
  })

  test('may be null for the first page', async () => {
    expect((await search(everyone, { pagination: { starting_after: null } })).body.pages).toMatchObject({ page: 1, per_page: 50 })
    expect((await search(everyone, { pagination: null })).status).toBe(200)
  })

  test.each([0, -1, 151, 'many'])('page of %s is refused', async (per_page) => {
    expect(refused(await search(everyone, { pagination: { per_page } }))).toMatch('400 parameter_invalid')
  })

  test('of an empty result is absent', async () => {
    const { body } = await search({ field: 'name', operator: '=', value: 'nobody' })
    expect(body).toEqual({ type: 'list', data: [], total_count: 0, pages: { type: 'pages', page: 1, per_page: 50, total_pages: 0 } })
  })
})
