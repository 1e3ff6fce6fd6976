import { type JSONRPCMessage, InMemoryTransport } from '@modelcontextprotocol/client'
import { Ajv } from 'ajv'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { PassThrough } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { wire } from '../../src/cli/offer.ts'
import { settings } from '../../src/cli/settings.ts'
import { createClient } from '../../src/client/client.ts'
import type { Operation } from '../../src/contract/operation.ts'
import { factory } from '../../src/server/factory.ts'
import type { ToolResult } from '../../src/tools/call.ts'
import { isOperationTool, type PublishedTool } from '../../src/tools/tool.ts'
import { openWorkspace } from '../../src/workspace/workspace.ts'
import { hello } from '../cli/program.ts'
import type { Known } from './hostile.ts'

/** One call and what came of it. */
export interface Called {
  readonly tool: PublishedTool
  readonly result: ToolResult
  /** What the workspace was asked for; undefined for a request that is no operation. */
  readonly upstream: readonly (Operation | undefined)[]
  /** Where a person has to agree first, and none was asked. */
  readonly unconfirmed?: boolean
}

/** A server in this process, on a workspace that never tells callers to slow down. Calls come one after the other. */
export interface Bench {
  readonly tools: readonly PublishedTool[]
  readonly call: (tool: PublishedTool, args: unknown) => Promise<Called>
  readonly close: () => Promise<void>
}

const endless = 1e9

/** 22 November 2026. */
const now = () => 1_795_369_333_000

const randomly = (): (() => number) => {
  let drawn = 0
  return () => (drawn = (drawn * 16_807 + 11) % 2_147_483_647) / 2_147_483_647
}

/** With no client that could change or check what goes to and fro. Every tool is on offer; `confirm` as the flag has it. */
export const bench = async (confirm: 'never' | 'all'): Promise<Bench> => {
  const workspace = openWorkspace({ now, random: randomly(), rateLimit: endless })
  const client = createClient({ upstream: { baseUrl: 'http://workspace.localhost', token: workspace.token, fetch: workspace.fetch } })
  const world = { args: [], env: {}, stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough().resume(), self: ['node', 'intercom-mcp'] as const, stop: new AbortController().signal }
  const { offer } = await wire(settings({ toolsets: 'all,finder', confirm }, {}), world)
  let defect: unknown
  const server = factory({ ...offer, client: async () => client, onError: (error) => (defect = error) })({ era: 'legacy' })
  const [near, far] = InMemoryTransport.createLinkedPair()
  await server.connect(far)
  const ask = asking(near)
  await ask('initialize', hello.params)

  let upstream: (Operation | undefined)[] = []
  const seen = (message: unknown) => void upstream.push((message as { readonly operation?: Operation }).operation) // as workspace/answer.ts publishes it
  subscribe('intercom-mcp:answer', seen)
  return {
    tools: offer.tools,
    call: async (tool, args) => {
      upstream = []
      defect = undefined
      const result = (await ask('tools/call', { name: tool.tool.name, arguments: args })) as ToolResult // held to what one is by the flaws
      if (defect) throw defect instanceof Error ? defect : new Error(String(defect))
      return { tool, result, upstream, unconfirmed: confirm === 'all' }
    },
    close: async () => {
      unsubscribe('intercom-mcp:answer', seen)
      await server.close()
      await client.close()
      workspace.close()
    },
  }
}

const invalidParams = -32602

/** Sends requests one at a time. What is wrong with a request may be told as an error of the protocol too; rejects when that says anything else. */
const asking = (near: InMemoryTransport) => {
  let ids = 0
  let settle: (message: JSONRPCMessage) => void = () => {}
  near.onmessage = (message) => settle(message)
  return (method: string, params: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      settle = (message) => {
        if ('result' in message) return resolve(message.result)
        if ('error' in message && message.error.code === invalidParams) return resolve({ content: [{ type: 'text', text: message.error.message }], isError: true })
        reject(new Error(JSON.stringify(message)))
      }
      void near.send({ jsonrpc: '2.0', id: ids++, method, params: { ...params } })
    })
}

/** What answers tell, one list of objects at a time: its name, and each field of each. */
const fieldsIn = (structured: Record<string, unknown> = {}): { readonly list: string; readonly key: string; readonly value: unknown }[] =>
  Object.entries(structured).flatMap(([list, items]) => ([items].flat() as object[]).flatMap((item) => Object.entries(item).map(([key, value]: [string, unknown]) => ({ list, key, value })))) // or texts, which are lists of characters

