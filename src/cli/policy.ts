import type { PublishedTool } from '../tools/tool.ts'
import { allRules, BadRule, type Narrowing, type Rule, type RuleName, type Said, understood } from '../tools/rules.ts'
import { Misuse } from './misuse.ts'

/** What one source says, and how it calls each rule. */
export interface Source {
  readonly said: Said
  readonly named: (rule: Rule) => string
}

/** Where the rules stand: what each source says, and the files that say more. What stands later chooses what is listed. */
export interface Sources {
  readonly files: readonly string[]
  readonly said: readonly Source[]
}

export const flagOf = ({ name, takes }: Rule): string => `--${name}${takes === undefined ? '' : ` <${takes}>`}`
export const variableOf = ({ name }: Rule): string => `INTERCOM_MCP_${keyOf(name).toUpperCase()}`

/** As a policy file spells it. */
export const keyOf = (name: string): string => name.replaceAll('-', '_')

type Values = Readonly<Record<string, unknown>>

/** What the environment says, then what flags do (under their camelCase names). */
export const saidOutside = (flags: Values, env: Values): Source[] => [
  { said: texts((_, rule) => String(env[variableOf(rule)] ?? '').trim() || undefined), named: variableOf },
  { said: texts((key) => flags[key]), named: ({ name }) => `--${name}` },
]

const texts = (valueOf: (key: RuleName, rule: Rule) => unknown): Said =>
  Object.fromEntries(allRules.flatMap(([key, rule]) => {
    const value = valueOf(key, rule)
    return value === undefined ? [] : [[key, String(value)]] // of a list, its items separated by commas
  }))

/** All that was said, understood, in the order in which it was. Throws {@link Misuse}. */
export const narrowings = async ({ files, said }: Sources, tools: readonly PublishedTool[]): Promise<Narrowing[]> => {
  const filed = await Promise.all(files.map(sourceIn))
  return [...filed, ...said].map((source) => narrowingOf(source, tools))
}

/** What one source says, understood. Throws {@link Misuse}. */
export const narrowingOf = ({ said, named }: Source, tools: readonly PublishedTool[]): Narrowing => {
  try {
    return understood(said, named, tools)
  } catch (error) {
    throw error instanceof BadRule ? new Misuse(error.message) : error
  }
}

const sourceIn = async (path: string): Promise<Source> => {
  const [{ readJson }, { PolicyFile }] = await Promise.all([import('./json-file.ts'), import('./policy-file.ts')])
  const { value, place } = await readJson(path, 'the policy file', PolicyFile)
  return sourceOf(value, (key) => place([key]))
}

/** What the values of a policy file say, or those of a part of another, where `place` tells each key stands. */
export const sourceOf = (values: Values, place: (key: string) => string): Source => ({
  said: texts((_, { name }) => values[keyOf(name)]),
  named: ({ name }) => place(keyOf(name)),
})
