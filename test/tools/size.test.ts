import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allOperations } from '../../src/contract/nouns.ts'
import { sample } from '../contract/generate.ts'
import { open, type Session } from './session.ts'
import { type Stranger, stranger } from './stranger.ts'

let upstream: Stranger
let session: Session
beforeAll(async () => {
  upstream = await stranger(() => '')
  session = await open(['--toolsets', 'all'], { INTERCOM_BASE_URL: upstream.url, INTERCOM_ACCESS_TOKEN: 'token' })
})
afterAll(async () => {
  await session.close()
  await upstream.close()
})

const questions: readonly (readonly [tool: string, input: Record<string, unknown>])[] = [
  ...(await allOperations()).filter(({ operation: { effect, file } }) => effect === 'read' && !file).map(({ operation }) => [operation.name, sample(operation)] as const),
  ['who_is_customer', { customer: 'ada@example.com' }],
  ['who_is_customer', { customer: '66f0c3d1a7b24e1000000001', detail: 'full' }],
  ['get_account', { company: '66f0c3d1a7b24e1000000001' }],
  ['describe_workspace', {}],
  ['search', { query: 'refund' }],
  ['fetch', { id: 'conversation:7' }],
  ['fetch', { id: 'contact:66f0c3d1a7b24e1000000001' }],
]

/** Characters of every sort: some are longer in JSON, some in UTF-8, some break lines, some are no letters at all. */
const texts = fc.tuple(fc.constantFrom('a', '"', '\\', 'é', '🛶', 'word ', 'line\n', '<p>x</p>', '<', '| ', '- '), fc.constantFrom(0, 1, 12, 150, 1_000, 10_000)).map(([text, length]) => text.repeat(length / text.length))

/** Answers stay below what the client reads at all, so that it is the view that has to cut. */
const fillings = fc
  .record({ text: texts, items: fc.constantFrom(0, 1, 2, 20, 60, 150, 500) })
  .filter(({ text, items }) => text.length * items * 40 < 8_000_000)

/** `LONG=1` tries many more. */
const numRuns = process.env.LONG ? 5_000 : 100

test('no answer is longer than clients take, in both forms together, however much there is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...questions), fillings, fc.constantFrom(undefined, 'summary', 'full'), async ([tool, input], { text, items }, detail) => {
      upstream.fill({ word: (field) => (/(^|_)ids?$/.test(field) ? '7' : text), items })
      const answer = await session.call(tool, { ...input, ...(detail && !['search', 'fetch', 'describe_workspace'].includes(tool) && { detail }) })
      expect(answer.text.length + JSON.stringify(answer.structured ?? {}).length).toBeLessThanOrEqual(40_000)
    }),
    { numRuns },
  )
}, 600_000)
