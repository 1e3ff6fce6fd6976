import { describe, expect, test } from 'vitest'
import { asking, morning, newForEachTest, refused } from './asking.ts'
import { maren } from './opened.ts'

const room = newForEachTest()
const { ask } = room

const upsert = (fields: object, type = 'Booking') => ask('POST', `/custom_object_instances/${type}`, fields)
const write = (custom_attributes: object) => ask('PUT', `/contacts/${maren.id}`, { custom_attributes })
const instances = async (path: string, name = 'Booking') =>
  ((await ask('GET', path)).body.custom_attributes[name]?.instances ?? []).map(({ id }: { id: string }) => id) as string[]
const conversation = async () => (await ask('POST', '/conversations', { from: { type: 'user', id: maren.id }, body: 'The hatch leaks.' })).body.conversation_id as string

/** Bookings of the seed, both Maren's, and a piece of gear. */
const islandLoop = '70101'
const sunsetPaddle = '70102'
const seaKayak = '70201'

describe('an instance', () => {
  test('is made with values of their own types, and got by either id', async () => {
    const custom_attributes = { tour: 'Night paddle', guests: 3, total: 99.99, paid: false, departs_at: 1_764_000_000 }
    const { body } = await upsert({ external_id: 'PW-1', external_created_at: 1_392_036_272, custom_attributes })
    expect(body).toEqual({
      id: expect.any(String),
      type: 'Booking',
      external_id: 'PW-1',
      external_created_at: 1_392_036_272,
      external_updated_at: null,
      created_at: morning,
      updated_at: morning,
      custom_attributes,
    })
    for (const path of [`?external_id=PW-1`, `/${body.id}`, '/PW-1']) expect((await ask('GET', `/custom_object_instances/Booking${path}`)).body).toEqual(body)
  })

  test('of the same external id is changed: what is not named stays, null unsets', async () => {
    const { id } = (await upsert({ external_id: 'PW-1', external_created_at: 5, custom_attributes: { tour: 'Night paddle', guests: 3 } })).body
    room.clock.seconds += 60
    const { body } = await upsert({ external_id: 'PW-1', external_updated_at: 6, custom_attributes: { guests: 4, tour: null } })
    expect(body).toMatchObject({ id, external_created_at: 5, external_updated_at: 6, created_at: morning, updated_at: morning + 60, custom_attributes: { guests: 4 } })
    expect(body.custom_attributes).toEqual({ guests: 4 })
  })

  test('of another type, of another external id in other letters, or of none, is another', async () => {
    const { id } = (await upsert({ external_id: 'PW-1' })).body
    const others = [await upsert({ external_id: 'PW-1' }, 'Gear'), await upsert({ external_id: 'pw-1' }), await upsert({}), await upsert({})]
    expect(new Set([id, ...others.map(({ body }) => body.id)]).size).toBe(5)
    expect(others[2]!.body).not.toHaveProperty('external_id')
  })

  test.each([
    [{ colour: 'red' }, "Custom attribute 'colour' does not exist"],
    [{ guests: 'many' }, "Custom attribute 'guests' must be an integer"],
    [{ departs_at: 'soon' }, "Custom attribute 'departs_at' must be a date: unix seconds or ISO 8601"],
  ])('does not take %j', async (custom_attributes, message) => {
    expect(refused(await upsert({ external_id: 'PW-1', custom_attributes }))).toBe(`400 parameter_invalid: ${message}`)
  })

  test.each([
    ['POST', ''],
    ['GET', '?external_id=PW-48213'],
    ['DELETE', '?external_id=PW-48213'],
    ['GET', `/${islandLoop}`],
    ['DELETE', `/${islandLoop}`],
  ])('of an unknown type is not found: %s %s', async (method, path) => {
    const answer = await ask(method, `/custom_object_instances/Order${path}`, method === 'POST' ? { external_id: '1' } : undefined)
    expect(refused(answer)).toBe('404 not_found: Custom object type `Order` not found')
  })

  test.each([
    ['GET', '?external_id=nothing'],
    ['DELETE', '?external_id=nothing'],
    ['GET', '/0'],
    ['DELETE', '/0'],
    ['DELETE', '/PW-48213'],
    ['GET', `/${seaKayak}`],
  ])('that this type does not have is not found: %s %s', async (method, path) => {
    expect(refused(await ask(method, `/custom_object_instances/Booking${path}`))).toBe('404 not_found: Custom object instance not found')
  })

  test('is asked for by an external id that is given', async () => {
    expect(refused(await ask('GET', '/custom_object_instances/Booking'))).toBe('400 parameter_not_found: external_id is a required parameter')
  })
})

