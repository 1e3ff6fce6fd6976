import { describe, expect, test, vi } from 'vitest'
import { cases, tally } from './figures.ts'
import { excuse, type History, type Lived, wrongs } from './histories-check.ts'
import { live, type Making, ours } from './histories-live.ts'
import { official, officialWrites } from './histories-official.ts'
import { ready, writes } from './histories-writes.ts'

const { during } = tally('A write under faults at any boundary happens at most once, and its caller is told the truth')

/** Writes that cannot be read back at all: nothing that Intercom answers shows them. */
const untold = ['create_data_event_summary', 'create_data_export', 'create_phone_call_redirect', 'tag_ticket', 'untag_ticket']

/** Writes that reading back shows when they happened, but not when they did not: lists lag, phone numbers are kept in other words, a choice that is the default is not listed. */
const onlyShown = [
  'attach_subscription_to_contact',
  'create_article',
  'create_collection',
  'create_contact',
  'create_content_import_source',
  'create_conversation',
  'create_data_event',
  'create_internal_article',
  'create_message',
  'create_news_item',
  'create_ticket',
  'update_contact',
  'upsert_company',
  'upsert_external_page',
]

/** Writes that reading back does not show though they happened: what is gone may have been hidden before, and a company known by its name alone may have been there. */
const onlyMissed = ['block_contact', 'delete_contact', 'merge_contact', 'upsert_company']

test('every write has a place in the histories', () => {
  expect(Object.keys(ready).toSorted()).toEqual(writes.map(({ name }) => name).toSorted())
})

const seeds = (most: number) => Array.from({ length: most }, (_, seed) => seed)

/** A history in short, to find it again by its seed. */
const told = ({ seed, operation, input, lived }: History): string =>
  [`seed ${seed}: ${operation.name} ${JSON.stringify(input)}`, ...lived.map(({ plan, told: outcome, truth }) => `${outcome} ${JSON.stringify({ plan, truth })}`)].join('\n  ')

/** What a call left unknown without an excuse says of its operation. */
const untellable = ({ operation }: History, { truth }: Lived): string => `${operation.name} ${truth.commits > 0 ? 'happened' : 'did not happen'}`

test('whatever happens at any boundary, a write happens at most once and is told truthfully', { timeout: 3_600_000 }, async () => {
  const [unexcused, wrong] = [new Set<string>(), [] as unknown[]]
  await live(seeds(cases(200, 10_800)), (history) => {
    const unknown = history.lived.filter((lived) => lived.told === 'unknown' && excuse(history, lived) === undefined)
    for (const lived of unknown) unexcused.add(untellable(history, lived))
    return during(() => expect(wrongs(history), told(history)).toEqual([])).catch((error: unknown) => void wrong.push(error))
  })
  expect(wrong).toEqual([])
  const known = [...onlyShown.map((name) => `${name} did not happen`), ...onlyMissed.map((name) => `${name} happened`)]
  expect([...unexcused].filter((each) => !known.includes(each))).toEqual([])
  expect(known.filter((each) => !unexcused.has(each)).length).toBeLessThanOrEqual(cases(known.length, 0)) // the long form meets them all
})

test('nothing that reads back is listed as untold, and nothing else is', () => {
  expect(writes.filter(({ readBack }) => !readBack).map(({ name }) => name)).toEqual(untold)
})

/** The wrongs that are found in histories of a client without our protections. */
const wrongsOf = async (most: number, making: Making, names: readonly string[] = writes.map(({ name }) => name)): Promise<string[]> => {
  const found: string[] = []
  const chosen = seeds(most * writes.length).filter((seed) => names.includes(writes[seed % writes.length]!.name)).slice(0, most)
  await live(chosen, (history) => void found.push(...wrongs(history)), making)
  return found
}

describe('the same check catches', { timeout: 120_000 }, () => {
  test('Intercom\'s own client, which repeats writes whose answer was lost', async () => {
    const real = setTimeout
    vi.stubGlobal('setTimeout', (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => real(run, ms / 100, ...given)) // it waits seconds before each repetition
    const found = await wrongsOf(cases(50, 300), official, officialWrites)
    vi.unstubAllGlobals()
    expect(found.filter((each) => each.includes('committed twice')).length).toBeGreaterThan(5)
    expect(found.filter((each) => each.includes('nothing was committed')).length).toBeGreaterThan(0) // a web page is an answer to it
  })

  test('a caller who repeats what is unknown', async () => {
    const repeating: Making = (options) => {
      const { call, close } = ours(options)
      return { call: async (asked) => ((await call(asked)) === 'unknown' ? call({ ...asked, plan: { ...asked.plan, key: undefined } }) : 'success'), close }
    }
    expect((await wrongsOf(cases(72, 500), repeating)).some((each) => each.includes('committed twice'))).toBe(true)
  })

  test('a client that takes a lost answer for a failure', async () => {
    const doubting: Making = (options) => {
      const { call, close } = ours(options)
      return { call: async (asked) => ((await call(asked)) === 'success' ? 'success' : 'not_committed'), close }
    }
    expect((await wrongsOf(cases(72, 500), doubting)).some((each) => each.includes('but it was committed'))).toBe(true)
  })
})
