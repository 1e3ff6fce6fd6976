import type { Intercom } from 'intercom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve, type Served } from './workspace.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.stop())

const type = { custom_object_type_identifier: 'Booking' } as const

/** The client's type allows texts only; values keep the type that the attribute has. */
const attributes = (values: Record<string, unknown>) => values as Record<string, string>

const upsert = async (request: Omit<Intercom.CreateOrUpdateCustomObjectInstanceRequest, keyof typeof type>) =>
  (await served.client.customObjectInstances.createCustomObjectInstances({ ...type, ...request }))!

test('an instance is made, changed and got by either id', async () => {
  const { customObjectInstances } = served.client
  const made = await upsert({ external_id: 'PW-1', external_created_at: 1_392_036_272, custom_attributes: attributes({ tour: 'Night paddle', guests: 3 }) })
  expect(made).toMatchObject({ type: 'Booking', external_id: 'PW-1', custom_attributes: { tour: 'Night paddle', guests: 3 } })
  const changed = await upsert({ external_id: 'PW-1', custom_attributes: attributes({ guests: 4 }) })
  expect(changed).toMatchObject({ id: made.id, custom_attributes: { tour: 'Night paddle', guests: 4 } })
  expect(await customObjectInstances.getCustomObjectInstancesById({ ...type, custom_object_instance_id: made.id! })).toEqual(changed)
  expect(await customObjectInstances.getCustomObjectInstancesByExternalId({ ...type, external_id: 'PW-1' })).toEqual(changed)
})

test('a contact refers to instances until they are deleted, by either id', async () => {
  const { customObjectInstances, contacts } = served.client
  const [one, two] = [await upsert({ external_id: 'PW-2' }), await upsert({ external_id: 'PW-3' })]
  const { id: contact_id } = await contacts.create({ email: 'books@tours.example' })
  const held = async () => {
    const { custom_attributes } = await contacts.find({ contact_id })
    return (custom_attributes as { Booking?: { type: string; instances: { id: string }[] } }).Booking // the client knows no attribute by name
  }
  await contacts.update({ contact_id, custom_attributes: { Booking: [one.id, two.id] } })
  expect(await held()).toMatchObject({ type: 'Booking.list', instances: [{ id: one.id }, { id: two.id }] })
  const answer = await customObjectInstances.deleteCustomObjectInstancesById({ ...type, external_id: 'PW-2' })
  expect(answer).toEqual({ id: one.id, object: 'Booking', deleted: true })
  expect(await held()).toMatchObject({ instances: [{ id: two.id }] })
  await customObjectInstances.deleteCustomObjectInstancesByExternalId({ ...type, custom_object_instance_id: two.id! })
  expect(await held()).toBeUndefined()
})

test('what is not there is a 404 that says what', async () => {
  const { customObjectInstances } = served.client
  const missing = (message: string) => ({ statusCode: 404, body: { errors: [{ code: 'not_found', message }] } })
  await expect(customObjectInstances.getCustomObjectInstancesById({ ...type, custom_object_instance_id: '0' })).rejects.toMatchObject(
    missing('Custom object instance not found'),
  )
  await expect(customObjectInstances.createCustomObjectInstances({ custom_object_type_identifier: 'Order' })).rejects.toMatchObject(
    missing('Custom object type `Order` not found'),
  )
})
