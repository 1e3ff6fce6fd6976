import type { Effect } from '../../../contract/operation.ts'
import { everything, narrowed } from '../../../client/policy.ts'
import { refusalOf } from '../../../tools/permitted.ts'
import { type Narrowing, understood } from '../../../tools/rules.ts'
import type { PublishedTool } from '../../../tools/tool.ts'
import { toolsetNames } from '../../../tools/toolsets.ts'
import type { Called } from '../identity.ts'
import { scopeOf } from './effect-scopes.ts'
import { BadToken } from './verified.ts'

/** What a token's scopes allow, each once and in fixed order. */
export interface Rights {
  readonly effects: readonly Effect[]
  /** All when undefined. */
  readonly toolsets?: readonly string[]
}

const ofToolset = 'intercom:toolset:'

/** Undefined when they allow nothing here. Scopes meant for others are none of ours. Throws {@link BadToken} for an unknown toolset, which must not pass for none. */
export const rightsOf = (scopes: readonly string[]): Rights | undefined => {
  const said = (Object.keys(scopeOf) as Effect[]).filter((effect) => scopes.includes(scopeOf[effect])) // Object.keys forgets which keys
  const toolsets = [...new Set(scopes.filter((scope) => scope.startsWith(ofToolset)).map((scope) => scope.slice(ofToolset.length)))].sort()
  const wrong = toolsets.find((name) => !toolsetNames.includes(name))
  if (wrong !== undefined) throw new BadToken(`has the scope ${ofToolset}${wrong.slice(0, 64)}, and there is no such toolset`)
  return said.length === 0 ? undefined : { effects: [...new Set<Effect>(['read', ...said])], ...(toolsets.length > 0 && { toolsets }) }
}

/** What rights leave of an offer. */
export const narrowingOf = ({ effects, toolsets }: Rights, tools: readonly PublishedTool[]): Narrowing =>
  understood({ allow: effects.join(), toolsets: toolsets?.join() }, ({ name }) => name, tools)

/** All scopes a token needs for this call, those it has among them; undefined when it needs no more. */
export const needed = (rights: Rights, called: Called, tools: readonly PublishedTool[]): readonly string[] | undefined => {
  const lack = lacking(rights, narrowingOf(rights, tools), called)
  if (lack === undefined) return undefined
  const more = { effects: [...rights.effects, ...(lack.effect ? [lack.effect] : [])], toolsets: lack.toolset === undefined ? rights.toolsets : [...(rights.toolsets ?? []), lack.toolset] }
  return needed(more, called, tools) ?? namesOf(more) // what is refused next, if anything, is known only then
}

/** The first thing for which a call is refused by a token's rights alone. */
export const lacking = ({ effects }: Rights, { policy }: Narrowing, { tool, run }: Called): { readonly effect?: Effect; readonly toolset?: string } | undefined => {
  const refusal = refusalOf(tool, narrowed(everything, policy), run)
  if (refusal?.effect === undefined) return undefined
  if (!effects.includes(refusal.effect)) return { effect: refusal.effect }
  return { toolset: run !== undefined && refusal.operation === run.tool.name ? run.noun : tool.noun }
}

const namesOf = ({ effects, toolsets = [] }: Rights): readonly string[] => [...effects.map((effect) => scopeOf[effect]), ...toolsets.map((name) => `${ofToolset}${name}`)]
