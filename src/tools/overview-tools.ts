import * as z from 'zod'
import { published as publishedSchema } from './schema.ts'
import type { Definition, OverviewTool } from './tool.ts'

const detail = z.enum(['summary', 'full']).optional()

/** What of a customer can be asked for. */
export const customerSections = ['companies', 'tags', 'segments', 'subscriptions', 'conversations', 'tickets', 'notes', 'events'] as const

export const WhoInput = z.strictObject({
  customer: z.string().min(1).max(500).describe('Whatever you have: email, phone, external ID, Intercom id, name, company, conversation or ticket id, or an inbox link.'),
  sections: z.array(z.enum(customerSections)).min(1).optional().describe('Only these, besides the profile; all by default.'),
  detail: detail.describe('full: more items, and longer.'),
})

export const AccountInput = z.strictObject({
  company: z.string().min(1).max(500).describe("Company name, company_id, Intercom id, link, website, or a person's email."),
  detail: detail.describe('full: more people and items.'),
})

export const WorkspaceInput = z.strictObject({
  about: z.array(z.enum(['admins', 'teams', 'tags', 'segments', 'ticket_types', 'attributes', 'subscription_types', 'collections'])).min(1).optional().describe('Only these; all by default.'),
})

export const SearchInput = z.strictObject({ query: z.string().min(1).max(500).describe('Words, a name, an email or an id.') })

export const FetchInput = z.strictObject({ id: z.string().min(1).max(500).describe('An id from search, such as "conversation:123".') })

const reading = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false } as const

const overview = (definition: Pick<Definition, 'name' | 'title' | 'description'>, input: z.ZodType, output: Record<string, unknown>): OverviewTool => ({
  noun: 'overview',
  tool: { ...definition, inputSchema: { type: 'object', ...publishedSchema(input) }, outputSchema: { type: 'object', properties: output }, annotations: reading },
})

const object = { type: 'object' } as const
const objects = { type: 'array', items: object } as const
const string = { type: 'string' } as const

/** Tools that answer a whole question from several operations, for reading only. */
export const overviewTools: readonly OverviewTool[] = [
  overview(
    {
      name: 'who_is_customer',
      title: 'Who is this customer?',
      description:
        'Everything about one person in one call: profile, companies, tags, segments, subscriptions, open and recent conversations with their last message, tickets, notes, recent events. Several people that match are listed, never guessed among. Says what it left out.',
    },
    WhoInput,
    { customer: object, matches: objects, completeness: string },
  ),
  overview(
    {
      name: 'get_account',
      title: 'Get a company and its people',
      description: 'One company in one call: its profile, its people, and their conversations and tickets in sum. Says what it left out.',
    },
    AccountInput,
    { company: object, people: object, conversations: object, tickets: object, matches: objects, completeness: string },
  ),
  overview(
    {
      name: 'describe_workspace',
      title: 'Describe the workspace',
      description: 'Names and ids of the admins, teams, tags, segments, ticket types with their attributes, and data attributes, in one compact answer.',
    },
    WorkspaceInput,
    { workspace: object, completeness: string },
  ),
  overview(
    { name: 'search', title: 'Search everything', description: 'Finds contacts, companies, conversations, tickets and articles by words. Read one with fetch.' },
    SearchInput,
    { results: { type: 'array', items: { type: 'object', properties: { id: string, title: string, url: string }, required: ['id', 'title', 'url'] } } },
  ),
  overview(
    { name: 'fetch', title: 'Fetch one result', description: 'The whole text of something that search found.' },
    FetchInput,
    { id: string, title: string, text: string, url: string, metadata: object },
  ),
]
