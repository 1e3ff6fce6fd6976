import { referring } from '../contract/mention.ts'
import { type Frame, objectOf } from './frame.ts'
import { nameKey } from './names.ts'
import { fieldsOf } from './schema.ts'

type Document = Record<string, unknown>

const isDocument = (value: unknown): value is Document => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Fields that may be asked for of what an operation answers; none where its fields are not known beforehand. */
export const choosable = (frame: Frame): string[] => {
  const declared = Object.keys(fieldsOf(objectOf(frame)) ?? {})
  const names = declared.filter((key) => referring.has(key)).map(nameKey)
  return [...new Set([...declared, ...names, ...(frame.kind?.adds ?? [])])].filter((key) => key !== 'type')
}

/** Of an object as shown only these fields, `custom_attributes.plan` for one within another, and the id. */
export const chosen = (shown: Document, fields: readonly string[]): Document => fields.reduce((kept, field) => merged(kept, branch(shown, field.split('.'))), branch(shown, ['id']))

const branch = (from: Document, [key = '', ...rest]: readonly string[]): Document => {
  const value = from[key]
  if (rest.length === 0 || !isDocument(value)) return value === undefined ? {} : { [key]: value, ...nameBeside(from, key) }
  return { [key]: branch(value, rest) }
}

/** A field of which the id was asked for comes with the name. */
const nameBeside = (from: Document, key: string): Document => {
  const name = nameKey(key)
  return name !== key && name in from ? { [name]: from[name] } : {}
}

const merged = (one: Document, other: Document): Document => {
  const result = { ...one }
  for (const [key, value] of Object.entries(other)) result[key] = isDocument(result[key]) && isDocument(value) ? merged(result[key], value) : value
  return result
}
