import type { Policy } from '../client/policy.ts'
import { suggestion } from './nearest.ts'
import { refusalOf, runBy } from './permitted.ts'
import { executorOf, riskOf } from './risk.ts'
import { isOperationTool, type OperationTool, type PublishedTool } from './tool.ts'

/** What there is, and what of it a caller may use. */
interface Within {
  /** Those listed. */
  readonly tools: readonly PublishedTool[]
  readonly published: readonly PublishedTool[]
  readonly operations: readonly OperationTool[]
  readonly caller: { readonly policy: Policy }
}

/** What to say of a tool that cannot be called by its name: the policy's refusal, or another way, or that there is none of that name. */
export const whyNot = (name: string, args: unknown, { tools, published, operations, caller: { policy } }: Within): string => {
  const known = published.find(({ tool }) => tool.name === name)
  if (!known) return `There is no tool ${JSON.stringify(name.slice(0, 64))}.${suggestion(name, tools.map(({ tool }) => tool.name)) || ' tools/list tells which there are.'}`
  const executor = isOperationTool(known) ? published.find(({ tool }) => tool.name === executorOf(riskOf[known.effect])) : undefined
  const refusal = refusalOf(known, policy, runBy(known, args, operations)) ?? (executor && refusalOf(executor, policy))
  if (refusal) return refusal.advice
  if (executor && tools.includes(executor)) return `The tool ${name} is not listed here. Call it with ${executor.tool.name} {"operation": "${name}", "input": {…}}.`
  return `The tool ${name} is not listed here (--toolsets, --tools). The person who set that can change it; over HTTP, the headers X-MCP-Toolsets and X-MCP-Tools ask for others.`
}
