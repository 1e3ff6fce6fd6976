import { instanceById, presentReferences, typeReferredTo } from './custom-object.ts'
import { type DataAttributeDocument, dataAttribute, type Model } from './data-attribute.ts'
import { Rejection } from './handler.ts'
import { integer, moment, number, truth } from './scalars.ts'
import type { Store } from './store.ts'

type Attributes = Readonly<Record<string, unknown>>
type DataType = DataAttributeDocument['data_type']

/** What an attribute takes: `read` gives what is kept for a value, null when that is nothing, undefined when it does not fit. */
interface Field {
  readonly read: (value: unknown) => unknown
  readonly wanted: string
}

/**
 * The attributes of a person, company or conversation after some were written: merged by name, null unsets. Each must be
 * defined in the workspace. References to custom objects are kept as ids.
 * [inferred] A value of another type is refused; text that reads as the number, boolean or date wanted is taken.
 */
export const withAttributes = (store: Store, model: Model, before: Attributes, written: Attributes | null | undefined): Attributes =>
  merged(before, written, called[model], (name) => {
    const attribute = dataAttribute(store, model, name)
    const type = attribute ? undefined : typeReferredTo(store, model, name)
    return attribute ? scalars[attribute.data_type] : type && references(store, type.id)
  })

/** As {@link withAttributes}, for what has attributes of its own. */
export const withOwnAttributes = (own: Readonly<Record<string, DataType>>, before: Attributes, written: Attributes | null | undefined): Attributes =>
  merged(before, written, 'Custom attribute', (name) => (Object.hasOwn(own, name) ? scalars[own[name]!] : undefined))

/** Attributes as the API answers them: the custom objects that they refer to stand in them. */
export const presentAttributes = (store: Store, attributes: Attributes): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, Array.isArray(value) ? presentReferences(store, value) : value]))

/** Only the text for conversations is known. */
const called: Readonly<Record<Model, string>> = { contact: 'Custom attribute', company: 'Custom attribute', conversation: 'Conversation attribute' }

const merged = (before: Attributes, written: Attributes | null | undefined, what: string, fieldOf: (name: string) => Field | undefined): Attributes => {
  const changes = Object.entries(written ?? {}).map(([name, value]): [string, unknown] => [name, readOne(name, value, what, fieldOf(name))])
  const entries = Object.entries({ ...before, ...Object.fromEntries(changes) })
  return Object.fromEntries(entries.filter(([, value]) => value !== null))
}

const readOne = (name: string, value: unknown, what: string, field: Field | undefined): unknown => {
  if (!field) throw refused(name, `${what} '${name.slice(0, 100)}' does not exist`)
  if (value === null) return null
  const found = field.read(value)
  if (found === undefined) throw refused(name, `${what} '${name}' must be ${field.wanted}`)
  return found
}

const refused = (name: string, message: string): Rejection => new Rejection(400, 'parameter_invalid', message, `custom_attributes.${name.slice(0, 100)}`)

/** Dates are kept as unix seconds. */
const scalars: Readonly<Record<DataType, Field>> = {
  string: { read: (value) => (typeof value === 'string' ? value : undefined), wanted: 'a string' },
  integer: { read: integer, wanted: 'an integer' },
  float: { read: number, wanted: 'a number' },
  boolean: { read: truth, wanted: 'true or false' },
  date: { read: moment, wanted: 'a date: unix seconds or ISO 8601' },
}

/** One id or a list of them, which takes the place of the list before. [inferred] Each must be there; an empty list unsets. */
const references = (store: Store, type: string): Field => ({
  read: (value) => {
    const ids = [...new Set([value].flat().map(String))]
    if (!ids.every((id) => instanceById(store, type, id))) return undefined
    return ids.length === 0 ? null : ids
  },
  wanted: `a list of ids of ${type} instances`,
})
