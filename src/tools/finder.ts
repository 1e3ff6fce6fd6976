import type * as z from 'zod'
import { permissionNamed, whereToTick } from '../client/advice.ts'
import { lackOf } from '../client/permissions.ts'
import { type Noun, operationNamed } from '../contract/nouns.ts'
import { type Effect, effectOf } from '../contract/operation.ts'
import { loosen } from '../contract/wire.ts'
import { LIMIT } from '../view/fit.ts'
import { text } from '../view/text.ts'
import { BadArguments, parse, UnfitArguments } from './arguments.ts'
import { callOperation, type CallContext, type ToolResult } from './call.ts'
import { CallInput, FindInput } from './finder-tools.ts'
import { suggestion } from './nearest.ts'
import { operationCalled, type OperationTool } from './tool.ts'
import { objectionTo } from './permitted.ts'
import { executorOf, type Risk, riskOf } from './risk.ts'

/** Runs one of the finder's tools. Throws BadArguments, and what calling an operation throws. */
export const callFinder = async (name: string, args: unknown, context: CallContext): Promise<ToolResult> => runs[name]!(args, context)

type Run = (args: unknown, context: CallContext) => Promise<ToolResult>

const executing =
  (risk: Risk): Run =>
  async (args, context) => {
    const { operation, input = {} } = asked(args)
    const called = named(operation, context.operations)
    const { tool, effect } = called
    if (!(await suits(called, risk, input))) throw new BadArguments(`${tool.name} ${does[effect]}: call it with ${executorOf(riskOf[effect])}.`)
    return callOperation(called, input, context).catch((error: unknown) => {
      throw error instanceof UnfitArguments ? new BadArguments(`${error.message} The input_schema of ${tool.name}: ${JSON.stringify(tool.inputSchema)}`) : error
    })
  }

/** What is to be called; null is no input. Arguments beside the operation's name, and not in `input`, are a frequent slip. */
const asked = (args: unknown): z.output<typeof CallInput> => {
  const { input, ...beside } = (args ?? {}) as Record<string, unknown> // the protocol lets only objects through
  const { operation, ...strays } = beside
  if (typeof operation !== 'string' || Object.keys(strays).length === 0) return parse(CallInput, { ...beside, ...(input !== null && { input }) }) as z.output<typeof CallInput>
  const form = Object.keys(strays).map((key) => `${JSON.stringify(key)}: …`).join(', ')
  throw new BadArguments(`The operation's own arguments belong in input: {"operation": ${JSON.stringify(operation)}, "input": {${form}}}.`)
}

const does: Readonly<Record<OperationTool['effect'], string>> = {
  read: 'only reads',
  write: 'changes something',
  send: 'can reach a customer',
  destroy: 'removes or hides something',
}

/** An operation belongs to one executor; what is milder by its input, a note instead of a reply, may be a write too. */
const suits = async ({ noun, tool, effect, milder }: OperationTool, risk: Risk, input: Record<string, unknown>): Promise<boolean> => {
  if (riskOf[effect] === risk) return true
  return milder !== undefined && risk === 'write' && (await effectAsRead(noun, tool.name, input)) === 'write'
}

/** Judged as it will be read: a message within JSON text is sent as any other. */
const effectAsRead = async (noun: Noun, name: string, input: Record<string, unknown>): Promise<Effect> => {
  const operation = (await operationNamed(noun, name))! // it is published because the contract declares it
  return effectOf(operation, loosen(operation.input, input, 'keep') as Record<string, unknown>) // an object stays one
}

/** By its name, or by the one Intercom gave it. */
const named = (name: string, operations: readonly OperationTool[]): OperationTool => {
  const found = operationCalled(name, operations)
  if (found) return found
  const near = suggestion(name, operations.map(({ tool }) => tool.name))
  throw new BadArguments(`There is no operation ${JSON.stringify(name.slice(0, 64))}.${near} find_operation finds one by what it does.`)
}

/** As many as fit, best first. */
const finding: Run = async (args, context) => {
  const { operations } = context
  const { request, limit = 5 } = parse(FindInput, args) as z.output<typeof FindInput>
  const { find } = await import('./find.ts')
  const found = find(request, operations).slice(0, limit).map((tool) => shown(tool, context))
  const fitting = found.filter((_, index) => length(found.slice(0, index + 1)) <= LIMIT)
  const answer = { operations: fitting, ...(fitting.length === 0 && { note: nothing(operations) }) }
  return { content: [{ type: 'text', text: asText(answer) }], structuredContent: answer }
}

const length = (operations: readonly Shown[]): number => Math.max(JSON.stringify({ operations }).length, asText({ operations }).length)

/** Schemas stay JSON: so they mean what they say, and are shorter than as an outline. */
const asText = ({ operations, ...rest }: { readonly operations: readonly Shown[] }): string =>
  text({ operations: operations.map((each) => ({ ...each, input_schema: JSON.stringify(each.input_schema) })), ...rest })

type Shown = ReturnType<typeof shown>

const shown = (called: OperationTool, { client }: CallContext) => {
  const { noun, tool, operationId, effect, permission } = called
  const off = objectionTo(called, client.caller.policy)
  const lack = lackOf(client.permissions.lacking(), permission)
  return {
    name: tool.name,
    operationId,
    area: noun,
    title: tool.title,
    description: tool.description,
    effect,
    permission,
    ...(off === undefined ? callers(called) : { off: `${off}.` }),
    ...(lack !== undefined && { lacking: `The token lacks the permission ${permissionNamed(lack)}. Tick it in ${whereToTick}.` }),
    input_schema: tool.inputSchema,
  }
}

const callers = ({ effect, milder }: OperationTool) => ({
  call_with: executorOf(riskOf[effect]),
  ...(milder && { milder: `${executorOf('write')} ${milder}` }),
})

const nothing = (operations: readonly OperationTool[]): string =>
  `No operation fits these words. Say it in other English words; the areas are ${[...new Set(operations.map(({ noun }) => noun))].join(', ')}.`

const runs: Readonly<Record<string, Run>> = {
  find_operation: finding,
  [executorOf('read')]: executing('read'),
  [executorOf('write')]: executing('write'),
  [executorOf('destructive')]: executing('destructive'),
}
