import { Intercom } from 'intercom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve, type Served } from './workspace.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.stop())

test('a collection is made in another, renamed, moved and deleted', async () => {
  const { collections } = served.client.helpCenters
  const parent = await collections.create({ name: 'Winter', description: 'Snow and ice', help_center_id: 1 })
  expect(parent).toMatchObject({ name: 'Winter', parent_id: null, help_center_id: 1 })
  const made = await collections.create({ name: 'Skis', parent_id: parent.id, translated_content: { type: 'group_translated_content', fr: { type: 'group_content', name: 'Skis', description: 'À louer' } } })
  expect(made).toMatchObject({ parent_id: parent.id, translated_content: { fr: { description: 'À louer' } } })
  const collection_id = Number(made.id)
  expect(await collections.update({ collection_id, name: 'Skis and boards' })).toMatchObject({ name: 'Skis and boards', parent_id: parent.id })
  // null moves it to the top; the type has no null
  expect(await collections.update({ collection_id, parent_id: null as unknown as string })).toMatchObject({ parent_id: null })
  expect((await collections.find({ collection_id })).url).toMatch(/\/en\/collections\/\d+-skis-and-boards$/)
  expect(await collections.delete({ collection_id })).toEqual({ id: made.id, object: 'collection', deleted: true })
  await expect(collections.find({ collection_id })).rejects.toBeInstanceOf(Intercom.NotFoundError)
  await expect(collections.update({ collection_id, name: 'x' })).rejects.toBeInstanceOf(Intercom.NotFoundError)
  await expect(collections.create({ name: '' })).rejects.toBeInstanceOf(Intercom.BadRequestError)
  await collections.delete({ collection_id: Number(parent.id) })
})

test('collections are walked to the end', async () => {
  const names: string[] = []
  for await (const { name } of await served.client.helpCenters.collections.list({ per_page: 3 })) names.push(name)
  expect(names.toSorted()).toEqual(['API and webhooks', 'Bookings and payments', 'Getting started', 'Weather, tides and refunds'])
})

test('Help Centers are walked to the end, and found', async () => {
  const { helpCenters } = served.client
  const ids: string[] = []
  for await (const { id } of await helpCenters.list()) ids.push(id!)
  expect(ids).toEqual(['1', '2'])
  expect(await helpCenters.find({ help_center_id: 1 })).toMatchObject({ id: '1', identifier: 'pondwick', website_turned_on: true })
  await expect(helpCenters.find({ help_center_id: 9 })).rejects.toBeInstanceOf(Intercom.NotFoundError)
})
