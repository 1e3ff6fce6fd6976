import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allOperations } from '../../src/contract/nouns.ts'
import { effectOf } from '../../src/contract/operation.ts'
import { overviewTools } from '../../src/tools/overview-tools.ts'
import { inputs } from '../contract/generate.ts'
import { type Asked, calling, connects } from './confirming.ts'

const operations = (await allOperations()).map(({ operation }) => operation)
const asked: Asked = { questions: [], says: 'decline' }
const questions: Readonly<Record<string, object>> = {
  who_is_customer: { customer: 'priyanka@powderlantern.example' },
  get_account: { company: 'Cedar Cove Kayaks' },
  search: { query: 'refund' },
  fetch: { id: 'article:1' },
}

let call: ReturnType<typeof calling>
let close: () => Promise<void>
beforeAll(async () => {
  const client = await connects['SDK v2 speaking 2026-07-28']!({ args: ['--toolsets', 'all,finder', '--confirm', 'all'] }, asked)
  call = calling(client)
  close = () => client.close()
})
afterAll(() => close())

/** Some input that does no more than that, and of which the schema has nothing to say. */
const mild = operations.flatMap((operation) => {
  const found = fc.sample(inputs(operation), { seed: 20_261_122, numRuns: 20 }).find((input) => ['read', 'write'].includes(effectOf(operation, input)))
  return found ? [{ name: operation.name, effect: effectOf(operation, found), executor: `call_${effectOf(operation, found)}_operation`, input: found }] : []
})

test('all reads and writes are among them', () => {
  const expected = operations.filter(({ effect }) => effect === 'read' || effect === 'write').map(({ name }) => name)
  expect(mild.map(({ name }) => name)).toEqual(expect.arrayContaining(expected))
})

test.each(mild)('$name, as a $effect, asks nobody', async ({ name, executor, input }) => {
  await call(name, input)
  await call(executor, { operation: name, input })
  expect(asked.questions).toEqual([])
})

test.each(overviewTools.map(({ tool: { name } }) => name))('%s asks nobody', async (name) => {
  expect(await call(name, questions[name] as Record<string, unknown>)).toMatchObject({ isError: false })
  expect(asked.questions).toEqual([])
})

test('while what reaches a customer does', async () => {
  await call('reply_conversation', { id: '119', message_type: 'comment', type: 'admin', admin_id: '4810101', body: 'Hi' })
  expect(asked.questions.splice(0)).toHaveLength(1)
})
