import { Failure } from '../client/failure.ts'
import { objection, type Policy } from '../client/policy.ts'
import type { Effect } from '../contract/operation.ts'
import { executorOf } from './risk.ts'
import { isOperationTool, operationCalled, type OperationTool, type PublishedTool } from './tool.ts'

/** What a tool may do, by what it is given; the worst first. Each executor belongs to what it runs. */
const effectsOf = (tool: PublishedTool): readonly Effect[] => {
  if (isOperationTool(tool)) return tool.milder === undefined ? [tool.effect] : [tool.effect, 'write']
  return ofExecutor.get(tool.tool.name) ?? ['read']
}

const ofExecutor: ReadonlyMap<string, readonly Effect[]> = new Map<string, readonly Effect[]>([
  [executorOf('write'), ['write']],
  [executorOf('destructive'), ['send', 'destroy']],
])

/** Why a policy forbids all that a tool can do; undefined when it leaves something. */
export const objectionTo = (tool: PublishedTool, policy: Policy): string | undefined => toAll(effectsOf(tool), tool, policy)

const toAll = (effects: readonly Effect[], { tool: { name } }: PublishedTool, policy: Policy): string | undefined => {
  const objections = effects.map((effect) => objection(policy, { name, effect }))
  return objections.includes(undefined) ? undefined : objections[0]
}

/**
 * The refusal of a tool of which the policy leaves nothing, as the client itself words it; undefined when it leaves something. Of
 * an executor, what it is to run is judged first: it does not matter by which way something forbidden is asked for.
 */
export const refusalOf = (called: PublishedTool, policy: Policy, run?: OperationTool): Failure | undefined =>
  (run && refused(meant(effectsOf(run), effectsOf(called)), run, policy)) ?? refused(effectsOf(called), called, policy)

/** Of what an operation can do, what this executor is for; all of it when it is another's. */
const meant = (effects: readonly Effect[], executors: readonly Effect[]): readonly Effect[] => {
  const shared = effects.filter((effect) => executors.includes(effect))
  return shared.length > 0 ? shared : effects
}

const refused = (effects: readonly Effect[], tool: PublishedTool, policy: Policy): Failure | undefined => {
  const note = toAll(effects, tool, policy)
  return note === undefined ? undefined : new Failure('policy_denied', { operation: tool.tool.name, effect: effects[0], outcome: 'not_sent', note })
}

/** The operation that a call of an executor is to run; undefined when it names none, or runs nothing. */
export const runBy = ({ noun }: PublishedTool, args: unknown, operations: readonly OperationTool[]): OperationTool | undefined => {
  const { operation } = (args ?? {}) as { readonly operation?: unknown } // the protocol lets only objects through
  return noun === 'finder' && typeof operation === 'string' ? operationCalled(operation, operations) : undefined
}
