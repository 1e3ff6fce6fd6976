import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listContacts } from '../../src/contract/contacts.ts'
import { connect, serve } from '../client/servers.ts'
import { cases, tally } from './figures.ts'

const figure = tally('Lists that loop, repeat, shrink, lie or never end: read to an end, no item twice, no gap untold')

/** One page of a list: which items stand on it, where it leads, and how many it says there are. */
const page = fc.record({
  ids: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 6 }),
  next: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 7 }) }, { weight: 1, arbitrary: fc.constantFrom('end' as const, 'fresh' as const, 'nowhere' as const) }),
  total: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
})

type Next = number | 'end' | 'fresh' | 'nowhere'

const limits = { pages: 12, items: 40 }

const nextOf = (next: Next, count: number): unknown => {
  if (next === 'end') return undefined
  if (next === 'nowhere') return { page: 2 }
  return { page: count + 1, starting_after: next === 'fresh' ? `fresh-${count}` : String(next) }
}

interface Served {
  readonly ids: readonly number[]
  readonly next: Next
  readonly total?: number
}

/** Serves the pages by their cursors, the first to who names none, and keeps what it served. */
const serving = async () => {
  const state: { pages: readonly Served[]; served: Served[]; count: number } = { pages: [], served: [], count: 0 }
  const { baseUrl } = await serve(({ path }) => {
    const cursor = new URLSearchParams(path.split('?')[1]).get('starting_after')
    const served = state.pages[Number(cursor ?? 0) || 0] ?? state.pages[0]!
    state.served.push(served)
    state.count += 1
    const next = nextOf(served.next, state.count)
    return { body: { type: 'list', data: served.ids.map((id) => ({ type: 'contact', id: String(id) })), ...(served.total !== undefined && { total_count: served.total }), ...(next !== undefined && { pages: { type: 'pages', next } }) } }
  })
  return { client: connect(baseUrl, { limits }), state }
}

type Walk = () => Promise<{ readonly items: readonly unknown[]; readonly gap?: string }>

const hold = async (state: Awaited<ReturnType<typeof serving>>['state'], pages: readonly Served[], walk: Walk) => {
  Object.assign(state, { pages, served: [], count: 0 })
  const { items, gap } = await walk()
  const ids = (items as { readonly id: string }[]).map(({ id }) => Number(id)) // as served
  const seen = [...new Set(state.served.flatMap((each) => each.ids))]
  expect(state.served.length).toBeLessThanOrEqual(limits.pages)
  expect(ids).toEqual(seen.slice(0, limits.items))
  const { next } = state.served.at(-1)!
  const repeated = state.served.reduce((sum, each) => sum + each.ids.length, 0) > seen.length
  const said = state.served.findLast(({ total }) => total !== undefined)?.total ?? seen.length
  expect(gap === undefined).toBe(next === 'end' && !repeated && seen.length <= limits.items && said === seen.length)
}

const lists = fc.array(page, { minLength: 1, maxLength: 8 })

test('whatever a list does, a walk through it ends, gives no item twice and tells of every gap', async () => {
  const { client, state } = await serving()
  const property = fc.asyncProperty(lists, (pages) => figure.during(() => hold(state, pages, () => client.collect(listContacts, {}))))
  await fc.assert(property, { numRuns: cases(400, 10_000), seed: 12, endOnFailure: true })
}, 600_000)

test('a walk that goes wherever it is led breaks that', async () => {
  const { client, state } = await serving()
  const trusting: Walk = async () => {
    const items: unknown[] = []
    let starting_after: string | undefined
    for (let count = 0; count < 50; count++) {
      const { data, pages } = await client.call(listContacts, { starting_after })
      items.push(...data)
      starting_after = pages?.next?.starting_after ?? undefined
      if (!starting_after) break
    }
    return { items }
  }
  const property = fc.asyncProperty(lists, (pages) => hold(state, pages, trusting))
  expect(await fc.check(property, { numRuns: 100, seed: 12, endOnFailure: true })).toMatchObject({ failed: true })
})
