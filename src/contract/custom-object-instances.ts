import * as z from 'zod'
import { operation, type Operation } from './operation.ts'
import { isGone, shows } from './read-back.ts'
import { CustomAttributes, shape, Timestamp } from './shape.ts'

// the one permission covers reading and writing; there is none that only reads
const permission = 'Read and write custom object instances'

/** A thing of the workspace's own, such as an order. `type` is the identifier of its type. */
export const CustomObjectInstance = shape(
  { id: z.string() },
  {
    type: z.string(),
    external_id: z.string(),
    external_created_at: Timestamp,
    external_updated_at: Timestamp,
    created_at: Timestamp,
    updated_at: Timestamp,
    custom_attributes: CustomAttributes,
  },
)

/** What is left of one; `object` is the identifier of its type. */
const Deleted = shape({ id: z.string() }, { object: z.string(), deleted: z.boolean() })

const type = z.string().min(1).describe('Identifier of the custom object type, such as Order. Types are made in Intercom only.')
const id = z.string().describe("The instance's Intercom id.")
const externalId = z.string().min(1).describe("The instance's id in your own system.")
const byExternalId = z.strictObject({ custom_object_type_identifier: type, external_id: externalId })
const byId = z.strictObject({ custom_object_type_identifier: type, id })

export const getCustomObjectInstance = operation({
  name: 'get_custom_object_instance',
  operationId: 'getCustomObjectInstancesById',
  title: 'Get a custom object instance',
  description: 'One instance of a custom object type by its Intercom id, with its attributes.',
  asked: 'show one record order booking intercom internal open details linked view attached contact attributes look conversation read pull what fetch single type ticket',
  route: 'GET /custom_object_instances/{custom_object_type_identifier}/{id}',
  effect: 'read',
  permission,
  input: byId,
  output: CustomObjectInstance,
  resource: 'intercom://custom-objects/{custom_object_type_identifier}/{id}',
})

export const getCustomObjectInstanceByExternalId = operation({
  name: 'get_custom_object_instance_by_external_id',
  operationId: 'getCustomObjectInstancesByExternalId',
  title: 'Get a custom object instance by external ID',
  description: 'One instance of a custom object type by the id that your own system gave it.',
  asked: 'find look record order booking own number reference via shop status reservation code show crm key invoice details system where parcel device serial',
  route: 'GET /custom_object_instances/{custom_object_type_identifier}',
  effect: 'read',
  permission,
  input: byExternalId,
  output: CustomObjectInstance,
  resource: 'intercom://custom-objects/{custom_object_type_identifier}/external/{external_id}',
})

export const upsertCustomObjectInstance = operation({
  name: 'upsert_custom_object_instance',
  operationId: 'createCustomObjectInstances',
  title: 'Create or update a custom object instance',
  description:
    'Changes the instance of this type that has the external_id, or makes a new one. To tie it to a person or conversation, write its Intercom id into their custom_attributes, under the name of the reference.',
  asked: 'create add update sync push record such order booking subscription invoice new shop store contract save attributes type purchase status shipped change register device reservation write external import vehicles products',
  route: 'POST /custom_object_instances/{custom_object_type_identifier}',
  effect: 'write',
  idempotent: true,
  idempotentBy: 'external_id',
  permission,
  input: z.strictObject({
    custom_object_type_identifier: type,
    external_id: externalId.optional().describe("The instance's id in your own system; without it a new one is made each time."),
    external_created_at: Timestamp.nullable().optional().describe('When it was made in your own system; unix seconds.'),
    external_updated_at: Timestamp.nullable().optional().describe('When it last changed in your own system; unix seconds.'),
    custom_attributes: CustomAttributes.nullable().optional().describe('By name; each must be defined on the type already.'),
  }),
  output: CustomObjectInstance,
  readBack: {
    operation: getCustomObjectInstanceByExternalId,
    input: ({ custom_object_type_identifier, external_id }) => (external_id ? { custom_object_type_identifier, external_id } : undefined),
    happened: shows('external_id external_created_at external_updated_at', 'custom_attributes'),
  },
})

/** A deletion is read back with the very input that named the instance. */
const gone = (read: Operation) => ({ operation: read, input: (written: Record<string, unknown>) => written, happened: isGone })

// the operationIds of the two deletions are published the wrong way round
export const deleteCustomObjectInstance = operation({
  name: 'delete_custom_object_instance',
  operationId: 'deleteCustomObjectInstancesByExternalId',
  title: 'Delete a custom object instance',
  description: 'Removes an instance by its Intercom id, also from the people and conversations that refer to it. Cannot be undone.',
  asked: 'remove record order booking intercom rid internal drop erase linked throw wipe longer needed test gone clean platform trash duplicate',
  route: 'DELETE /custom_object_instances/{custom_object_type_identifier}/{id}',
  effect: 'destroy',
  undoneBy: 'never',
  idempotent: true,
  permission,
  input: byId,
  output: Deleted,
  readBack: gone(getCustomObjectInstance),
})

export const deleteCustomObjectInstanceByExternalId = operation({
  name: 'delete_custom_object_instance_by_external_id',
  operationId: 'deleteCustomObjectInstancesById',
  title: 'Delete a custom object instance by external ID',
  description: 'Removes an instance by the id that your own system gave it, also from the people and conversations that refer to it. Cannot be undone.',
  asked: 'remove record order booking own number rid reference drop reservation code erase via cancelled shop throw crm key invoice voided device serial clean wipe system gone database',
  route: 'DELETE /custom_object_instances/{custom_object_type_identifier}',
  effect: 'destroy',
  undoneBy: 'never',
  idempotent: true,
  permission,
  input: byExternalId,
  output: Deleted,
  readBack: gone(getCustomObjectInstanceByExternalId),
})
