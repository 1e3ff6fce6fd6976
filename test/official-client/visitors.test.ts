import { Intercom } from 'intercom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuid } from '../../src/workspace/uuid.ts'
import { serve, type Served } from './workspace.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.stop())

const [canoe, paddle] = [uuid('visitor 1'), uuid('visitor 2')] as const

test('a visitor is found, named, and becomes a user', async () => {
  const { visitors, contacts } = served.client
  const visitor = (await visitors.find({ user_id: canoe }))!
  expect(visitor).toMatchObject({ type: 'visitor', pseudonym: 'Teal Canoe', anonymous: true })
  expect(await visitors.update({ id: visitor.id, name: 'Gareth' })).toMatchObject({ name: 'Gareth' })
  expect(await visitors.update({ user_id: canoe, custom_attributes: { plan: 'Crew' } })).toMatchObject({ name: 'Gareth', custom_attributes: { plan: 'Crew' } })
  const contact = await visitors.mergeToContact({ type: 'user', visitor: { user_id: canoe }, user: { user_id: 'u-gareth', email: 'gareth@example.test' } })
  expect(contact).toMatchObject({ type: 'contact', role: 'user', external_id: 'u-gareth', name: 'Gareth' })
  expect((await contacts.find({ contact_id: contact.id })).email).toBe('gareth@example.test')
  await expect(visitors.find({ user_id: canoe })).rejects.toBeInstanceOf(Intercom.NotFoundError)
})

test('a visitor who turns out to be a customer is merged into them', async () => {
  const { visitors, contacts } = served.client
  const maren = await contacts.showContactByExternalId({ external_id: 'usr_1042' })
  const merged = await visitors.mergeToContact({ type: 'user', visitor: { user_id: paddle }, user: { id: maren.id } })
  expect(merged).toMatchObject({ id: maren.id, name: 'Maren Okafor' })
  await expect(visitors.update({ user_id: paddle, name: 'Fail' })).rejects.toBeInstanceOf(Intercom.NotFoundError)
  await expect(visitors.mergeToContact({ type: 'lead', visitor: { user_id: paddle }, user: { user_id: '' } })).rejects.toMatchObject({
    statusCode: 404,
    body: { errors: [{ code: 'not_found', message: 'Visitor Not Found' }] },
  })
})
