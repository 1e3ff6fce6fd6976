import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve, type Served } from './workspace.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.stop())

/** The client's type has lost name and model, which the API requires. */
const create = (attribute: object) => served.client.dataAttributes.create(attribute)

test('an attribute is defined, listed, changed, archived and brought back', async () => {
  const { dataAttributes } = served.client
  const options = [{ value: 'bronze' }, { value: 'silver' }]
  const { id } = await create({ name: 'Loyalty', model: 'contact', data_type: 'options', options })
  expect(id).toBeTypeOf('number')
  const data_attribute_id = id!
  const find = async (include_archived: boolean) =>
    (await dataAttributes.list({ model: 'contact', include_archived })).data!.find((attribute) => attribute.id === data_attribute_id)
  expect(await find(false)).toMatchObject({ name: 'Loyalty', data_type: 'string', options: ['bronze', 'silver'], custom: true })
  expect(await dataAttributes.update({ data_attribute_id, body: { options: [...options, { value: 'gold' }] } })).toMatchObject({ options: ['bronze', 'silver', 'gold'] })
  expect(await dataAttributes.update({ data_attribute_id, body: { archived: true } })).toMatchObject({ archived: true })
  expect(await find(false)).toBeUndefined()
  expect(await find(true)).toMatchObject({ archived: true })
  expect(await dataAttributes.update({ data_attribute_id, body: { archived: false } })).toMatchObject({ archived: false })
})

test('every attribute of every model is listed', async () => {
  const { data } = await served.client.dataAttributes.list()
  expect(new Set(data!.map(({ model }) => String(model)))).toEqual(new Set(['contact', 'company', 'conversation']))
})

test.each([
  ['Data Type isn\'t an option', () => create({ name: 'x', model: 'contact', data_type: 'mithril' }), 400],
  ['You already have \'plan\'', () => create({ name: 'plan', model: 'company', data_type: 'string' }), 400],
  ["We couldn't find that data attribute", () => served.client.dataAttributes.update({ data_attribute_id: 1_000_000, body: {} }), 404],
  ['has a dependant object', () => served.client.dataAttributes.update({ data_attribute_id: 930_105, body: { archived: true } }), 422],
])('a refusal says: %s', async (message, call, statusCode) => {
  await expect(call()).rejects.toMatchObject({ statusCode, body: { errors: [{ message: expect.stringContaining(message) as string }] } })
})
