import { describe, expect, onTestFinished, test } from 'vitest'
import { createClient } from '../../src/client/client.ts'
import { Failure } from '../../src/client/failure.ts'
import type { Policy } from '../../src/client/policy.ts'
import type { Operation } from '../../src/contract/operation.ts'
import { variables } from '../../src/resources/template.ts'
import { refusalOf } from '../../src/tools/permitted.ts'
import { executorOf, riskOf } from '../../src/tools/risk.ts'
import { serve } from '../client/servers.ts'
import { tally } from '../hardening/figures.ts'
import { type Door, overHttp, overStdio } from './doors.ts'
import { operations, policyOf, tools, type Wanted, wanted, worst } from './policies.ts'

const figure = tally('What the policy forbids is refused in the same words by every way, and nothing is sent')

/** An Intercom that has nothing, and counts what it is asked. */
const recording = () => serve(() => ({ body: {} }))

const failureOf = async (call: Promise<unknown>): Promise<Failure> => {
  const failure = await call.then(() => undefined, (error: unknown) => error)
  if (!(failure instanceof Failure)) throw new Error('it was not refused')
  return failure
}

/** How the client itself words each refusal, by operation. */
const wordsOf = async ({ said, forbids }: Wanted, baseUrl: string): Promise<Map<Operation, string>> => {
  const client = createClient({ upstream: { baseUrl, token: 'a' }, caller: { policy: policyOf(said) } })
  onTestFinished(() => client.close())
  const refused = operations.filter(({ noun, operation }) => forbids(noun, operation))
  const words = refused.map(async ({ operation }) => {
    const { code, outcome, advice } = await failureOf(client.call(operation, worst(operation)))
    expect({ operation: operation.name, code, outcome }).toEqual({ operation: operation.name, code: 'policy_denied', outcome: 'not_sent' })
    return [operation, advice] as const
  })
  return new Map(await Promise.all(words))
}

const uriOf = (template: string): string => template.replace(/\{\w+\}/g, '1')

/** Asks for an operation by every way there is; each has to answer with these words. */
const refusedByEveryWay = async (door: Door, { name, effect, resource }: Operation, words: string): Promise<number> => {
  const ways = [
    door.call(name, {}),
    door.call(executorOf(riskOf[effect]), { operation: name, input: {} }),
    ...(resource ? [door.read(uriOf(resource))] : []),
    ...(resource && variables(resource)[0] ? [door.complete(resource, variables(resource)[0]!)] : []),
  ]
  for (const answer of await Promise.all(ways)) expect({ name, answer }).toEqual({ name, answer: words })
  return ways.length
}

/** None of its lists tells of it, and prompts that need it, or another tool that is off, are refused in the same words. */
const untold = async (door: Door, refused: ReadonlyMap<Operation, string>, policy: Policy): Promise<void> => {
  const { listed, uris, prompts, refusals } = await door.lists()
  for (const { name, resource } of refused.keys()) {
    expect(listed).not.toContain(name)
    expect(uris).not.toContain(resource)
    expect(prompts, name).not.toMatch(new RegExp(`\\b${name}\\b`))
  }
  const words = [...refused.values(), ...tools.flatMap((tool) => (tool.noun === 'overview' ? (refusalOf(tool, policy)?.advice ?? []) : []))]
  for (const refusal of refusals) expect(words.filter((sentence) => refusal.endsWith(` ${sentence}`)), refusal).toHaveLength(1)
}

describe.each([['stdio, by flags', overStdio], ['HTTP, by headers', overHttp]] as const)('over %s', (_, open) => {
  test.each(wanted)('$title: what is forbidden is refused in the same words by every way, and nothing is sent', async (policy) => {
    const { baseUrl, arrived } = await recording()
    const refused = await wordsOf(policy, baseUrl)
    expect(refused.size).toBeGreaterThan(10)
    const door = await open(policy.said, baseUrl)
    let ways = 0
    for (const [operation, words] of refused) ways += await refusedByEveryWay(door, operation, words)
    figure.held(ways)
    expect(ways).toBeGreaterThanOrEqual(refused.size * 2)
    await untold(door, refused, policyOf(policy.said))
    expect(arrived).toEqual([])
  })

  test('without the policy the same check fails', async () => {
    const { baseUrl, arrived } = await recording()
    const door = await open({ toolsets: 'all' }, baseUrl)
    for (const policy of wanted) {
      const refused = await wordsOf(policy, baseUrl)
      const [operation, words] = [...refused].find(([{ resource }]) => resource !== undefined) ?? [...refused][0]!
      await expect(refusedByEveryWay(door, operation, words)).rejects.toThrow(/to deeply equal/)
    }
    expect(arrived.length).toBeGreaterThan(0)
  })
})
