import type { DataAttributeDocument } from './data-attribute.ts'
import { type Collection, sql, type Store } from './store.ts'

/** A kind of thing of the workspace's own, such as a booking. No operation makes one: that is done in Intercom's app. */
export interface CustomObjectTypeDocument {
  /** Its identifier: what paths and its instances call it. */
  readonly id: string
  readonly attributes: Readonly<Record<string, DataAttributeDocument['data_type']>>
  /** Where its instances can be referred to: by the custom attribute of that name, of people or of conversations. */
  readonly references: readonly { readonly model: 'contact' | 'conversation'; readonly name: string }[]
}

export interface CustomObjectInstanceDocument {
  /** Unique among instances of every type. */
  readonly id: string
  /** The type's identifier. */
  readonly type: string
  /** Your own id of it, unique in its type. */
  readonly external_id: string | null
  readonly external_created_at: number | null
  readonly external_updated_at: number | null
  readonly custom_attributes: Readonly<Record<string, unknown>>
  readonly created_at: number
  readonly updated_at: number
}

export const customObjectTypes: Collection<CustomObjectTypeDocument> = { table: 'custom_object_type', columns: {}, facts: () => ({}) }

export const customObjectInstances: Collection<CustomObjectInstanceDocument> = {
  table: 'custom_object_instance',
  columns: { type: 'TEXT', external_id: 'TEXT', updated_at: 'INTEGER' },
  facts: ({ type, external_id, updated_at }) => ({ type, external_id, updated_at }),
  blank: { external_id: null, external_created_at: null, external_updated_at: null, custom_attributes: {} },
  indexed: ['external_id'],
}

/** The type whose instances an attribute of that name refers to; undefined when it is no reference. */
export const typeReferredTo = (store: Store, model: string, name: string): CustomObjectTypeDocument | undefined =>
  store.find(customObjectTypes).find(({ references }) => references.some((reference) => reference.model === model && reference.name === name))

/** The instance of that type which has the id. */
export const instanceById = (store: Store, type: string, id: string): CustomObjectInstanceDocument | undefined => {
  const found = store.get(customObjectInstances, id)
  return found?.type === type ? found : undefined
}

/** The instance of that type which has the external id. Facts ignore case; ids do not. */
export const instanceByExternalId = (store: Store, type: string, externalId: string): CustomObjectInstanceDocument | undefined =>
  store.find(customObjectInstances, { where: sql`external_id = ${externalId}` }).find((found) => found.type === type && found.external_id === externalId)

export const presentInstance = (instance: CustomObjectInstanceDocument) => ({
  ...presentBriefly(instance),
  created_at: instance.created_at,
  updated_at: instance.updated_at,
})

/** Instances as they stand within what refers to them. */
export const presentReferences = (store: Store, ids: readonly string[]) => {
  const instances = ids.map((id) => store.get(customObjectInstances, id)).filter((found) => found !== undefined)
  return {
    type: `${instances[0]?.type ?? ''}.list`, // never of none: what refers to nothing is not kept
    instances: instances.map(presentBriefly),
  }
}

/** Within another object it does not tell when Intercom learned of it. [inferred] Without an external id it shows none: null is not published. */
const presentBriefly = ({ id, type, external_id, external_created_at, external_updated_at, custom_attributes }: CustomObjectInstanceDocument) => ({
  id,
  type,
  ...(external_id !== null && { external_id }),
  external_created_at,
  external_updated_at,
  custom_attributes: { ...custom_attributes },
})
