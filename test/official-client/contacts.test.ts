import { Intercom } from 'intercom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { failure, official, serve, type Served } from './workspace.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.stop())

test('the list pager walks everybody once', async () => {
  const { contacts } = served.client
  const pager = await contacts.list({ per_page: 60 })
  const ids: string[] = []
  for await (const contact of pager) ids.push(contact.id)
  expect(ids.length).toBeGreaterThan(150)
  expect(new Set(ids).size).toBe(ids.length)
})

test('a user is created, found in every way, changed, archived, brought back and deleted', async () => {
  const { contacts } = served.client
  const created = await contacts.create({ email: 'grace@example.test', external_id: 'u-grace', name: 'Grace', phone: '+15550100' })
  expect(created).toMatchObject({ type: 'contact', role: 'user', email: 'grace@example.test', external_id: 'u-grace' })
  const contact_id = created.id
  expect((await contacts.find({ contact_id })).name).toBe('Grace')
  expect((await contacts.showContactByExternalId({ external_id: 'u-grace' })).id).toBe(contact_id)
  const found = await contacts.search({ query: { field: 'email', operator: '=', value: 'GRACE@example.test' } })
  expect(found.data.map(({ id }) => id)).toEqual([contact_id])

  expect((await contacts.update({ contact_id, name: 'Grace H.' })).name).toBe('Grace H.')
  expect(await contacts.archive({ contact_id })).toMatchObject({ id: contact_id, archived: true })
  expect((await failure(contacts.find({ contact_id }))).statusCode).toBe(404)
  const conflict = await failure(contacts.create({ email: 'grace@example.test' }))
  expect(conflict.statusCode).toBe(409)
  expect(JSON.stringify(conflict.body)).toContain(contact_id)
  expect(await contacts.unarchive({ contact_id })).toMatchObject({ archived: false })
  expect((await contacts.find({ contact_id })).name).toBe('Grace H.')
  expect(await contacts.delete({ contact_id })).toMatchObject({ id: contact_id, deleted: true })
  expect((await failure(contacts.find({ contact_id }))).statusCode).toBe(404)
})

test('a lead is merged into a user and disappears', async () => {
  const { contacts } = served.client
  const user = await contacts.create({ email: 'merge@example.test', role: 'user' })
  const lead = await contacts.create({ email: 'merge@example.test', role: 'lead', name: 'Merged name' })
  const merged = await contacts.mergeLeadInUser({ from: lead.id, into: user.id })
  expect(merged).toMatchObject({ id: user.id, role: 'user', name: 'Merged name' })
  expect((await failure(contacts.find({ contact_id: lead.id }))).statusCode).toBe(404)
  const again = await failure(contacts.mergeLeadInUser({ from: user.id, into: user.id }))
  expect(again.statusCode).toBe(400)
})

test('a blocked contact is gone', async () => {
  const { contacts } = served.client
  const { id } = await contacts.create({ email: 'spam@example.test' })
  expect(await contacts.blockContact({ contact_id: id })).toMatchObject({ id, blocked: true })
  expect((await failure(contacts.find({ contact_id: id }))).statusCode).toBe(404)
})

test('what is attached to a contact is listed', async () => {
  const { contacts } = served.client
  const everybody = []
  for await (const contact of await contacts.list({ per_page: 150 })) everybody.push(contact)
  const tagged = everybody.find(({ tags }) => (tags?.total_count ?? 0) > 10)!
  expect(tagged.tags).toMatchObject({ has_more: true })
  const tags = await contacts.listAttachedTags({ contact_id: tagged.id })
  expect(tags.data!.length).toBeGreaterThan(10)

  const employed = everybody.find(({ companies }) => (companies?.data?.length ?? 0) > 0)!
  const companies = []
  for await (const company of await contacts.listAttachedCompanies({ contact_id: employed.id })) companies.push(company)
  expect(companies.map(({ id }) => id)).toEqual(employed.companies!.data!.map(({ id }) => id))

  expect((await contacts.listAttachedSegments({ contact_id: employed.id })).type).toBe('list')
  const subscriptions = await Promise.all(everybody.slice(0, 40).map(({ id }) => contacts.listAttachedSubscriptions({ contact_id: id })))
  expect(subscriptions.every(({ type }) => type === 'list')).toBe(true)
  expect(subscriptions.flatMap(({ data }) => data ?? []).length).toBeGreaterThan(0)
})

test('search pages to the end with groups in groups', async () => {
  const { contacts } = served.client
  const pager = await contacts.search({
    query: {
      operator: 'AND',
      value: [
        { operator: 'OR', value: [{ field: 'role', operator: '=', value: 'user' }, { field: 'role', operator: '=', value: 'lead' }] },
        { field: 'created_at', operator: '>', value: 0 },
      ] as never, // the client's types allow groups or filters, the API takes both together
    },
    pagination: { per_page: 70 },
  })
  const ids = []
  for await (const { id } of pager) ids.push(id)
  expect(ids.length).toBeGreaterThan(150)
  expect(new Set(ids).size).toBe(ids.length)
})

test('a wrong token, a missing permission, a malformed query and an unknown id have their errors', async () => {
  const wrong = await failure(official(served.url, 'wrong').contacts.list())
  expect(wrong).toBeInstanceOf(Intercom.UnauthorizedError)
  const readOnly = official(served.url, served.readOnlyToken)
  expect((await readOnly.contacts.list()).data.length).toBeGreaterThan(0)
  expect((await failure(readOnly.contacts.create({ email: 'x@example.test' }))).statusCode).toBe(403)
  expect((await failure(served.client.contacts.search({ query: { field: 'nonsense', operator: '=', value: 1 } }))).statusCode).toBe(400)
  expect((await failure(served.client.contacts.find({ contact_id: '0123456789abcdef01234567' }))).statusCode).toBe(404)
})
