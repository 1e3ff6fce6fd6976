import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { searchContacts } from '../../src/contract/contacts.ts'
import { isGroup, type Query } from '../../src/contract/search.ts'
import { all, any, withinLimits } from '../../src/tools/search/filter-tree.ts'

const searchable = searchContacts.search!
const is = (field: string, value: string): Query => ({ field, operator: '=', value })
const isNot = (field: string, value: string): Query => ({ field, operator: '!=', value })

type Person = Readonly<Record<string, string>>

/** Whether a query is true of someone, by what the operators mean. */
const holds = (query: Query, person: Person): boolean => {
  if (isGroup(query)) return query.operator === 'AND' ? query.value.every((entry) => holds(entry, person)) : query.value.some((entry) => holds(entry, person))
  const values = [query.value].flat()
  return values.includes(person[query.field]) === (query.operator === '=' || query.operator === 'IN')
}

const levels = (query: Query): number => (isGroup(query) ? 1 + Math.max(...query.value.map(levels)) : 0)
const longest = (query: Query): number => (isGroup(query) ? Math.max(query.value.length, ...query.value.map(longest)) : 0)

const names = ['name', 'phone', 'role', 'email'] as const
const value = fc.constantFrom('a', 'b', 'c')
const filter = fc.record({ field: fc.constantFrom(...names), operator: fc.constantFrom('=' as const, '!=' as const), value })
const query = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof({ maxDepth: 4 }, filter, fc.record({ operator: fc.constantFrom('AND' as const, 'OR' as const), value: fc.array(tie('query'), { minLength: 1, maxLength: 4 }) })),
})).query
const person: fc.Arbitrary<Person> = fc.record({ name: value, phone: value, role: value, email: value })

const attempt = (asked: Query): Query | undefined => {
  try {
    return withinLimits(asked, searchable)
  } catch {
    return undefined
  }
}

describe('a query of any shape', () => {
  test('means the same in the form that Intercom takes', () => {
    fc.assert(
      fc.property(query, fc.array(person, { minLength: 1, maxLength: 20 }), (asked, people) => {
        const taken = attempt(asked)
        fc.pre(taken !== undefined)
        expect(people.map((one) => holds(taken, one))).toEqual(people.map((one) => holds(asked, one)))
        expect(levels(taken)).toBeLessThanOrEqual(2)
        expect(longest(taken)).toBeLessThanOrEqual(15)
      }),
      { numRuns: 300 },
    )
  })

  test('has such a form whenever it is small', () => {
    const small = fc.letrec<{ query: Query }>((tie) => ({
      query: fc.oneof({ maxDepth: 3 }, filter, fc.record({ operator: fc.constantFrom('AND' as const, 'OR' as const), value: fc.array(tie('query'), { minLength: 1, maxLength: 2 }) })),
    })).query
    fc.assert(
      fc.property(small, (asked) => {
        expect(attempt(asked)).toBeDefined()
      }),
    )
  })
})

describe('what is too long for a group', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `${index}`)

  test('stands in groups within it', () => {
    expect(withinLimits(all(...many(20).map((name) => ({ field: 'name', operator: '~' as const, value: name }))), searchable)).toMatchObject({
      operator: 'AND',
      value: [{ operator: 'AND' }, { operator: 'AND' }],
    })
  })

  test('is a list where the field takes lists', () => {
    expect(withinLimits(any(...many(40).map((id) => is('id', id))), searchable)).toEqual({ field: 'id', operator: 'IN', value: many(40) })
    expect(withinLimits(all(is('role', 'user'), ...many(40).map((id) => isNot('id', id))), searchable)).toEqual({
      operator: 'AND',
      value: [{ field: 'id', operator: 'NIN', value: many(40) }, is('role', 'user')],
    })
  })

  test('is no list where it does not', () => {
    expect(withinLimits(any(...many(20).map((id) => is('tag_id', id))), searchable)).toMatchObject({ operator: 'OR', value: [{ operator: 'OR' }, { operator: 'OR' }] })
  })

  test('is refused in words when nothing helps', () => {
    const alternatives = any(...many(20).map((id) => is('tag_id', id)))
    const others = any(...many(20).map((id) => isNot('tag_id', id)))
    expect(() => withinLimits(all(alternatives, others), searchable)).toThrow(/more than Intercom takes: 15 in a group/)
  })
})
