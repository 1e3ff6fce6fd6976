import { nouns } from '../contract/nouns.ts'
import type { PublishedTool } from './tool.ts'

/** What most sessions need. Clients cap how many tools they take, and each costs the model tokens. */
export const byDefault: ReadonlySet<string> = new Set([
  'who_is_customer',
  'get_account',
  'describe_workspace',
  'search',
  'fetch',
  'search_contacts',
  'get_contact_by_external_id',
  'search_conversations',
  'get_conversation',
  'reply_conversation',
  'manage_conversation',
  'search_tickets',
  'create_ticket',
  'search_articles',
  'get_article',
  'upsert_external_page',
])

/** The tools listed unless asked otherwise; all but the finder; the finder, which reaches every operation; what answers whole questions; and one for each area of the API. */
export const toolsetNames: readonly string[] = ['default', 'all', 'finder', 'overview', ...Object.keys(nouns)]

/** Whether, listed or not, every operation can be called. */
export const reachesAll = (toolsets: readonly string[]): boolean => ['default', 'all', 'finder'].some((name) => toolsets.includes(name))

const belongs = ({ noun, tool }: PublishedTool, toolset: string): boolean => {
  if (toolset === 'default') return noun === 'finder' || byDefault.has(tool.name)
  return toolset === noun || (toolset === 'all' && noun !== 'finder')
}

/** The tools of any of these toolsets, in their fixed order. */
export const listed = (tools: readonly PublishedTool[], toolsets: readonly string[]): PublishedTool[] =>
  tools.filter((tool) => toolsets.some((toolset) => belongs(tool, toolset)))
