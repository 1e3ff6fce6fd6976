import { Ajv } from 'ajv'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { PassThrough } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { wire } from '../../src/cli/offer.ts'
import { settings } from '../../src/cli/settings.ts'
import { createClient } from '../../src/client/client.ts'
import type { Operation } from '../../src/contract/operation.ts'
import { contextOf } from '../../src/server/offer.ts'
import { callTool, type ToolResult } from '../../src/tools/call.ts'
import { isOperationTool, type PublishedTool } from '../../src/tools/tool.ts'
import { openWorkspace } from '../../src/workspace/workspace.ts'
import type { Known } from './hostile.ts'

/** One call and what came of it. */
export interface Called {
  readonly tool: PublishedTool
  readonly result: ToolResult
  /** What the workspace was asked for; undefined for a request that is no operation. */
  readonly upstream: readonly (Operation | undefined)[]
}

/** Calls tools in this process, with everything as the server has it but the transport, on a workspace that never tells callers to slow down. */
export interface Bench {
  readonly tools: readonly PublishedTool[]
  readonly call: (tool: PublishedTool, args: unknown) => Promise<Called>
  readonly close: () => Promise<void>
}

const endless = 1e9

/** Milliseconds since 1970: 22 November 2026. */
const now = () => 1_795_369_333_000

export const bench = async (): Promise<Bench> => {
  let drawn = 0
  const random = () => (drawn = (drawn * 16_807 + 11) % 2_147_483_647) / 2_147_483_647
  const workspace = openWorkspace({ now, random, rateLimit: endless })
  const client = createClient({ upstream: { baseUrl: 'http://workspace.localhost', token: workspace.token, fetch: workspace.fetch } })
  const stderr = new PassThrough().resume()
  const { offer } = await wire(settings({ toolsets: 'all', confirm: 'never' }, {}), { args: [], env: {}, stdin: new PassThrough(), stdout: new PassThrough(), stderr, self: ['node', 'intercom-mcp'], stop: new AbortController().signal })
  let upstream: (Operation | undefined)[] = []
  const seen = (message: unknown) => void upstream.push((message as { readonly operation?: Operation }).operation) // as workspace/answer.ts publishes it
  subscribe('intercom-mcp:answer', seen)
  return {
    tools: offer.tools,
    call: async (tool, args) => {
      upstream = []
      const result = await callTool(tool, args, await contextOf({ ...offer, client: async () => client }, new AbortController().signal))
      if (result instanceof Error) throw result // a question, and there is nobody to put it to
      return { tool, result, upstream }
    },
    close: async () => {
      unsubscribe('intercom-mcp:answer', seen)
      await client.close()
      workspace.close()
    },
  }
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
const internals = /\n\s+at \S|\bat .*\(?(file:|node:|\/)\S*:\d+:\d+|\.[cm]?[jt]s:\d+|\b(Type|Range|Reference|Syntax|Zod|Sqlite)Error\b|SQLITE_|Cannot (read|set|destructure|convert)|is not (a function|iterable)|Maximum call stack/

/** What no terminal and no model should be given. */
const invisible = /(?![\n\t])[\p{Cc}\u200b\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u

const untouched = JSON.stringify([Object.prototype, Array.prototype, Function.prototype, String.prototype].map(Object.getOwnPropertyNames))

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
