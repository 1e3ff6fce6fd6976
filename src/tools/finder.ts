import type * as z from 'zod'
import { type Noun, operationNamed } from '../contract/nouns.ts'
import { type Effect, effectOf } from '../contract/operation.ts'
import { loosen } from '../contract/wire.ts'
import { LIMIT } from '../view/fit.ts'
import { text } from '../view/text.ts'
import { BadArguments, parse } from './arguments.ts'
import { callOperation, type CallContext, type ToolResult } from './call.ts'
import { CallInput, FindInput } from './finder-tools.ts'
import { suggestion } from './nearest.ts'
import type { OperationTool } from './tool.ts'
import { executorOf, type Risk, riskOf } from './risk.ts'

/** Runs one of the finder's tools. Throws BadArguments, and what calling an operation throws. */
export const callFinder = async (name: string, args: unknown, context: CallContext): Promise<ToolResult> => runs[name]!(args, context)

type Run = (args: unknown, context: CallContext) => Promise<ToolResult>

const executing =
  (risk: Risk): Run =>
  async (args, context) => {
    const { operation, input = {} } = parse(CallInput, args) as z.output<typeof CallInput>
    const tool = named(operation, context.operations)
    if (!(await suits(tool, risk, input))) throw new BadArguments(`${tool.tool.name} ${does[tool.effect]}: call it with ${executorOf(riskOf[tool.effect])}.`)
    return callOperation(tool, input, context)
  }

const does: Readonly<Record<OperationTool['effect'], string>> = {
  read: 'only reads',
  write: 'changes something',
  send: 'can reach a customer',
  destroy: 'removes or hides something',
}

/** An operation belongs to one executor; what is milder by its input, a note instead of a reply, may be a write too. */
const suits = async ({ noun, tool, effect, varies }: OperationTool, risk: Risk, input: Record<string, unknown>): Promise<boolean> => {
  if (riskOf[effect] === risk) return true
  return varies === true && risk === 'write' && (await effectAsRead(noun, tool.name, input)) === 'write'
}

/** Judged as it will be read: a message within JSON text is sent as any other. */
const effectAsRead = async (noun: Noun, name: string, input: Record<string, unknown>): Promise<Effect> => {
  const operation = (await operationNamed(noun, name))! // it is published because the contract declares it
  return effectOf(operation, loosen(operation.input, input, 'keep') as Record<string, unknown>) // an object stays one
}

/** By its name, or by the one Intercom gave it. */
const named = (name: string, operations: readonly OperationTool[]): OperationTool => {
  const asked = name.trim().toLowerCase()
  const found = operations.find(({ tool, operationId }) => tool.name === asked || operationId.toLowerCase() === asked)
  if (found) return found
  const near = suggestion(name, operations.map(({ tool }) => tool.name))
  throw new BadArguments(`There is no operation ${JSON.stringify(name.slice(0, 64))}.${near} find_operation finds one by what it does.`)
}

/** As many as fit, best first. */
const finding: Run = async (args, { operations }) => {
  const { request, limit = 5 } = parse(FindInput, args) as z.output<typeof FindInput>
  const { find } = await import('./find.ts')
  const found = find(request, operations).slice(0, limit).map(shown)
  const fitting = found.filter((_, index) => length(found.slice(0, index + 1)) <= LIMIT)
  const answer = { operations: fitting, ...(fitting.length === 0 && { note: nothing(operations) }) }
  return { content: [{ type: 'text', text: text(answer) }], structuredContent: answer }
}

const length = (operations: readonly object[]): number => Math.max(JSON.stringify({ operations }).length, text({ operations }).length)

const shown = ({ noun, tool, operationId, effect, varies, permission }: OperationTool) => ({
  name: tool.name,
  operationId,
  area: noun,
  title: tool.title,
  description: tool.description,
  effect,
  permission,
  call_with: executorOf(riskOf[effect]),
  ...(varies && { milder: `${executorOf('write')} where no customer sees it, such as a note or a draft` }),
  input_schema: tool.inputSchema,
})

const nothing = (operations: readonly OperationTool[]): string =>
  `No operation fits these words. Say it in others; the areas are ${[...new Set(operations.map(({ noun }) => noun))].join(', ')}.`

const runs: Readonly<Record<string, Run>> = {
  find_operation: finding,
  [executorOf('read')]: executing('read'),
  [executorOf('write')]: executing('write'),
  [executorOf('destructive')]: executing('destructive'),
}