/** The ids that those tools tell of which need no arguments, and the names of fields. */
export const knownBy = async ({ tools, call }: Bench): Promise<Known> => {
  const known: Record<string, Set<unknown>> = {}
  const note = (key: string, value: unknown) => (known[key] ??= new Set()).add(value)
  for (const tool of tools.filter(({ tool }) => tool.annotations.readOnlyHint && !tool.inputSchema.required))
    for (const { list, key, value } of fieldsIn((await call(tool, {})).result.structuredContent)) {
      note('field', key)
      if (key === 'id') [list, tool.noun].forEach((sort) => note(sort, value))
      if (key.endsWith('_id')) note(key, value)
    }
  return Object.fromEntries(Object.entries(known).map(([key, values]) => [key, [...values]]))
}

const textOf = ({ content }: ToolResult): string => content.map(({ text }) => text).join('\n')

const ajv = new Ajv({ strict: false, allErrors: true })

const longest = 40_000

/** How code, and not a person, speaks of an error. */
const internals = /\n\s+at \S+ \(|\bat .*\(?(file:|node:|\/)\S*:\d+:\d+|\.[cm]?[jt]s:\d+|\b(Type|Range|Reference|Syntax|Zod|Sqlite)Error\b|SQLITE_|Cannot (read|set|destructure|convert)|is not (a function|iterable)|Maximum call stack/

/** What no terminal and no model should be given. */
const invisible = /(?![\n\t])[\p{Cc}\u200b\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u

const untouched = JSON.stringify([Object.prototype, Array.prototype, Function.prototype, String.prototype].map(Object.getOwnPropertyNames))

/** Whatever its input: what it is with some inputs only is for the tests of confirmations. */
const isGrave = ({ effect, effectOf }: Operation): boolean => effectOf === undefined && (effect === 'send' || effect === 'destroy')

/** What no call of a tool may ever come to, each with how to tell. */
export const flaws: Readonly<Record<string, (called: Called) => boolean>> = {
  'fails unexpectedly': ({ result }) => textOf(result).includes('failed unexpectedly'),
  'says nothing': ({ result }) => textOf(result).trim() === '',
  'gives structured content off its schema': ({ tool, result }) => result.isError !== true && !ajv.validate(tool.tool.outputSchema, result.structuredContent),
  'is longer than clients take': ({ result }) => Math.max(textOf(result).length, JSON.stringify(result.structuredContent ?? {}).length) > longest,
  'shows its inside': ({ result }) => internals.test(textOf(result)),
  'shows what is invisible': ({ result }) => invisible.test(textOf(result)),
  'cannot be written as UTF-8': ({ result }) => /\p{Cs}/u.test(textOf(result)),
  'changes what all objects inherit': () => 'polluted' in {} || JSON.stringify([Object.prototype, Array.prototype, Function.prototype, String.prototype].map(Object.getOwnPropertyNames)) !== untouched,
  'changes something though it only reads': ({ tool, upstream }) => tool.tool.annotations.readOnlyHint && upstream.some((operation) => operation?.effect !== 'read'),
  'asks for what is no operation': ({ upstream }) => upstream.includes(undefined),
  'writes by another operation': ({ tool, upstream }) => isOperationTool(tool) && upstream.some((operation) => operation?.effect !== 'read' && operation?.name !== tool.tool.name),
  'sends or destroys what nobody agreed to': ({ upstream, unconfirmed }) => unconfirmed === true && upstream.some((operation) => operation && isGrave(operation)),
  'writes twice': ({ upstream }) => upstream.filter((operation) => operation?.effect !== 'read').length > 1,
}

export const flawsOf = (called: Called): string[] => Object.keys(flaws).filter((flaw) => flaws[flaw]!(called))

/** Throws when a call is not answered in so many milliseconds, fails with an error, or has a flaw. */
export const judge = async (calling: Promise<Called>, deadline: number): Promise<Called> => {
  const late = new AbortController()
  const called = await Promise.race([calling, setTimeout(deadline, undefined, { signal: late.signal })]).finally(() => late.abort())
  if (!called) throw new Error(`it was not answered within ${deadline} ms`)
  const found = flawsOf(called)
  if (found.length > 0) throw new Error(`it ${found.join(', ')}: ${JSON.stringify(called.result).slice(0, 2_000)}`)
  return called
}
