import { afterAll, beforeAll, expect, test } from 'vitest'
import { failure, serve, type Served } from './workspace.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.stop())

const made = async (name: string): Promise<string> => (await served.client.tags.create({ name })).id
const person = async (email: string): Promise<string> => (await served.client.contacts.create({ email })).id
const admin = async (): Promise<string> => (await served.client.admins.identify())!.id!

test('a tag is made, renamed, found, listed and deleted', async () => {
  const { tags } = served.client
  const tag_id = await made('Regatta')
  expect(await tags.create({ id: tag_id, name: 'Autumn regatta' })).toMatchObject({ type: 'tag', id: tag_id, name: 'Autumn regatta' })
  expect(await tags.find({ tag_id })).toMatchObject({ name: 'Autumn regatta' })
  expect((await tags.list()).data!.map(({ id }) => id)).toContain(tag_id)
  await tags.delete({ tag_id })
  await expect(tags.find({ tag_id })).rejects.toMatchObject({ statusCode: 404 })
})

test('a tag that a segment is built on cannot be deleted', async () => {
  const refused = await failure(served.client.tags.delete({ tag_id: '8020003' }))
  expect(refused).toMatchObject({ statusCode: 400, body: { errors: [{ code: 'tag_has_dependent_objects' }] } })
})

test('companies and users are tagged by name, and companies untagged', async () => {
  const { tags, contacts, companies } = served.client
  const ids = [await person('one@regatta.example'), await person('two@regatta.example')]
  const tag = await tags.create({ name: 'Crew', users: ids.map((id) => ({ id })) })
  const { data } = await contacts.search({ query: { field: 'tag_id', operator: '=', value: tag.id } })
  expect(new Set(data.map(({ id }) => id))).toEqual(new Set(ids))
  const tagged = async () => JSON.stringify((await companies.find({ company_id: '66f0c3d1a7b24e2000000001' })).tags)
  await tags.create({ name: 'Crew', companies: [{ company_id: 'co_201' }] })
  expect(await tagged()).toContain('Crew')
  await tags.create({ name: 'Crew', companies: [{ company_id: 'co_201', untag: true }] })
  expect(await tagged()).not.toContain('Crew')
})

test('a contact is tagged and untagged', async () => {
  const { tags, contacts } = served.client
  const contact_id = await person('tagged@regatta.example')
  const id = await made('Helmsman')
  expect(await tags.tagContact({ contact_id, id })).toMatchObject({ id, name: 'Helmsman', applied_by: { type: 'admin' } })
  expect((await contacts.listAttachedTags({ contact_id })).data).toMatchObject([{ id }])
  expect(await tags.untagContact({ contact_id, tag_id: id })).toMatchObject({ id })
  await expect(tags.untagContact({ contact_id, tag_id: id })).rejects.toMatchObject({ statusCode: 404 })
})

test('a conversation is tagged and untagged by an admin', async () => {
  const { tags, conversations } = served.client
  const { conversation_id } = await conversations.create({ from: { type: 'user', id: await person('talks@regatta.example') }, body: 'Is the race on?' })
  const [id, admin_id] = [await made('Race day'), await admin()]
  expect(await tags.tagConversation({ conversation_id, id, admin_id })).toMatchObject({ id, applied_by: { id: admin_id } })
  const tagged = async () => (await conversations.find({ conversation_id })).tags!.tags
  expect(await tagged()).toMatchObject([{ id }])
  expect(await tags.untagConversation({ conversation_id, tag_id: id, admin_id })).toMatchObject({ id })
  expect(await tagged()).toEqual([])
  await expect(tags.untagConversation({ conversation_id, tag_id: id, admin_id })).rejects.toMatchObject({
    statusCode: 404,
    body: { errors: [{ code: 'tag_not_found' }] },
  })
})

test('a ticket is tagged and untagged by an admin', async () => {
  const { tags, tickets } = served.client
  const [ticket] = (await tickets.search({ query: { field: 'created_at', operator: '>', value: '0' } })).data
  const [ticket_id, id, admin_id] = [ticket!.id, await made('Dock'), await admin()]
  expect(await tags.tagTicket({ ticket_id, id, admin_id })).toMatchObject({ id, applied_by: { id: admin_id } })
  expect(await tags.untagTicket({ ticket_id, tag_id: id, admin_id })).toMatchObject({ id })
  await expect(tags.tagTicket({ ticket_id: '0', id, admin_id })).rejects.toMatchObject({ statusCode: 404 })
})

test('what a contact wants to hear of is listed, added and removed', async () => {
  const { subscriptionTypes, contacts } = served.client
  const contact_id = await person('hears@regatta.example')
  const type = (await subscriptionTypes.list()).data!.find(({ consent_type }) => consent_type === 'opt_in')!
  expect(await contacts.attachSubscription({ contact_id, id: type.id!, consent_type: 'opt_in' })).toMatchObject({ type: 'subscription', id: type.id })
  expect((await contacts.listAttachedSubscriptions({ contact_id })).data).toMatchObject([{ id: type.id }])
  expect(await contacts.detachSubscription({ contact_id, subscription_id: type.id! })).toMatchObject({ id: type.id })
  expect((await contacts.listAttachedSubscriptions({ contact_id })).data).toEqual([])
  await expect(contacts.detachSubscription({ contact_id, subscription_id: type.id! })).rejects.toMatchObject({ statusCode: 404 })
})
