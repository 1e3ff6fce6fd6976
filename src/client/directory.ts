import { mentioned, type Mentioned, type Sort } from '../contract/mention.ts'
import { supporting } from './caller.ts'
import type { Client } from './client.ts'
import { Failure } from './failure.ts'

/** Something that is called by name and referred to by id. */
export interface Entry {
  readonly id: string
  readonly name: string
}

interface Lookup<Answer extends object = object> {
  readonly ask: (client: Client, signal: AbortSignal, ids: readonly string[]) => Promise<Answer>
  readonly entries: (answer: Answer) => readonly Entry[]
}

/** Says that both parts speak of the same answer, which the table forgets. */
const lookup = <Answer extends object>(ask: Lookup<Answer>['ask'], entries: Lookup<Answer>['entries']): Lookup => ({ ask, entries: entries as Lookup['entries'] })

const named = (items: readonly { readonly id: string | number; readonly name?: string | null }[]): Entry[] => items.map(({ id, name }) => ({ id: String(id), name: name ?? '' }))

/** Where each sort is listed. The client keeps these lists a while; contacts are asked for by id, all at once. */
const lookups: Readonly<Record<Exclude<Sort, 'company'>, Lookup>> = {
  admin: lookup(async (client, signal) => client.call((await import('../contract/admins.ts')).listAdmins, {}, { signal }), ({ admins }) => named(admins)),
  team: lookup(async (client, signal) => client.call((await import('../contract/teams.ts')).listTeams, {}, { signal }), ({ teams }) => named(teams)),
  tag: lookup(async (client, signal) => client.call((await import('../contract/tags.ts')).listTags, {}, { signal }), ({ data }) => named(data)),
  segment: lookup(async (client, signal) => client.call((await import('../contract/segments.ts')).listSegments, {}, { signal }), ({ segments }) => named(segments)),
  ticket_type: lookup(async (client, signal) => client.call((await import('../contract/ticket-types.ts')).listTicketTypes, {}, { signal }), ({ data }) => named(data)),
  collection: lookup(async (client, signal) => client.call((await import('../contract/help-center.ts')).listCollections, { per_page: 150 }, { signal }), ({ data }) => named(data)),
  newsfeed: lookup(async (client, signal) => client.call((await import('../contract/news.ts')).listNewsfeeds, {}, { signal }), ({ data }) => named(data)),
  help_center: lookup(
    async (client, signal) => client.call((await import('../contract/help-center.ts')).listHelpCenters, {}, { signal }),
    ({ data }) => named(data.map(({ id, display_name }) => ({ id, name: display_name }))),
  ),
  subscription: lookup(
    async (client, signal) => client.call((await import('../contract/subscription-types.ts')).listSubscriptionTypes, {}, { signal }),
    ({ data }) => named(data.map(({ id, default_translation }) => ({ id, name: default_translation?.name }))),
  ),
  contact: lookup(
    async (client, signal, ids) => {
      const { searchContacts } = await import('../contract/contacts.ts')
      const value = ids.slice(0, 150)
      return client.call(searchContacts, { query: { field: 'id', operator: 'IN', value }, pagination: { per_page: value.length } }, { signal })
    },
    ({ data }) => data.map(({ id, name, email, phone }) => ({ id, name: name || email || phone || '' })),
  ),
}

/** All of one sort, with their names. Throws the client's Failure. */
export const listing = async (sort: Exclude<Sort, 'contact' | 'company'>, client: Client, signal: AbortSignal): Promise<readonly Entry[]> => {
  const { ask, entries } = lookups[sort]
  return entries(await ask(client, signal, []))
}

/** The names of all that an answer mentions by id alone. What cannot be looked up stays without one: an answer is worth more than its names. */
export const namesIn = async (answer: unknown, client: Client, signal: AbortSignal): Promise<(sort: Sort, id: unknown) => string | undefined> => {
  const found = mentioned(answer)
  const asked = supporting(client)
  const tables = new Map(await Promise.all([...found.ids].map(async ([sort, ids]) => [sort, await namesOf(sort, unnamed(ids, sort, found), asked, signal)] as const)))
  return (sort, id) => (found.names.get(sort)?.get(String(id)) ?? tables.get(sort)?.get(String(id))) || undefined
}

const unnamed = (ids: ReadonlySet<string>, sort: Sort, { names }: Mentioned): string[] => [...ids].filter((id) => !names.get(sort)?.has(id))

const none: ReadonlyMap<string, string> = new Map()

/** Companies would cost a request each, and are told by `who_is_customer`. */
const namesOf = async (sort: Sort, ids: readonly string[], client: Client, signal: AbortSignal): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0 || sort === 'company' || rests(client, sort)) return none
  try {
    const { ask, entries } = lookups[sort]
    return tableOf(await ask(client, signal, ids), entries)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    if (!ofCaller.has(error.code)) resting.set(client.root, (resting.get(client.root) ?? new Map<Sort, number>()).set(sort, pause))
    return none
  }
}

/** Failures that are one caller's, and say nothing of the list to another. */
const ofCaller: ReadonlySet<Failure['code']> = new Set<Failure['code']>(['cancelled', 'policy_denied'])

/** A list that is kept is turned into a table once. */
const tables = new WeakMap<object, ReadonlyMap<string, string>>()

const tableOf = (answer: object, entries: Lookup['entries']): ReadonlyMap<string, string> => {
  const table = tables.get(answer) ?? new Map(entries(answer).map(({ id, name }) => [id, name]))
  tables.set(answer, table)
  return table
}

/** A list that could not be read is left alone for so many answers: asking for it each time would cost more than its names are worth. */
const pause = 20
const resting = new WeakMap<object, Map<Sort, number>>()

const rests = (client: Client, sort: Sort): boolean => {
  const left = resting.get(client.root)?.get(sort) ?? 0
  if (left > 0) resting.get(client.root)?.set(sort, left - 1)
  return left > 0
}
