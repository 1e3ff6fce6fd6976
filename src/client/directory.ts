import { mentioned, type Mentioned, type Sort } from '../contract/mention.ts'
import type { Client } from './client.ts'
import { Failure } from './failure.ts'

/** Something that is called by name and referred to by id. */
export interface Entry {
  readonly id: string
  readonly name: string
}

type Lookup = (client: Client, signal: AbortSignal, ids: readonly string[]) => Promise<readonly Entry[]>

/** Where each sort is listed. The client keeps these lists a while; contacts are asked for by id, all at once. */
const lookups: Readonly<Record<Exclude<Sort, 'company'>, Lookup>> = {
  admin: async (client, signal) => entries((await client.call((await import('../contract/admins.ts')).listAdmins, {}, { signal })).admins),
  team: async (client, signal) => entries((await client.call((await import('../contract/teams.ts')).listTeams, {}, { signal })).teams),
  tag: async (client, signal) => entries((await client.call((await import('../contract/tags.ts')).listTags, {}, { signal })).data),
  segment: async (client, signal) => entries((await client.call((await import('../contract/segments.ts')).listSegments, {}, { signal })).segments),
  ticket_type: async (client, signal) => entries((await client.call((await import('../contract/ticket-types.ts')).listTicketTypes, {}, { signal })).data),
  collection: async (client, signal) => entries((await client.call((await import('../contract/help-center.ts')).listCollections, { per_page: 150 }, { signal })).data),
  newsfeed: async (client, signal) => entries((await client.call((await import('../contract/news.ts')).listNewsfeeds, {}, { signal })).data),
  help_center: async (client, signal) => {
    const { data } = await client.call((await import('../contract/help-center.ts')).listHelpCenters, {}, { signal })
    return entries(data.map(({ id, display_name }) => ({ id, name: display_name })))
  },
  subscription: async (client, signal) => {
    const { data } = await client.call((await import('../contract/subscription-types.ts')).listSubscriptionTypes, {}, { signal })
    return entries(data.map(({ id, default_translation }) => ({ id, name: default_translation?.name })))
  },
  contact: async (client, signal, ids) => {
    const { searchContacts } = await import('../contract/contacts.ts')
    const value = ids.slice(0, 150)
    const { data } = await client.call(searchContacts, { query: { field: 'id', operator: 'IN', value }, pagination: { per_page: value.length } }, { signal })
    return data.map(({ id, name, email, phone }) => ({ id, name: name || email || phone || '' }))
  },
}

const entries = (items: readonly { readonly id: string | number; readonly name?: string | null }[]): Entry[] => items.map(({ id, name }) => ({ id: String(id), name: name ?? '' }))

/** All of one sort, with their names. Throws the client's Failure. */
export const listing = (sort: Exclude<Sort, 'contact' | 'company'>, client: Client, signal: AbortSignal): Promise<readonly Entry[]> => lookups[sort](client, signal, [])

/** The names of all that an answer mentions by id alone. What cannot be looked up stays without one: an answer is worth more than its names. */
export const namesIn = async (answer: unknown, client: Client, signal: AbortSignal): Promise<(sort: Sort, id: unknown) => string | undefined> => {
  const found = mentioned(answer)
  const tables = new Map(await Promise.all([...found.ids].map(async ([sort, ids]) => [sort, await namesOf(sort, unnamed(ids, sort, found), client, signal)] as const)))
  return (sort, id) => (found.names.get(sort)?.get(String(id)) ?? tables.get(sort)?.get(String(id))) || undefined
}

const unnamed = (ids: ReadonlySet<string>, sort: Sort, { names }: Mentioned): string[] => [...ids].filter((id) => !names.get(sort)?.has(id))

const none: ReadonlyMap<string, string> = new Map()

/** Companies would cost a request each, and are told by `who_is_customer`. */
const namesOf = async (sort: Sort, ids: readonly string[], client: Client, signal: AbortSignal): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0 || sort === 'company' || rests(client, sort)) return none
  try {
    return new Map((await lookups[sort](client, signal, ids)).map(({ id, name }) => [id, name]))
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    if (error.code !== 'cancelled') resting.set(client, (resting.get(client) ?? new Map<Sort, number>()).set(sort, pause))
    return none
  }
}

/** A list that could not be read is left alone for so many answers: asking for it each time would cost more than its names are worth. */
const pause = 20
const resting = new WeakMap<Client, Map<Sort, number>>()

const rests = (client: Client, sort: Sort): boolean => {
  const left = resting.get(client)?.get(sort) ?? 0
  if (left > 0) resting.get(client)?.set(sort, left - 1)
  return left > 0
}
