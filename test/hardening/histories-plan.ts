import type { Chance } from './histories-chance.ts'
import { type Fault, neverRan, type Plan } from './histories-front.ts'

const each = (runs: Fault['runs'], ...answers: Fault['answer'][]): Fault[] => answers.map((answer) => ({ runs, answer }))

/** Every boundary at which a write can be lost, and what nobody can be told. */
const faults: readonly Fault[] = [
  ...each('never', ...neverRan, 'reset', 'hang', '408', '500', '502', '503', '504', '307', 'a web page'),
  ...each('now', 'plain', 'slow', 'reset', 'hang', 'truncated', '408', '500', '502', '503', '504', '303', 'a web page', 'nothing', 'other JSON'),
  ...each('late', 'reset', 'hang', '408', '502', '504'),
]

const beforeIt: readonly Fault[] = each('never', ...neverRan)
const whileLooking: readonly Fault[] = [...each('never', ...neverRan, 'reset', 'hang', '408', '500', '502', '503', '504', '307', 'a web page'), ...each('now', 'truncated', 'nothing', 'other JSON', 'slow')]
const leaving = ['before', 'arrived', 'run', 'looking'] as const

const repeat = <T>(times: number, make: () => T): T[] => Array.from({ length: times }, make)

const planOf = (chance: Chance): Plan => {
  const disturbed = chance.next() < 0.3 ? chance.of([1, 2, 3, 6]) : 0
  const fault = chance.of(whileLooking)
  return {
    refused: chance.next() < 0.08 ? chance.of([1, 2, 3]) : 0,
    writes: [...repeat(chance.next() < 0.15 ? chance.of([1, 2]) : 0, () => chance.of(beforeIt)), chance.of(faults)],
    reads: repeat(disturbed, () => fault),
    ...(chance.next() < 0.1 && { cancel: chance.of(leaving) }),
  }
}

/** How one write, asked for one or several times with the same arguments, fares. */
export const plansOf = (chance: Chance): readonly Plan[] => {
  const times = chance.next() < 0.35 ? chance.of([2, 2, 3]) : 1
  const key = chance.next() < 0.6 ? 'the key' : undefined
  return repeat(times, () => ({ ...planOf(chance), ...(key !== undefined && { key }) }))
}
