import type { Client } from '../../client/client.ts'
import { Failure } from '../../client/failure.ts'
import { listActivityLogs } from '../../contract/admins.ts'
import { getContact, listContacts } from '../../contract/contacts.ts'
import { listDataEvents } from '../../contract/data-events.ts'
import { allOperations } from '../../contract/nouns.ts'
import { type Operation, permissionsOf } from '../../contract/operation.ts'
import type { Permission } from './report.ts'

/** A read that shows whether its permission is held; undefined when there is nothing to read. */
type Probe = (client: Client) => Promise<unknown> | undefined

/** Milliseconds for one of them. */
const deadlineMs = 15_000

/**
 * What of each permission is known once the cheapest read that needs it was asked: one item of a list that wants no input. Nothing
 * is ever written for it, so what only writes need stays unknown.
 */
export const permissions = async (client: Client, now: () => number): Promise<Permission[]> => {
  const operations = (await allOperations()).map(({ operation }) => operation)
  const names = [...new Set(operations.flatMap(({ permission }) => permissionsOf(permission)))].sort()
  const someone = await client.call(listContacts, { per_page: 1 }, { fresh: true, deadlineMs }).then(({ data }) => data[0]?.id, (error: unknown) => void failureIn(error))
  return Promise.all(names.map((name) => one(name, operations.filter(({ permission }) => permission === name), byHand(someone, now)[name], client)))
}

/** Reads whose input must name something. */
const byHand = (someone: string | undefined, now: () => number): Readonly<Record<string, Probe>> => ({
  [listActivityLogs.permission]: (client) => client.call(listActivityLogs, { created_at_after: String(Math.floor(now() / 1000) - 60), per_page: 1 }, { fresh: true, deadlineMs }),
  [getContact.permission]: (client) => (someone === undefined ? undefined : client.call(getContact, { id: someone }, { fresh: true, deadlineMs })),
  [listDataEvents.permission]: (client) => (someone === undefined ? undefined : client.call(listDataEvents, { type: 'user', intercom_user_id: someone, per_page: 1 }, { fresh: true, deadlineMs })),
})

const one = async (name: string, operations: readonly Operation[], known: Probe | undefined, client: Client): Promise<Permission> => {
  const probe = known ?? cheapest(operations)
  const asked = probe?.(client)
  const failure = await asked?.then(() => undefined, failureIn)
  const knowledge = client.permissions.of(name)
  if (knowledge !== undefined) return { name, state: knowledge === 'held' ? 'held' : 'missing' }
  return { name, state: 'unknown', why: failure ? failure.advice : probe ? 'nothing was found to read it by' : unasked(operations) }
}

const unasked = (operations: readonly Operation[]): string => (operations.some(({ effect }) => effect === 'read') ? 'a read of it must name an object' : 'only writes need it')

const failureIn = (error: unknown): Failure => {
  if (!(error instanceof Failure)) throw error
  return error
}

const cheapest = (operations: readonly Operation[]): Probe | undefined => {
  const able = operations.filter(({ effect, file, paging, input }) => effect === 'read' && file === undefined && paging?.style !== 'scroll' && input.safeParse({}).success)
  const [first] = able.sort((one, other) => cost(one) - cost(other))
  return first && ((client) => client.call(first, small(first), { fresh: true, deadlineMs }))
}

/** Lists that can be cut to one item come first, and a search, which counts, comes last. */
const cost = ({ route, input }: Operation): number => ('per_page' in input.shape ? 0 : 1) + (/search/.test(route) ? 2 : 0)

const small = ({ input }: Operation): Record<string, unknown> => ('per_page' in input.shape ? { per_page: 1 } : {})
