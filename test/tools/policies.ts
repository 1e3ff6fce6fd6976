import fc from 'fast-check'
import { everything, narrowed, type Policy } from '../../src/client/policy.ts'
import { allOperations, type Noun, nouns } from '../../src/contract/nouns.ts'
import { effectOf, type Operation } from '../../src/contract/operation.ts'
import { encode } from '../../src/contract/wire.ts'
import { published } from '../../src/tools/published.ts'
import { type Said, understood } from '../../src/tools/rules.ts'
import { inputs } from '../contract/generate.ts'

/** Something an operator, or a caller for themselves, may want. */
export interface Wanted {
  readonly title: string
  readonly said: Said
  /** Whether all that this operation can do is then forbidden. */
  readonly forbids: (noun: Noun, operation: Operation) => boolean
}

export const tools = await published()
export const operations = await allOperations()

const names = operations.map(({ operation }) => operation.name)
const areas = Object.keys(nouns)
const every = <T>(list: readonly T[], rest: 0 | 1): T[] => list.filter((_, index) => index % 2 === rest)

/** Each operation is excluded by one of two, left out of the toolsets by one of two, and of the tools. */
const halves = ([0, 1] as const).flatMap((rest): Wanted[] => {
  const [some, others] = [every(names, rest), every(areas, rest)]
  return [
    { title: `half of the tools excluded (${rest})`, said: { excludeTools: some.join() }, forbids: (_, { name }) => some.includes(name) },
    { title: `half of the toolsets (${rest})`, said: { toolsets: others.join() }, forbids: (noun) => !others.includes(noun) },
    { title: `half of the tools (${rest})`, said: { tools: some.join() }, forbids: (_, { name }) => !some.includes(name) },
  ]
})

export const wanted: readonly Wanted[] = [
  { title: 'read-only', said: { readOnly: 'true' }, forbids: (_, { effect }) => effect !== 'read' },
  { title: 'reads and writes', said: { allow: 'read,write' }, forbids: (_, { effect, milder }) => effect !== 'read' && effect !== 'write' && milder === undefined },
  { title: 'reads and messages', said: { allow: 'send' }, forbids: (_, { effect }) => effect === 'write' || effect === 'destroy' },
  ...halves,
]

/** The policy that comes of it. */
export const policyOf = (said: Said): Policy => narrowed(everything, understood(said, ({ name }) => name, tools).policy)

/** Arguments that would do the worst the operation can do. */
export const worst = (operation: Operation): Record<string, unknown> =>
  fc.sample(inputs(operation).filter((input) => effectOf(operation, input) === operation.effect && isSendable(operation, input)), { seed: 5, numRuns: 1 })[0]!

const isSendable = (operation: Operation, input: Record<string, unknown>): boolean => {
  try {
    return encode(operation, input).path !== ''
  } catch {
    return false
  }
}
