import type * as z from 'zod'
import type { CallOptions, Client } from '../client/client.ts'
import { shownOf } from '../view/redaction/shown.ts'
import type { Workspace } from '../view/workspace/workspace.ts'
import { BadArguments, parse } from './arguments.ts'
import { type CallContext, mannerOf, result, type ToolResult } from './call.ts'
import { gather, remedy } from './gather.ts'
import { WorkspaceInput } from './overview-tools.ts'
import { choicesOf } from './ticket-attributes.ts'

type Read = Required<Workspace>

/** One call of Intercom each. The client keeps the answers a while. */
const reads: { readonly [S in keyof Read]: (client: Client, options: CallOptions) => Promise<Read[S]> } = {
  me: async (client, options) => client.call((await import('../contract/admins.ts')).identifyAdmin, {}, options),
  admins: async (client, options) => (await client.call((await import('../contract/admins.ts')).listAdmins, {}, options)).admins,
  teams: async (client, options) => (await client.call((await import('../contract/teams.ts')).listTeams, {}, options)).teams,
  tags: async (client, options) => (await client.call((await import('../contract/tags.ts')).listTags, {}, options)).data,
  segments: async (client, options) => (await client.call((await import('../contract/segments.ts')).listSegments, {}, options)).segments,
  ticket_types: async (client, options) => (await client.call((await import('../contract/ticket-types.ts')).listTicketTypes, {}, options)).data,
  attributes: async (client, options) => (await client.call((await import('../contract/data-attributes.ts')).listDataAttributes, {}, options)).data,
  subscription_types: async (client, options) => (await client.call((await import('../contract/subscription-types.ts')).listSubscriptionTypes, {}, options)).data,
  collections: async (client, { signal }) => (await client.collect((await import('../contract/help-center.ts')).listCollections, {}, { signal })).items,
}

/** Milliseconds for one list: what takes longer is left out. */
const deadlineMs = 10_000

/** Most of each list when all are shown. */
const most = 60

/** What a workspace has, by name and id. A list that cannot be read is told of, and leaves the others as they are. */
export const describeWorkspace = async (args: unknown, context: CallContext): Promise<ToolResult> => {
  const { about } = parse(WorkspaceInput, args) as z.output<typeof WorkspaceInput> // parse gives what the schema does
  const { client, signal } = context
  const sorts: readonly (keyof Read)[] = about ? ['me', ...new Set(about)] : (Object.keys(reads) as (keyof Read)[]) // Object.keys forgets which they are
  const { found, missing } = await gather<Workspace>(Object.fromEntries(sorts.map((sort) => [sort, () => reads[sort](client, { signal, deadlineMs })])))
  const each = Object.entries(missing).map(([sort, reason]) => `${titleOf(sort)} could not be read: ${reason.replace(/\.$/, '')}.`)
  const reasons = [...each, ...remedy(each)].join(' ')
  if (sorts.every((sort) => sort in missing)) throw new BadArguments(reasons)
  const { workspaceView } = await import('../view/workspace/workspace.ts')
  const manner = await mannerOf(context, [found.admins, found.teams])
  return result(workspaceView(shownOf(found, context.redact), { ...manner, choicesOf, missing: reasons, ...(!about && { most }) }))
}

const titleOf = (sort: string): string => (sort === 'me' ? 'name and region' : sort.replaceAll('_', ' '))
