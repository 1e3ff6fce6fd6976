import { type DataAttributeDocument, dataAttribute } from './data-attributes.ts'
import { Rejection } from './handler.ts'
import { integer, moment, number, truth } from './scalars.ts'
import type { Store } from './store.ts'

type Attributes = Readonly<Record<string, unknown>>
type Model = DataAttributeDocument['model']

/**
 * The attributes after some were written: merged by name, null unsets. Each must be defined in the workspace.
 * [inferred] A value of another type is refused; text that reads as the number, boolean or date wanted is taken.
 */
export const withAttributes = (store: Store, model: Model, before: Attributes, written: Attributes | null | undefined): Attributes => {
  const changes = Object.entries(written ?? {}).map(([name, value]): [string, unknown] => [name, read(store, model, name, value)])
  const merged = Object.entries({ ...before, ...Object.fromEntries(changes) })
  return Object.fromEntries(merged.filter(([, value]) => value !== null))
}

const read = (store: Store, model: Model, name: string, value: unknown): unknown => {
  const attribute = dataAttribute(store, model, name)
  if (!attribute) throw refused(name, `Custom attribute '${name.slice(0, 100)}' does not exist`)
  if (value === null) return null
  const found = readers[attribute.data_type](value)
  if (found === undefined) throw refused(name, `Custom attribute '${name}' must be ${wanted[attribute.data_type]}`)
  return found
}

const refused = (name: string, message: string): Rejection => new Rejection(400, 'parameter_invalid', message, `custom_attributes.${name.slice(0, 100)}`)

type DataType = DataAttributeDocument['data_type']

const wanted: Readonly<Record<DataType, string>> = {
  string: 'a string',
  integer: 'an integer',
  float: 'a number',
  boolean: 'true or false',
  date: 'a date: unix seconds or ISO 8601',
}

/** What is kept for a value; undefined when it is not of the type. Dates are kept as unix seconds. */
const readers: Readonly<Record<DataType, (value: unknown) => string | number | boolean | undefined>> = {
  string: (value) => (typeof value === 'string' ? value : undefined),
  integer,
  float: number,
  boolean: truth,
  date: moment,
}
