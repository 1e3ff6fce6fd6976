import type * as z from 'zod'
import type { Noun } from '../contract/nouns.ts'
import type { Kind } from './kind.ts'

/** Where each noun says how its objects read. Loaded on first use, as the contract's nouns are. */
const modules: Readonly<Record<Noun, () => Promise<Record<string, Kind>>>> = {
  admins: () => import('./admins.ts'),
  'ai-content': () => import('./ai-content.ts'),
  contacts: () => import('./contacts.ts'),
  'ticket-states': () => import('./tickets.ts'),
  'ticket-type-attributes': () => import('./tickets.ts'),
  'ticket-types': () => import('./tickets.ts'),
  tickets: () => import('./tickets.ts'),
}

export type Kinds = ReadonlyMap<z.core.$ZodType, Kind>

/** The kinds of a noun and of what its objects embed, found by the schema that declares them. */
export const kindsOf = async (noun: Noun): Promise<Kinds> =>
  new Map(Object.values(await modules[noun]()).map((kind) => [kind.schema, kind]))
