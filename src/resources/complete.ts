import type { Client } from '../client/client.ts'
import { folded } from '../view/folded.ts'

/**
 * Values that fit what was typed: by id, or by the name of what has the id. `given` are those of the other variables, as far
 * as they are filled in. One call of Intercom.
 */
export type Completer = (typed: string, client: Client, signal: AbortSignal, given: Readonly<Record<string, string>>) => Promise<string[]>

/** By the address up to the variable, in which `*` stands for each variable. A noun's own file knows how to look. */
export const completers: Readonly<Record<string, Completer>> = {
  'intercom://admins/*': async (...args) => (await import('./admins.ts')).ids(...args),
  'intercom://articles/*': async (...args) => (await import('./articles.ts')).ids(...args),
  'intercom://collections/*': async (...args) => (await import('./help-center.ts')).collectionIds(...args),
  'intercom://companies/*': async (...args) => (await import('./companies.ts')).ids(...args),
  'intercom://contacts/*': async (...args) => (await import('./contacts.ts')).ids(...args),
  'intercom://contacts/external/*': async (...args) => (await import('./contacts.ts')).externalIds(...args),
  'intercom://content-import-sources/*': async (...args) => (await import('./ai-content.ts')).sourceIds(...args),
  'intercom://conversations/*': async (...args) => (await import('./conversations.ts')).ids(...args),
  'intercom://custom-objects/*': async (...args) => (await import('./custom-object-instances.ts')).types(...args),
  'intercom://custom-objects/*/*': async (...args) => (await import('./custom-object-instances.ts')).ids(...args),
  'intercom://custom-objects/*/external/*': async (...args) => (await import('./custom-object-instances.ts')).externalIds(...args),
  'intercom://external-pages/*': async (...args) => (await import('./ai-content.ts')).pageIds(...args),
  'intercom://help-centers/*': async (...args) => (await import('./help-center.ts')).helpCenterIds(...args),
  'intercom://internal-articles/*': async (...args) => (await import('./internal-articles.ts')).ids(...args),
  'intercom://news-items/*': async (...args) => (await import('./news.ts')).itemIds(...args),
  'intercom://newsfeeds/*': async (...args) => (await import('./news.ts')).feedIds(...args),
  'intercom://segments/*': async (...args) => (await import('./segments.ts')).ids(...args),
  'intercom://tags/*': async (...args) => (await import('./tags.ts')).ids(...args),
  'intercom://teams/*': async (...args) => (await import('./teams.ts')).ids(...args),
  'intercom://ticket-types/*': async (...args) => (await import('./ticket-types.ts')).ids(...args),
  'intercom://tickets/*': async (...args) => (await import('./tickets.ts')).ids(...args),
}

/** Ids of the items whose id starts with what was typed, or whose name contains it; each once. */
export const idsOf = <T extends { id: string | number }>(items: readonly T[], typed: string, name: (item: T) => string | null | undefined): string[] => {
  const fits = (item: T) => String(item.id).startsWith(typed) || (typed !== '' && contains(name(item), typed))
  return [...new Set(items.filter(fits).map(({ id }) => String(id)))]
}

/** Those of some names that contain what was typed; each once. */
export const fitting = (names: readonly (string | null | undefined)[], typed: string): string[] =>
  [...new Set(names.filter((name): name is string => contains(name, typed)))]

const contains = (name: string | null | undefined, typed: string): boolean => name !== null && name !== undefined && folded(name).includes(folded(typed))

/** One more than the protocol allows in one answer, which tells whether there are more. */
export const page = 101
