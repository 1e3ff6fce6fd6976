import { contacts } from './contact-document.ts'
import { conversations } from './conversation.ts'
import { withOwnAttributes } from './custom-attributes.ts'
import {
  type CustomObjectInstanceDocument,
  customObjectInstances,
  type CustomObjectTypeDocument,
  customObjectTypes,
  instanceByExternalId,
  instanceById,
  presentInstance,
} from './custom-object.ts'
import { type Call, type Handlers, Rejection } from './handler.ts'
import { attributePath } from './sql.ts'
import type { Collection, Store } from './store.ts'

const typeNamed = (store: Store, identifier: string): CustomObjectTypeDocument => {
  const type = store.get(customObjectTypes, identifier)
  if (!type) throw new Rejection(404, 'not_found', `Custom object type \`${identifier.slice(0, 100)}\` not found`)
  return type
}

const there = (instance: CustomObjectInstanceDocument | undefined): CustomObjectInstanceDocument => {
  if (!instance) throw new Rejection(404, 'not_found', 'Custom object instance not found')
  return instance
}

const blank = ({ store, now }: Call) => ({
  id: String(store.next('custom_object_instance')),
  external_id: null,
  external_created_at: null,
  external_updated_at: null,
  custom_attributes: {},
  created_at: now,
})

interface Holder {
  readonly id: string
  readonly custom_attributes: Readonly<Record<string, unknown>>
  readonly updated_at: number
}

/** Takes a reference to an instance from all that hold it under this name. */
const release = <D extends Holder>(holders: Collection<D>, name: string, id: string, { store, now }: Call): void => {
  const referring = { text: 'EXISTS (SELECT 1 FROM json_each(custom, ?) WHERE value = ?)', values: [attributePath(name), id] }
  for (const holder of store.find(holders, { where: referring })) {
    const { [name]: held, ...others } = holder.custom_attributes
    const rest = [held].flat().filter((other) => other !== id)
    store.put(holders, { ...holder, custom_attributes: { ...others, ...(rest.length > 0 && { [name]: rest }) }, updated_at: now })
  }
}

const released = {
  contact: (name: string, id: string, call: Call) => release(contacts, name, id, call),
  conversation: (name: string, id: string, call: Call) => release(conversations, name, id, call),
} as const

const remove = ({ references }: CustomObjectTypeDocument, { id, type }: CustomObjectInstanceDocument, call: Call) => {
  for (const { model, name } of references) released[model](name, id, call)
  call.store.remove(customObjectInstances, id)
  return { id, object: type, deleted: true }
}

export const handlers: Handlers<'custom-object-instances'> = {
  get_custom_object_instance: ({ custom_object_type_identifier, id }, { store }) => {
    const type = typeNamed(store, custom_object_type_identifier).id
    // the published text of this path parameter allows either id
    return presentInstance(there(instanceById(store, type, id) ?? instanceByExternalId(store, type, id)))
  },

  get_custom_object_instance_by_external_id: ({ custom_object_type_identifier, external_id }, { store }) =>
    presentInstance(there(instanceByExternalId(store, typeNamed(store, custom_object_type_identifier).id, external_id))),

  upsert_custom_object_instance: ({ custom_object_type_identifier, custom_attributes, ...known }, call) => {
    const { store, now } = call
    const type = typeNamed(store, custom_object_type_identifier)
    // [inferred] without an external id there is nothing to find it by: a new one is made
    const before = known.external_id === undefined ? undefined : instanceByExternalId(store, type.id, known.external_id)
    const instance = before ?? blank(call)
    const attributes = withOwnAttributes(type.attributes, instance.custom_attributes, custom_attributes)
    return presentInstance(store.put(customObjectInstances, { ...instance, ...known, type: type.id, custom_attributes: attributes, updated_at: now }))
  },

  delete_custom_object_instance: ({ custom_object_type_identifier, id }, call) => {
    const type = typeNamed(call.store, custom_object_type_identifier)
    return remove(type, there(instanceById(call.store, type.id, id)), call)
  },

  delete_custom_object_instance_by_external_id: ({ custom_object_type_identifier, external_id }, call) => {
    const type = typeNamed(call.store, custom_object_type_identifier)
    return remove(type, there(instanceByExternalId(call.store, type.id, external_id)), call)
  },
}
