import type * as z from 'zod'
import type { DataAttribute } from '../../contract/data-attributes.ts'
import { dataAttribute } from '../data-attributes.ts'
import { piece } from '../piece.ts'
import { choices } from '../choices.ts'
import { defined } from '../brief.ts'

type Document = Record<string, unknown>
export type Attribute = z.output<typeof DataAttribute>

const models = ['contact', 'company', 'conversation'] as const

/** The workspace's own attributes of contacts, companies and conversations, by the names that filters know them by. */
export const customAttributes = (attributes: readonly Attribute[]): Record<string, Document[]> => {
  const custom = attributes.filter((attribute) => attribute.custom)
  return Object.fromEntries(models.map((model) => [`${model}_attributes`, custom.filter((attribute) => attribute.model === model).map(row)]))
}

const row = (attribute: Attribute): Document => {
  const { full_name, data_type } = piece(dataAttribute, attribute, ['full_name', 'data_type'])
  return defined({ name: String(full_name ?? '').replace(/^custom_attributes\./, ''), data_type, ...choices(attribute.options) })
}

/** How many every workspace has. */
export const builtInAttributes = (attributes: readonly Attribute[]): Record<string, number> =>
  Object.fromEntries(models.map((model) => [model, attributes.filter((attribute) => attribute.model === model && !attribute.custom).length]))
