import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { crowded, moments, segmentIds, tagIds, visible, walk, words } from './crowd.ts'
import { dates, type Filter, matches, type Query } from './meaning.ts'

let room: ReturnType<typeof crowded>
beforeAll(() => {
  room = crowded()
})
afterAll(() => room.close())

const filterOn = (field: string, operators: readonly string[], value: fc.Arbitrary<unknown>, nullable = true): fc.Arbitrary<Filter> =>
  fc.constantFrom(...operators).chain((operator) => {
    if (operator === 'IN' || operator === 'NIN') return fc.array(value, { maxLength: 4 }).map((list) => ({ field, operator, value: list }))
    const given = nullable && (operator === '=' || operator === '!=') ? fc.option(value, { freq: 6 }) : value
    return given.map((one) => (one === null && field.length % 2 ? { field, operator } : { field, operator, value: one }))
  })

const textOperators = ['=', '!=', 'IN', 'NIN', '~', '!~', '^', '$']
const numberOperators = ['=', '!=', 'IN', 'NIN', '<', '<=', '>', '>=']
const text = fc.constantFrom(...words, 'ADA', 'a', '%', '_', '@', '.EXAMPLE', 'e', 'nor')
const moment = fc.constantFrom(...moments)

const filters = fc.oneof(
  ...['name', 'email', 'email_domain', 'location.country', 'custom_attributes.plan'].map((field) => filterOn(field, textOperators, text)),
  filterOn('role', ['=', '!=', 'IN', 'NIN'], fc.constantFrom('user', 'lead', 'Lead')),
  filterOn('owner_id', numberOperators, fc.integer({ min: 0, max: 4 })),
  filterOn('custom_attributes.seats', numberOperators, fc.constantFrom(0, 1, 2, 3, 10)),
  filterOn('custom_attributes.score', numberOperators, fc.constantFrom(0.5, 1, 2, 2.25)),
  filterOn('unsubscribed_from_emails', ['=', '!='], fc.boolean()),
  filterOn('custom_attributes.is VIP', ['=', '!='], fc.boolean()),
  ...dates.map((field) => filterOn(field, ['='], moment)),
  ...dates.map((field) => filterOn(field, ['<', '>'], fc.oneof(moment, moment.map(String)))),
  filterOn('tag_id', ['=', '!='], fc.constantFrom(...tagIds)),
  filterOn('segment_id', ['=', '!=', 'IN', 'NIN', '~', '!~'], fc.constantFrom(...segmentIds, 'a')),
)

const group = (entry: fc.Arbitrary<Query>): fc.Arbitrary<Query> =>
  fc.record({ operator: fc.constantFrom('AND', 'OR'), value: fc.array(entry, { minLength: 1, maxLength: 4 }) })
const queries: fc.Arbitrary<Query> = fc.oneof(filters, group(filters), group(fc.oneof(filters, group(filters))))

test('any query of the grammar finds just what it says', async () => {
  const check = async (query: Query) => {
    const expected = visible.filter((contact) => matches(contact, query)).map(({ id }) => id)
    expect((await walk(room, query, {}, 150)).toSorted()).toEqual(expected.toSorted())
  }
  await fc.assert(fc.asyncProperty(queries, check), { numRuns: 200, seed: 20_251_122 })
}, 20_000)