describe('a reference', () => {
  test('of a contact shows the instances themselves', async () => {
    const { Booking } = (await ask('GET', `/contacts/${maren.id}`)).body.custom_attributes
    expect(Booking).toMatchObject({ type: 'Booking.list', instances: [{ id: islandLoop }, { id: sunsetPaddle }] })
    expect(Booking.instances[0]).toEqual({
      id: islandLoop,
      type: 'Booking',
      external_id: 'PW-48213',
      external_created_at: expect.any(Number),
      external_updated_at: expect.any(Number),
      custom_attributes: { tour: 'Island Loop', guests: 8, total: 712, paid: true, departs_at: expect.any(Number) },
    })
    const { data } = (await ask('POST', '/contacts/search', { query: { field: 'id', operator: '=', value: maren.id } })).body
    expect(data[0].custom_attributes.Booking).toEqual(Booking)
  })

  test('takes one id or several, which replace those before, and goes with null or none', async () => {
    const { id } = (await upsert({ external_id: 'PW-1' })).body
    expect((await write({ Booking: Number(id) })).body.custom_attributes.Booking.instances).toMatchObject([{ id }])
    await write({ Booking: [id, islandLoop, id] })
    expect(await instances(`/contacts/${maren.id}`)).toEqual([id, islandLoop])
    expect((await write({ Booking: [] })).body.custom_attributes).not.toHaveProperty('Booking')
    await write({ Booking: [id] })
    expect((await write({ Booking: null })).body.custom_attributes).not.toHaveProperty('Booking')
  })

  test('shows an instance as it is now', async () => {
    await upsert({ external_id: 'PW-48213', custom_attributes: { guests: 9 } })
    const { Booking } = (await ask('GET', `/contacts/${maren.id}`)).body.custom_attributes
    expect(Booking.instances[0].custom_attributes).toMatchObject({ guests: 9, tour: 'Island Loop' })
  })

  test('is kept beside other attributes, and moves with a lead that is merged', async () => {
    await write({ seats: 15 })
    expect(await instances(`/contacts/${maren.id}`)).toEqual([islandLoop, sunsetPaddle])
    const lead = (await ask('POST', '/contacts', { role: 'lead', custom_attributes: { Booking: [islandLoop] } })).body
    const user = (await ask('POST', '/contacts', { email: 'ada@example.com' })).body
    await ask('POST', '/contacts/merge', { from: lead.id, into: user.id })
    expect(await instances(`/contacts/${user.id}`)).toEqual([islandLoop])
  })

  test('must be to instances of its type, from what may refer to them', async () => {
    const wrong = "400 parameter_invalid: Custom attribute 'Booking' must be a list of ids of Booking instances"
    for (const Booking of ['0', [islandLoop, seaKayak], ['PW-48213'], true, {}]) expect(refused(await write({ Booking }))).toBe(wrong)
    expect(refused(await write({ Gear: [seaKayak] }))).toBe("400 parameter_invalid: Custom attribute 'Gear' does not exist")
  })

  test('of a conversation is written and shown alike', async () => {
    const id = await conversation()
    const { body } = await ask('PUT', `/conversations/${id}`, { custom_attributes: { Gear: [seaKayak], Booking: [islandLoop], Urgent: true } })
    expect(body.custom_attributes).toMatchObject({
      Gear: { type: 'Gear.list', instances: [{ id: seaKayak, external_id: 'CC-K-031' }] },
      Booking: { type: 'Booking.list' },
      Urgent: true,
    })
  })
})

describe('a deleted instance', () => {
  test.each([`?external_id=PW-48213`, `/${islandLoop}`])('is gone, also from whoever referred to it (%s)', async (path) => {
    const id = await conversation()
    await ask('PUT', `/conversations/${id}`, { custom_attributes: { Booking: [islandLoop], Gear: [seaKayak] } })
    room.clock.seconds += 60
    expect((await ask('DELETE', `/custom_object_instances/Booking${path}`)).body).toEqual({ id: islandLoop, object: 'Booking', deleted: true })
    expect(refused(await ask('DELETE', `/custom_object_instances/Booking${path}`))).toBe('404 not_found: Custom object instance not found')
    const contact = (await ask('GET', `/contacts/${maren.id}`)).body
    expect(contact.custom_attributes).toMatchObject({ plan: 'Fleet', Booking: { instances: [{ id: sunsetPaddle }] } })
    expect(contact.updated_at).toBe(morning + 60)
    const { custom_attributes } = (await ask('GET', `/conversations/${id}`)).body
    expect(custom_attributes).not.toHaveProperty('Booking')
    expect(custom_attributes.Gear.instances).toHaveLength(1)
  })
})

test('an empty workspace has the types, which no request can make, and nothing of them', async () => {
  const empty = asking({ seed: 'empty' })
  expect((await empty.ask('GET', `/custom_object_instances/Booking/${islandLoop}`)).status).toBe(404)
  expect((await empty.ask('POST', '/custom_object_instances/Gear', { external_id: '1', custom_attributes: { seats: 2 } })).status).toBe(200)
  empty.workspace.close()
})
