import type { FieldType } from '../contract/search.ts'
import { type Collection, sql, type Store } from './store.ts'

/** A custom attribute that people, companies or conversations can have. Names are unique in a model. */
export interface DataAttributeDocument {
  readonly id: number
  readonly model: 'contact' | 'company' | 'conversation'
  readonly name: string
  readonly description: string
  readonly data_type: 'string' | 'integer' | 'float' | 'boolean' | 'date'
  /** The choices of a list; empty for free values. Intercom does not hold a written value to them. */
  readonly options: readonly string[]
  readonly messenger_writable: boolean
  readonly archived: boolean
  /** Who made it; null when that is not known. */
  readonly admin_id: string | null
  readonly created_at: number
  readonly updated_at: number
}

export type Model = DataAttributeDocument['model']

export const dataAttributes: Collection<DataAttributeDocument> = {
  table: 'data_attribute',
  columns: { model: 'TEXT', name: 'TEXT', archived: 'INTEGER', updated_at: 'INTEGER' },
  facts: ({ model, name, archived, updated_at }) => ({ model, name, archived: Number(archived), updated_at }),
  blank: { description: '', admin_id: null },
  indexed: ['name'],
}

/** The attribute of that name which can be written and searched by. */
export const dataAttribute = (store: Store, model: Model, name: string): DataAttributeDocument | undefined =>
  store.find(dataAttributes, { where: sql`model = ${model} AND name = ${name} AND archived = 0` }).find((found) => found.name === name)

/** How an attribute of that name is searched by; undefined when there is none. */
export const fieldTypeOf = (store: Store, model: Model, name: string): FieldType | undefined => dataAttribute(store, model, name)?.data_type
