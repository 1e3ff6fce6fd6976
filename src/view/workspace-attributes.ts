import type * as z from 'zod'
import type { DataAttribute } from '../contract/data-attributes.ts'
import { dataAttribute } from './data-attributes.ts'
import { piece } from './piece.ts'
import { line, oneOf } from './line.ts'

export type Attribute = z.output<typeof DataAttribute>

const models = ['contact', 'company', 'conversation'] as const

/** `plan: string, one of Starter, Crew, Fleet`: the workspace's own attributes of contacts, companies and conversations. */
export const customAttributes = (attributes: readonly Attribute[]): Record<string, string[]> => {
  const custom = attributes.filter((attribute) => attribute.custom)
  return Object.fromEntries(models.map((model) => [`${model}_attributes`, custom.filter((attribute) => attribute.model === model).map(attributeLine)]))
}

const attributeLine = (attribute: Attribute): string => {
  const { full_name, data_type } = piece(dataAttribute, attribute, ['full_name', 'data_type'])
  return line({ name: String(full_name ?? '').replace(/^custom_attributes\./, '') }, [data_type, oneOf(attribute.options)])
}

/** How many every workspace has. */
export const builtInAttributes = (attributes: readonly Attribute[]): Record<string, number> =>
  Object.fromEntries(models.map((model) => [model, attributes.filter((attribute) => attribute.model === model && !attribute.custom).length]))
