import type * as z from 'zod'
import type { Noun } from '../contract/nouns.ts'
import type { Kind } from './kind.ts'

/** Where each noun says how its objects read. Loaded on first use, as the contract's nouns are. */
const modules: Readonly<Record<Noun, () => Promise<Record<string, Kind>>>> = {
  admins: () => import('./admins.ts'),
  'ai-content': () => import('./ai-content.ts'),
  articles: () => import('./articles.ts'),
  companies: () => import('./companies.ts'),
  contacts: () => import('./contacts.ts'),
  conversations: () => import('./conversations.ts'),
  'custom-object-instances': () => import('./custom-object-instances.ts'),
  'data-attributes': () => import('./data-attributes.ts'),
  'data-events': () => import('./data-events.ts'),
  'data-export': () => import('./data-export.ts'),
  'help-center': () => import('./help-center.ts'),
  'internal-articles': () => import('./internal-articles.ts'),
  messages: () => import('./messages.ts'),
  news: () => import('./news.ts'),
  notes: () => import('./notes.ts'),
  'phone-call-redirects': () => import('./phone-call-redirects.ts'),
  segments: () => import('./segments.ts'),
  'subscription-types': () => import('./subscription-types.ts'),
  tags: () => import('./tags.ts'),
  teams: () => import('./teams.ts'),
  'ticket-states': () => import('./tickets.ts'),
  'ticket-type-attributes': () => import('./tickets.ts'),
  'ticket-types': () => import('./tickets.ts'),
  tickets: () => import('./tickets.ts'),
  visitors: () => import('./visitors.ts'),
}

export type Kinds = ReadonlyMap<z.core.$ZodType, Kind>

/** The kinds of a noun and of what its objects embed, found by the schema that declares them. */
export const kindsOf = async (noun: Noun): Promise<Kinds> =>
  new Map(Object.values(await modules[noun]()).map((kind) => [kind.schema, kind]))
