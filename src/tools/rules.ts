import { acts, everything, narrowed, type Policy } from '../client/policy.ts'
import type { Effect } from '../contract/operation.ts'
import { type Redactable, redactable } from '../view/redaction/redactable.ts'
import { suggestion } from './nearest.ts'
import { executorOf, riskOf } from './risk.ts'
import { isOperationTool, type PublishedTool } from './tool.ts'
import { listed, reachesAll, toolsetNames } from './toolsets.ts'

/** What one source (flags, the environment, a file, the headers of a request) says of what callers may do, and what they are shown. */
export interface Narrowing {
  readonly policy: Partial<Policy>
  /** The toolsets to list instead of those listed so far. */
  readonly toolsets?: readonly string[]
  /** The tools to list, by name; they stand above toolsets. */
  readonly tools?: readonly string[]
  /** It says what a person must agree to, be it nothing: unless anyone does, a default holds. */
  readonly confirms?: true
  /** What callers are not shown, besides what was kept from them before. */
  readonly redacted?: readonly Redactable[]
}

/** One thing a source may say. Each spells the name in its way: `--read-only`, `INTERCOM_MCP_READ_ONLY`, `X-MCP-Readonly`, `"read_only"`. */
export interface Rule {
  readonly name: string
  /** Where the header spells it otherwise. */
  readonly header?: string
  readonly kind: 'switch' | 'names' | 'number' | 'word'
  /** Stands for the value in help. */
  readonly takes?: string
  readonly about: string
  /** What it means, of all these tools. Throws an Error that says what is expected. */
  readonly means: (text: string, tools: readonly PublishedTool[]) => Narrowing
}

export const rules = {
  readOnly: {
    name: 'read-only',
    header: 'readonly',
    kind: 'switch',
    about: 'offer and allow only what changes nothing',
    means: (text) => ({ policy: yesOrNo(text) ? { effects: new Set<Effect>(['read']) } : {} }),
  },
  allow: {
    name: 'allow',
    kind: 'names',
    takes: 'effects',
    about: 'what calls may do: read (always), write, send, destroy; read,write means notes but no replies',
    means: (text) => ({ policy: { effects: new Set<Effect>(['read', ...among(text, 'effect', effects)]) } }),
  },
  toolsets: {
    name: 'toolsets',
    kind: 'names',
    takes: 'names',
    about: 'tools to offer: default, overview, finder, all, or areas such as contacts,tickets',
    means: (text, all) => {
      const toolsets = among(text, 'toolset', toolsetNames)
      return { policy: reachesAll(toolsets) ? {} : offering(listed(all, toolsets), all), toolsets }
    },
  },
  tools: {
    name: 'tools',
    kind: 'names',
    takes: 'names',
    about: 'only these tools, by name; naming call_read_operation also offers what it runs',
    means: (text, all) => {
      const tools = toolsIn(text, all)
      return { policy: offering(all.filter((tool) => isReached(tool, tools)), all), tools }
    },
  },
  excludeTools: {
    name: 'exclude-tools',
    kind: 'names',
    takes: 'names',
    about: 'never these tools, by name, whatever else offers or needs them',
    means: (text, all) => ({ policy: { denied: new Set(toolsIn(text, all)) } }),
  },
  maxPageItems: {
    name: 'max-page-items',
    kind: 'number',
    takes: 'n',
    about: 'most items on one page of a list',
    means: (text) => ({ policy: { pageItems: counting(text) } }),
  },
  maxItems: {
    name: 'max-items',
    kind: 'number',
    takes: 'n',
    about: 'most items of one list that is read page by page',
    means: (text) => ({ policy: { items: counting(text) } }),
  },
  confirm: {
    name: 'confirm',
    kind: 'word',
    takes: 'what',
    about: 'what a person must agree to first: all that reaches customers or deletes (all, the default), send or never',
    means: (text) => ({ policy: { confirm: new Set(confirmed[oneOf(text, ['all', 'send', 'never'])]) }, confirms: true }),
  },
  redact: {
    name: 'redact',
    kind: 'names',
    takes: 'kinds',
    about: `show pseudonyms for these: ${redactable.join(', ')}`,
    means: (text) => ({ policy: {}, redacted: among(text, 'kind', redactable) }),
  },
} as const satisfies Record<string, Rule>

