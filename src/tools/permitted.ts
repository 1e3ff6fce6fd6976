import { objection, type Policy } from '../client/policy.ts'
import type { Effect } from '../contract/operation.ts'
import { executorOf } from './risk.ts'
import { isOperationTool, type PublishedTool } from './tool.ts'

/** What a tool may do, by what it is given. Each executor belongs to what it runs. */
const effectsOf = (tool: PublishedTool): readonly Effect[] => {
  if (isOperationTool(tool)) return tool.milder === undefined ? [tool.effect] : [tool.effect, 'write']
  return ofExecutor.get(tool.tool.name) ?? ['read']
}

const ofExecutor: ReadonlyMap<string, readonly Effect[]> = new Map<string, readonly Effect[]>([
  [executorOf('write'), ['write']],
  [executorOf('destructive'), ['send', 'destroy']],
])

/** Why a policy forbids all that a tool can do; undefined when it leaves something. */
export const objectionTo = (tool: PublishedTool, policy: Policy): string | undefined => {
  const objections = effectsOf(tool).map((effect) => objection(policy, { name: tool.tool.name, effect }))
  return objections.includes(undefined) ? undefined : objections[0]
}
