import type { Outcome } from '../../src/client/failure.ts'
import type { Operation } from '../../src/contract/operation.ts'
import type { Plan, Truth } from './histories-front.ts'

/** One call: what was to befall it, what its caller was told, and what really happened. */
export interface Lived {
  readonly plan: Plan
  readonly told: 'success' | Outcome
  readonly truth: Truth
}

/** One write, asked for one or several times with the same arguments. */
export interface History {
  readonly seed: number
  readonly operation: Operation
  readonly input: Record<string, unknown>
  readonly lived: readonly Lived[]
}

const total = (lived: readonly Lived[]): number => lived.reduce((sum, { truth }) => sum + truth.commits, 0)

const saysDone = ({ told }: Lived): boolean => told === 'success' || told === 'committed'
const saysNotDone = ({ told }: Lived): boolean => told === 'not_sent' || told === 'rejected' || told === 'not_committed'

/** What is wrong with a history; nothing, if writes happen at most once and are told truthfully. */
export const wrongs = ({ operation, lived }: History): string[] => {
  const joined = lived.every(({ plan }) => plan.key !== undefined)
  return lived.flatMap((call, index) => {
    const before = total(lived.slice(0, index))
    const done = call.truth.commits + (joined || operation.idempotent ? before : 0) // where once is as good as twice, an effect that was there is there
    return [
      ...(call.truth.commits + (joined ? before : 0) > 1 ? [`call ${index + 1} committed twice`] : []),
      ...(saysDone(call) && done === 0 ? [`call ${index + 1} was told ${call.told}, but nothing was committed`] : []),
      ...(saysNotDone(call) && call.truth.commits > 0 ? [`call ${index + 1} was told ${call.told}, but it was committed`] : []),
    ]
  })
}

/** Why a call may be told that it is unknown what became of it; undefined if there is no excuse. */
export const excuse = (history: History, lived: Lived): string | undefined => {
  const { operation, input } = history
  const { plan, truth } = lived
  const last = truth.writes.at(-1)
  const before = history.lived.slice(0, history.lived.indexOf(lived))
  if (plan.cancel) return 'the caller left'
  if (!last) return 'an earlier call is unknown'
  if (![operation.readBack ?? []].flat().some((readBack) => readBack.input(input))) return 'no read tells'
  if (truth.reads.some(({ answer }) => answer !== 'plain' && answer !== 'slow')) return 'the read was spoilt too'
  if (!operation.idempotent && before.some((other) => !saysNotDone(other))) return 'another write was alike'
  if (last.runs === 'now' && truth.commits === 0) return 'a refusal was lost'
  if (last.runs === 'late') return 'it may still be running'
  const byIntercom = last.answer === '500' || last.answer === '503'
  return last.runs === 'never' && !byIntercom ? 'it may still be running' : undefined
}