export type RuleName = keyof typeof rules

/** Every rule with the key it has here, which is also how the command line's parser calls it. */
export const allRules = Object.entries(rules) as [RuleName, Rule][] // Object.entries forgets which keys

/** A source says something nobody can hold to. */
export class BadRule extends Error {}

/** What one source says, as text. */
export type Said = Readonly<Partial<Record<RuleName, string>>>

/** All that one source says, understood. `named` is how it calls a rule. Throws {@link BadRule}, which names the rule and what is wrong. */
export const understood = (said: Said, named: (rule: Rule) => string, tools: readonly PublishedTool[]): Narrowing => {
  const each = allRules.flatMap(([key, rule]) => (said[key] === undefined ? [] : [meaning(rule, said[key], named, tools)]))
  return each.reduce<Narrowing>((one, other) => ({ ...one, ...other, policy: narrowed({ ...everything, ...one.policy }, other.policy) }), { policy: {} })
}

const meaning = (rule: Rule, text: string, named: (rule: Rule) => string, tools: readonly PublishedTool[]): Narrowing => {
  try {
    return rule.means(text, tools)
  } catch (error) {
    throw new BadRule(`${named(rule)}: ${(error as Error).message}`) // rules throw nothing else
  }
}

const effects = Object.keys(acts) as Effect[] // Object.keys forgets which keys

/** The names in a text, separated by commas, each once. Throws unless all are known. */
const among = <T extends string>(text: string, kind: string, known: readonly T[], more = ` ${kind[0]!.toUpperCase()}${kind.slice(1)}s: ${known.join(', ')}`): T[] => {
  const names = [...new Set(text.split(',').map((name) => name.trim().toLowerCase()).filter(Boolean))]
  const wrong = names.find((name) => !known.includes(name as T))
  if (wrong !== undefined) throw new Error(`unknown ${kind} ${JSON.stringify(wrong.slice(0, 64))}.${suggestion(wrong, known)}${more}`)
  if (names.length === 0) throw new Error(`name at least one ${kind}`)
  return names as T[] // each was found among the known
}

const toolsIn = (text: string, all: readonly PublishedTool[]): string[] => among(text, 'tool', [...namesOf(all)], ' find_operation and docs/tools.md tell which there are')

const namesOf = (tools: readonly PublishedTool[]): ReadonlySet<string> => new Set(tools.map(({ tool }) => tool.name))

const offering = (tools: readonly PublishedTool[], all: readonly PublishedTool[]): Partial<Policy> => ({
  offered: namesOf(tools),
  toolsetOf: new Map(all.map(({ noun, tool }) => [tool.name, noun])),
})

/** Whether a tool is among those named, or run by an executor that is. */
const isReached = (tool: PublishedTool, names: readonly string[]): boolean =>
  names.includes(tool.tool.name) || (isOperationTool(tool) && names.includes(executorOf(riskOf[tool.effect])))

const confirmed: Readonly<Record<'all' | 'send' | 'never', readonly Effect[]>> = { all: ['send', 'destroy'], send: ['send'], never: [] }

const oneOf = <T extends string>(text: string, names: readonly T[]): T => {
  const found = names.find((name) => name === text.trim().toLowerCase())
  if (found === undefined) throw new Error(`${JSON.stringify(text.slice(0, 64))} is not one of ${names.join(', ')}`)
  return found
}

/** Reads what switches are set to. Throws an Error that says what is expected. */
export const yesOrNo = (text: string): boolean => {
  if (/^(true|1|yes|on)$/i.test(text.trim())) return true
  if (/^(false|0|no|off)$/i.test(text.trim())) return false
  throw new Error(`${JSON.stringify(text.slice(0, 64))} is neither true nor false`)
}

const counting = (text: string): number => {
  if (/^[1-9]\d{0,8}$/.test(text.trim())) return Number(text)
  throw new Error(`${JSON.stringify(text.slice(0, 64))} is not a whole number from 1`)
}
