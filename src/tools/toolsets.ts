import { type Noun, nouns } from '../contract/nouns.ts'
import { suggestion } from './nearest.ts'
import type { PublishedTool } from './published.ts'

/** What most conversations need. Clients cap how many tools they take, and each costs the model tokens. */
const byDefault = new Set([
  'search_contacts',
  'get_contact',
  'get_contact_by_external_id',
  'create_contact',
  'update_contact',
  'list_contact_companies',
  'list_contact_tags',
  'search_tickets',
  'get_ticket',
  'create_ticket',
  'update_ticket',
  'reply_ticket',
  'list_ticket_types',
  'list_ticket_states',
  'list_admins',
  'list_external_pages',
  'get_external_page',
  'upsert_external_page',
])

/** `default`, `all`, and one for each area of the API. */
export const toolsetNames: readonly string[] = ['default', 'all', ...Object.keys(nouns)]

/** What is wrong with a toolset's name and which it may have meant; undefined when it exists. */
export const unknownToolset = (name: string): string | undefined =>
  toolsetNames.includes(name) ? undefined : `unknown toolset ${JSON.stringify(name)}.${suggestion(name, toolsetNames)} Toolsets: ${toolsetNames.join(', ')}`

const belongs = ({ noun, tool }: PublishedTool, toolset: string): boolean =>
  toolset === 'all' || toolset === (noun satisfies Noun) || (toolset === 'default' && byDefault.has(tool.name))

/** The tools of any of these toolsets, in their fixed order. */
export const listed = (tools: readonly PublishedTool[], toolsets: readonly string[]): PublishedTool[] =>
  tools.filter((tool) => toolsets.some((toolset) => belongs(tool, toolset)))
