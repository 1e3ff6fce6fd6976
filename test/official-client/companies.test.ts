import { Intercom } from 'intercom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { failure, serve, type Served } from './workspace.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.stop())

const unknown = '0123456789abcdef01234567'

test('a company is made, found in every way, changed and deleted', async () => {
  const { companies } = served.client
  const made = await companies.createOrUpdate({ company_id: 'acme', name: 'Acme', plan: 'Solo', monthly_spend: 12, custom_attributes: { activity: 'Anvils' } })
  expect(made).toMatchObject({ type: 'company', company_id: 'acme', plan: { type: 'plan', name: 'Solo' }, user_count: 0, custom_attributes: { activity: 'Anvils' } })
  const again = await companies.createOrUpdate({ company_id: 'acme', size: 40 })
  expect(again).toMatchObject({ id: made.id, name: 'Acme', size: 40 })

  // here the client calls Intercom's id company_id
  const company_id = made.id
  expect(await companies.find({ company_id })).toMatchObject({ name: 'Acme', size: 40 })
  expect(await companies.update({ company_id, body: { name: 'Acme & Co', website: 'acme.example' } })).toMatchObject({ name: 'Acme & Co', website: 'acme.example', size: 40 })
  expect(await companies.retrieve({ company_id: 'acme' })).toMatchObject({ type: 'company', id: company_id })
  expect(await companies.retrieve({ name: 'Acme & Co' })).toMatchObject({ type: 'company', id: company_id })
  expect(await companies.delete({ company_id })).toEqual({ id: company_id, object: 'company', deleted: true })
  await expect(companies.find({ company_id })).rejects.toBeInstanceOf(Intercom.NotFoundError)
  await expect(companies.delete({ company_id })).rejects.toBeInstanceOf(Intercom.NotFoundError)
})

test('members come and go', async () => {
  const { companies, contacts } = served.client
  const { id: company_id } = await companies.createOrUpdate({ company_id: 'club', name: 'Club' })
  const { id: contact_id } = await contacts.create({ email: 'member@example.test' })
  expect(await companies.attachContact({ contact_id, id: company_id })).toMatchObject({ id: company_id, user_count: 1 })
  expect((await companies.listAttachedContacts({ company_id })).data!.map(({ id }) => id)).toEqual([contact_id])
  const theirs = []
  for await (const { id } of await contacts.listAttachedCompanies({ contact_id })) theirs.push(id)
  expect(theirs).toEqual([company_id])
  expect((await contacts.find({ contact_id })).companies).toMatchObject({ total_count: 1, data: [{ id: company_id, type: 'company' }] })
  expect(await companies.detachContact({ contact_id, company_id })).toMatchObject({ id: company_id, user_count: 0 })
  expect((await companies.listAttachedContacts({ company_id })).data).toEqual([])
})

test('the pager of the list ends by itself, and leaves out who has no people', async () => {
  const { companies } = served.client
  const ids: string[] = []
  for await (const { id } of await companies.list({ per_page: 3, order: 'asc' })) ids.push(id)
  expect(new Set(ids).size).toBe(8)
  expect(ids).toHaveLength(8)
  const first = await companies.list({ per_page: 3 })
  expect(first.response).toMatchObject({ total_count: 8, pages: { page: 1, per_page: 3, total_pages: 3, next: expect.stringContaining('page=2') as string } })
  const tagged = await companies.retrieve({ tag_id: '8020010', page: 1, per_page: 1 })
  expect(tagged).toMatchObject({ type: 'list', total_count: 2, data: [{ name: 'Northlight Sailing School' }] })
  const segment_id = (await companies.listAttachedSegments({ company_id: ids.at(-1)! })).data![0]!.id!
  expect(await companies.retrieve({ segment_id })).toMatchObject({ type: 'list', total_count: 2 })
})

test('the pager of the scroll ends by itself, and only one scroll is open at a time', async () => {
  const { companies } = served.client
  const pager = await companies.scroll()
  const scroll_param = pager.response!.scroll_param!
  await expect(companies.scroll().then(() => undefined)).rejects.toMatchObject({ statusCode: 400, body: { errors: [{ code: 'scroll_exists' }] } })
  const ids: string[] = []
  for await (const { id } of pager) ids.push(id)
  expect(new Set(ids).size).toBe(8)
  expect(ids).toHaveLength(8)
  await expect(companies.scroll({ scroll_param }).then(() => undefined)).rejects.toMatchObject({ statusCode: 404 })
  expect((await companies.scroll()).data).toHaveLength(8)
})

test('refusals have the types that are declared for them', async () => {
  const { companies, contacts } = served.client
  const { id: contact_id } = await contacts.create({ email: 'lonely@example.test' })
  await expect(companies.createOrUpdate({})).rejects.toBeInstanceOf(Intercom.BadRequestError)
  await expect(companies.attachContact({ contact_id, id: unknown })).rejects.toBeInstanceOf(Intercom.NotFoundError)
  await expect(companies.attachContact({ contact_id } as never)).rejects.toBeInstanceOf(Intercom.BadRequestError) // what the types forbid
  for (const refused of [
    () => companies.retrieve({ name: 'Nobody' }),
    () => companies.update({ company_id: unknown, body: { name: 'x' } }),
    () => companies.listAttachedContacts({ company_id: unknown }),
    () => companies.listAttachedSegments({ company_id: unknown }),
    () => companies.detachContact({ contact_id, company_id: unknown }),
    () => companies.detachContact({ contact_id: unknown, company_id: unknown }),
  ])
    await expect(refused()).rejects.toBeInstanceOf(Intercom.NotFoundError)
  const limit = await failure(companies.list({ page: 1000, per_page: 60 }))
  expect(limit).toMatchObject({ statusCode: 400, body: { errors: [{ message: 'page limit reached, please use scroll API' }] } })
})
