import { expect, test } from 'vitest'
import { asking } from './asking.ts'

// Tables of more than 20,000 rows are looked through in slices between the requests of others. The same questions on few rows
// are what all other tests ask, so here everything is counted and sorted once more in plain JavaScript.

const many = 22_000

interface Person {
  readonly id: string
  readonly name: string
  readonly role: 'user' | 'lead'
  readonly last_seen_at: number | null
  readonly phone: string | null
}

/** Every seventh was never seen, and many were seen in the same second; every eleventh has a phone. */
const people: readonly Person[] = Array.from({ length: many }, (_, index) => ({
  id: (0x5000_0000 + index).toString(16).padStart(24, '0'),
  name: `Person ${(index * 7919) % many}`,
  role: index % 3 === 0 ? 'lead' : 'user',
  last_seen_at: index % 7 === 0 ? null : 1_763_000_000 + ((index * 31) % 5_000),
  phone: index % 11 === 0 ? `+1 555 ${index}` : null,
}))

const { ask } = asking({ rateLimit: 1_000_000, seed: { format: 1, base: 'empty', collections: { contact: [...people] } } })

type Sort = { readonly field: keyof Person; readonly order: 'ascending' | 'descending' }

/** Every page of a search, and how many it said there are in all. */
const walked = async (query: object, sort: Sort): Promise<{ ids: string[]; totals: number[] }> => {
  const ids: string[] = []
  const totals = new Set<number>()
  for (let starting_after: string | undefined; ; ) {
    const { body } = await ask('POST', '/contacts/search', { query, sort, pagination: { per_page: 150, starting_after } })
    ids.push(...body.data.map(({ id }: Person) => id))
    totals.add(body.total_count)
    starting_after = body.pages.next?.starting_after
    if (starting_after === undefined) return { ids, totals: [...totals] }
  }
}

/** In the order that is asked for; equals by creation, null as the smallest. */
const ordered = (found: readonly Person[], { field, order }: Sort): string[] => {
  const key = (person: Person) => person[field] ?? -1
  const ascending = found.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : people.indexOf(a) - people.indexOf(b)))
  return (order === 'ascending' ? ascending : ascending.toReversed()).map(({ id }) => id)
}

const filter = (field: string, operator: string, value: unknown) => ({ field, operator, value })
const group = (...value: object[]) => ({ operator: 'AND', value })

const questions: Readonly<Record<string, { readonly query: object; readonly passes: (person: Person) => boolean }>> = {
  'that finds few': { query: filter('phone', '$', '99'), passes: ({ phone }) => phone?.endsWith('99') ?? false },
  'that finds some': { query: group(filter('role', '=', 'user'), filter('phone', '!=', null)), passes: ({ role, phone }) => role === 'user' && phone !== null },
  'that finds nobody': { query: filter('name', '=', 'Nobody'), passes: () => false },
  'by an exact id': { query: filter('id', 'IN', [people[3]!.id, people[21_000]!.id]), passes: ({ id }) => [people[3]!.id, people[21_000]!.id].includes(id) },
}

const sorts: readonly Sort[] = (['last_seen_at', 'name'] as const).flatMap((field) => (['ascending', 'descending'] as const).map((order) => ({ field, order })))

test.each(Object.entries(questions))('a search %s comes whole, in its order and exactly counted', async (_, { query, passes }) => {
  for (const sort of sorts) {
    const expected = ordered(people.filter(passes), sort)
    expect(await walked(query, sort), JSON.stringify(sort)).toEqual({ ids: expected, totals: [expected.length] })
  }
})

test('the pages of everybody follow on each other, also where the key changes to null', async () => {
  const sort = { field: 'last_seen_at', order: 'descending' } as const
  expect(await walked(filter('role', 'IN', ['user', 'lead']), sort)).toEqual({ ids: ordered(people, sort), totals: [many] })
})

test('what was counted is counted anew after a change', async () => {
  const count = async () => (await ask('POST', '/contacts/search', { query: filter('name', '~', 'person 77'), pagination: { per_page: 1 } })).body.total_count
  const before = await count()
  expect(before).toBe(people.filter(({ name }) => name.includes('Person 77')).length)
  await ask('POST', '/contacts', { email: 'new@example.com', name: 'Person 77 too' })
  expect(await count()).toBe(before + 1)
})

test('others are answered while a large table is looked through', async () => {
  const answered: string[] = []
  const search = ask('POST', '/contacts/search', { query: filter('name', '~', 'erson 1'), sort: { field: 'phone', order: 'ascending' } }).then(() => answered.push('search'))
  await ask('GET', `/contacts/${people[0]!.id}`).then(() => answered.push('contact'))
  await search
  expect(answered).toEqual(['contact', 'search'])
})
