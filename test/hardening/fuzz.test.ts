import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { published } from '../../src/tools/published.ts'
import { isOperationTool, type PublishedTool } from '../../src/tools/tool.ts'
import { type Bench, bench, type Called, flaws, flawsOf, judge, knownBy } from './fuzz.ts'
import { cases, tally } from './figures.ts'
import { argumentsOf, type Known } from './hostile.ts'

const seed = Number(process.env.FUZZ_SEED ?? 20_261_122)

/** Milliseconds. A call that works on nothing but memory is done in a few of them. */
const deadline = 25_000

const { during } = tally('A tool called with anything answers in time, by its schema, within its size, and does nothing but what it says (calls)')

/** What is deleted cannot be read any more. */
const order = ['read', 'write', 'send', 'destroy']
const tools = [...(await published())].sort((a, b) => place(a) - place(b))
function place(tool: PublishedTool): number {
  return isOperationTool(tool) ? order.indexOf(tool.effect) : -1
}

const rejected: unknown[] = []
const onRejection = (error: unknown) => void rejected.push(error)
process.on('unhandledRejection', onRejection)
afterAll(() => {
  process.off('unhandledRejection', onRejection)
  expect(rejected).toEqual([])
})

const succeeding = new Set<string>()

const callOnce = async (on: Bench, tool: PublishedTool, args: unknown): Promise<void> => {
  const { result } = await judge(on.call(tool, args), deadline)
  if (!result.isError) succeeding.add(tool.tool.name)
}

const told = ({ counterexample, errorInstance, numRuns }: fc.RunDetails<[Record<string, unknown>]>): string =>
  `FUZZ_SEED=${seed}, call ${numRuns}: ${JSON.stringify(counterexample)?.slice(0, 3_000)}\n${errorInstance instanceof Error ? errorInstance.stack : ''}`

const changing = tools.filter(({ tool }) => !tool.annotations.readOnlyHint)

/** What is made piles up, and lists of it grow: after so many calls a new workspace answers. */
const most = 5_000

/** Where nothing is to be agreed to, calls reach what lies behind; where it is, what asks for it is called with anything too. */
describe.each([
  ['nobody is asked', 'never', tools, cases(15, 10_000)],
  ['a person has to agree', 'all', changing, cases(5, 1_000)],
] as const)('called with anything where %s', (_, confirm, called, numRuns) => {
  let on: Bench | undefined
  let known: Known
  let calls = most
  beforeEach(async () => {
    if (calls < most) return
    await on?.close()
    on = await bench(confirm)
    known = await knownBy(on)
    calls = 0
  })
  afterAll(() => on?.close())

  test.each(called.map((tool) => [tool.tool.name, tool] as const))('%s', { timeout: 3_600_000 }, async (_name, tool) => {
    const property = fc.asyncProperty(argumentsOf(tool.tool.inputSchema, tool.noun, known), (args) => during(() => callOnce(on!, tool, args)))
    const outcome = await fc.check(property, { seed, numRuns })
    calls += outcome.numRuns
    expect(outcome.failed, told(outcome)).toBe(false)
  })
})

test('most tools were seen to succeed, not only to refuse', () => {
  expect(succeeding.size / tools.length).toBeGreaterThan(0.5)
})

describe('what must not be would be seen', () => {
  const reading = tools.find(({ tool }) => tool.name === 'get_tag')!
  const operations = tools.filter(isOperationTool)
  const named = (name: string) => operations.find(({ tool }) => tool.name === name)!
  const tag = named('create_tag')
  const asked = (...names: string[]): Called['upstream'] => names.map((name) => ({ name, effect: named(name).effect }) as Called['upstream'][number]) // all that is looked at
  const saying = (text: string): Called['result'] => ({ content: [{ type: 'text', text }], isError: true })
  const answering = (structuredContent: Record<string, unknown>): Called['result'] => ({ content: [{ type: 'text', text: 'a tag' }], structuredContent })

  const broken: Readonly<Record<keyof typeof flaws, Partial<Called>>> = {
    'fails unexpectedly': { result: saying('The server failed unexpectedly; its log on stderr says more.') },
    'says nothing': { result: saying(' ') },
    'gives structured content off its schema': { result: answering({ tag: 'a text' }) },
    'is longer than clients take': { result: saying('x'.repeat(40_001)) },
    'shows its inside': { result: saying("TypeError: Cannot read properties of undefined (reading 'id')") },
    'shows what is invisible': { result: saying('a\u202eb') },
    'cannot be written as UTF-8': { result: saying('a\ud800b') },
    'changes something though it only reads': { upstream: asked('delete_tag'), tool: { ...reading, noun: 'finder' } },
    'asks for what is no operation': { upstream: [undefined], tool: tag },
    'writes by another operation': { upstream: asked('delete_tag'), tool: tag },
    'sends or destroys what nobody agreed to': { upstream: asked('delete_tag'), unconfirmed: true },
    'writes twice': { upstream: asked('create_tag', 'create_tag'), tool: tag },
  }

  test.each(Object.entries(broken))('%s', (flaw, part) => {
    const whole = { tool: reading, result: answering({ tag: { id: '1' } }), upstream: asked('get_tag') }
    expect(flawsOf(whole)).toEqual([])
    expect(flawsOf({ ...whole, ...part })).toContain(flaw)
  })

  test('changes what all objects inherit', () => {
    const whole = { tool: reading, result: saying('no tag'), upstream: [] }
    Object.defineProperty(Object.prototype, 'polluted', { value: 1, configurable: true })
    try {
      expect(flawsOf(whole)).toEqual(['changes what all objects inherit'])
    } finally {
      Reflect.deleteProperty(Object.prototype, 'polluted')
    }
    expect(flawsOf(whole)).toEqual([])
    expect(Object.keys(flaws).sort()).toEqual([...Object.keys(broken), 'changes what all objects inherit'].sort())
  })

  test('is never answered, or fails with an error', async () => {
    await expect(judge(new Promise(() => {}), 20)).rejects.toThrow('it was not answered within 20 ms')
    await expect(judge(Promise.reject(new TypeError('inside')), 20)).rejects.toThrow('inside')
  })

  test('a tool that fails on one argument in ten, found and made small', async () => {
    const property = fc.asyncProperty(argumentsOf(tag.tool.inputSchema, tag.noun, {}), async (args) => {
      if ('__proto__' in args && Object.hasOwn(args, '__proto__')) throw new TypeError('taken for what it inherits')
    })
    const outcome = await fc.check(property, { seed, numRuns: 10_000 })
    expect(outcome.failed).toBe(true)
    expect(told(outcome)).toContain('"__proto__"')
  })
})
