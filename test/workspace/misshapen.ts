import * as z from 'zod'
import type { Operation } from '../../src/contract/operation.ts'
import { loosen } from '../../src/contract/wire.ts'
import { inputSchema, type JsonSchema, sample } from '../contract/generate.ts'

/** An input that an operation must refuse, and in a few words why. */
export interface Misshapen {
  readonly what: string
  readonly input: Record<string, unknown>
}

/** Values of which at least one is of the wrong type, whatever the right one is. */
const strangers: readonly unknown[] = [{ 'no such key': [{}] }, 'no such value', ['no such value'], true, -1]

/** In a query everything is text. */
const strangeTexts: readonly unknown[] = ['no such value', '-1', '1.5']

/** One input for each place in it, that of which has a value of the wrong type. */
export const wrongTypes = (operation: Operation): Misshapen[] => {
  const inQuery = (field: string) => fieldsInQuery(operation).includes(field)
  return placesIn(inputSchema(operation)).filter(([field]) => !fieldsInPath(operation).includes(field!)).flatMap((place) => {
    const inputs = (inQuery(place[0]!) ? strangeTexts : strangers).map((value) => changed(sample(operation), place, value))
    const input = inputs.find((candidate) => !fits(operation, candidate))
    return input ? [{ what: `${place.join('.')} of the wrong type`, input }] : []
  })
}

/** One input for each required field, without it. */
export const incomplete = (operation: Operation): Misshapen[] =>
  (inputSchema(operation).required ?? [])
    .filter((field) => !fieldsInPath(operation).includes(field))
    .map((field) => ({ what: `no ${field}`, input: changed(sample(operation), [field], undefined) }))

/** Pages that no list has. */
export const wrongPages = (operation: Operation): Misshapen[] =>
  placesIn(inputSchema(operation))
    .filter((place) => ['page', 'per_page'].includes(place.at(-1)!))
    .flatMap((place) => [0, 100_000].map((value) => ({ what: `${place.join('.')} ${value}`, input: changed(sample(operation), place, value) })))
    .filter(({ input }) => !fits(operation, input))

/** Filters nested deeper than Intercom's search allows. */
export const tooDeep = (operation: Operation): Misshapen[] => {
  const nested = (depth: number): unknown => (depth === 0 ? { field: 'name', operator: '=', value: 'x' } : { operator: 'AND', value: [nested(depth - 1)] })
  return operation.search ? [{ what: 'a filter nested three deep', input: { ...sample(operation), query: nested(3) } }] : []
}

/** What is required and fits, with a cursor of something else. */
export const wrongCursors = (operation: Operation, cursors: readonly string[]): Misshapen[] => {
  const [field = ''] = Object.entries(operation.search?.fields ?? {}).find(([, type]) => type === 'string') ?? []
  const query = operation.search && { query: { field, operator: '=', value: 'x' } }
  const whole = { ...only(sample(operation), inputSchema(operation).required ?? []), ...query }
  return placesIn(inputSchema(operation))
    .filter((place) => place.at(-1) === 'starting_after')
    .flatMap((place) => cursors.map((cursor) => ({ what: `the cursor ${cursor}`, input: changed(whole, place, cursor) })))
}

const only = (input: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(input).filter(([name]) => names.includes(name)))

export const fieldsInPath = ({ route }: Operation): string[] => [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)

const fieldsInQuery = ({ route, query = [], body = [], input }: Operation): string[] =>
  /^(GET|DELETE)/.test(route) ? Object.keys(input.shape).filter((field) => !body.includes(field)) : [...query]

/** Paths to every field and field of a field, as far as the schema names them. */
const placesIn = (schema: JsonSchema): string[][] =>
  [schema, ...(schema.anyOf ?? [])].flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, property]) => [[name], ...placesIn(property).map((place) => [name, ...place])]))

const changed = (input: Record<string, unknown>, [name, ...rest]: readonly string[], value: unknown): Record<string, unknown> => {
  if (rest.length === 0) return { ...input, [name!]: value }
  const within = input[name!]
  return { ...input, [name!]: changed(typeof within === 'object' && within !== null ? (within as Record<string, unknown>) : {}, rest, value) }
}

/** Whether the schema accepts it, once texts that stand for numbers are read as such. */
const fits = (operation: Operation, input: Record<string, unknown>): boolean =>
  z.safeParse(operation.input, loosen(operation.input, input, 'drop')).success
