import type { Effect } from '../contract/operation.ts'

/** What callers may do, whatever the access token may. Of two policies that both hold, {@link narrowed} makes one. */
export interface Policy {
  /** What calls may do to the world. */
  readonly effects: ReadonlySet<Effect>
  /** The tools and operations on offer, by name; all when undefined. Reads made to answer another call need not be on offer. */
  readonly offered?: ReadonlySet<string>
  /** The toolset that each tool belongs to, to tell how it would be on offer. */
  readonly toolsetOf?: ReadonlyMap<string, string>
  /** Tools and operations that never run, whatever offers or needs them. */
  readonly denied: ReadonlySet<string>
  /** Effects that a person must have confirmed. */
  readonly confirm: ReadonlySet<Effect>
  /** Most items on one page. */
  readonly pageItems?: number
  /** Most items of one list read to its end. */
  readonly items?: number
}

/** Everything, unasked. */
export const everything: Policy = { effects: new Set<Effect>(['read', 'write', 'send', 'destroy']), denied: new Set(), confirm: new Set() }

/** What both allow; what either denies or wants confirmed; the smaller limits. So nothing said later widens what was said before. */
export const narrowed = (policy: Policy, other: Partial<Policy>): Policy => ({
  effects: both(policy.effects, other.effects),
  offered: both(policy.offered, other.offered),
  toolsetOf: policy.toolsetOf ?? other.toolsetOf,
  denied: either(policy.denied, other.denied),
  confirm: either(policy.confirm, other.confirm),
  pageItems: smaller(policy.pageItems, other.pageItems),
  items: smaller(policy.items, other.items),
})

/** What is in both sets, where an undefined one holds everything. */
const both = <S extends ReadonlySet<unknown> | undefined>(one: S, other: S | undefined): S =>
  one && other ? (new Set([...one].filter((each) => other.has(each))) as ReadonlySet<unknown> as S) : (one ?? other) as S // filtering keeps the elements' type

const either = <T>(one: ReadonlySet<T>, other: ReadonlySet<T> = new Set()): ReadonlySet<T> => new Set([...one, ...other])

const smaller = (one: number | undefined, other: number | undefined): number | undefined => (one === undefined || other === undefined ? (one ?? other) : Math.min(one, other))

/** A call, or a tool, as a policy sees it. */
export interface Deed {
  readonly name: string
  readonly effect: Effect
  /** Whether it is a read made only to answer another call, as names are looked up. */
  readonly supporting?: boolean
}

/**
 * Why the policy forbids it, in words that a sentence can begin with, and in brackets the settings to change; undefined when it
 * does not. These are the words wherever it is asked.
 */
export const objection = (policy: Policy, { name, effect, supporting = false }: Deed): string | undefined => {
  if (policy.denied.has(name)) return `This server does not allow ${name} (--exclude-tools)`
  if (!policy.effects.has(effect)) return beyond(policy, name, acts[effect])
  if (policy.offered && !policy.offered.has(name) && !(supporting && effect === 'read')) return `This server does not offer ${name} (${wouldOffer(policy, name)})`
  return undefined
}

const wouldOffer = ({ toolsetOf }: Policy, name: string): string => {
  const toolset = toolsetOf?.get(name)
  return toolset === undefined ? '--toolsets, --tools' : `--toolsets ${toolset} or --tools ${name} would`
}

const beyond = (policy: Policy, name: string, act: string): string =>
  isReadOnly(policy) ? `This server is read-only, and ${name} would ${act} (--read-only, --allow)` : `This server may not ${act}, as ${name} would (--read-only, --allow)`

/** Whether it allows nothing but to look. */
export const isReadOnly = ({ effects }: Policy): boolean => effects.size === 1 && effects.has('read')

/** What calls of each effect do, after "would" and "may not". */
export const acts: Readonly<Record<Effect, string>> = {
  read: 'read from Intercom',
  write: 'change anything in Intercom',
  send: 'send anything to customers',
  destroy: 'delete or hide anything in Intercom',
}
