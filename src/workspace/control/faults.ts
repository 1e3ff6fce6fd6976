import * as z from 'zod'
import { allOperations } from '../../contract/nouns.ts'
import { type Kind, runs } from '../faults.ts'
import { Rejection } from '../handler.ts'
import { alike } from './alike.ts'
import { controlRoute } from './route.ts'

const kinds = Object.keys(runs) as Kind[] // keys of the table of kinds

/** The longest that `slow` may take, in milliseconds. */
const slowest = 600_000

const Fault = z.strictObject({
  kind: z.enum(kinds),
  operation: z.string().default('*'),
  probability: z.number().gt(0).max(1).default(1),
  count: z.int().min(1).optional(),
  ms: z.int().min(0).max(slowest).default(1000),
  rate_headers: z.boolean().default(true),
})

/** The name of an operation that is called so here or by Intercom (create_contact, CreateContact), or `*`. */
const named = async (wanted: string): Promise<string> => {
  if (wanted === '*') return wanted
  const all = (await allOperations()).map(({ operation }) => operation)
  const found = all.find(({ name, operationId }) => [name, operationId].some((each) => each.toLowerCase() === wanted.toLowerCase()))
  if (found) return found.name
  const choice = alike(wanted, all.map(({ name }) => name))
  throw new Rejection(400, 'parameter_invalid', `operation: there is no ${wanted}; use * or the name of an operation: ${choice}`, 'operation')
}

export const faultRoutes = [
  controlRoute({
    route: 'GET /_workspace/faults',
    does: 'Lists the faults that are set.',
    input: z.strictObject({}),
    example: {},
    handle: (_, { faults }) => ({ faults: faults.list() }),
  }),
  controlRoute({
    route: 'POST /_workspace/faults',
    does: `Makes requests go wrong: ${kinds.join(', ')}. For one operation or *, with a probability, for a count of requests.`,
    input: Fault,
    example: { kind: 'dropped_after', operation: 'create_contact', count: 1 },
    handle: async ({ count, operation, ...fault }, { faults }) => faults.add({ ...fault, operation: await named(operation), remaining: count ?? null }),
  }),
  controlRoute({
    route: 'DELETE /_workspace/faults',
    does: 'Takes back every fault.',
    input: z.strictObject({}),
    example: {},
    handle: (_, { faults }) => {
      faults.clear()
      return { faults: [] }
    },
  }),
  controlRoute({
    route: 'DELETE /_workspace/faults/{id}',
    does: 'Takes back one fault.',
    input: z.strictObject({ id: z.coerce.number() }),
    example: { id: 1 },
    handle: ({ id }, { faults }) => {
      if (!faults.remove(id)) throw new Rejection(404, 'not_found', `There is no fault ${id}; it may have been spent`)
      return { faults: faults.list() }
    },
  }),
]
