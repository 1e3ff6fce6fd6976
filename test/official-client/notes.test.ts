import { Intercom } from 'intercom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve, type Served } from './workspace.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.stop())

test('notes are written, read, and paged to the end', async () => {
  const { contacts, notes, admins } = served.client
  const { id: contact_id } = await contacts.create({ email: 'noted@example.test' })
  const [author] = (await admins.list()).admins!
  const written = []
  for (const body of ['One', 'Two', 'Three']) written.unshift(await notes.create({ contact_id, body, admin_id: author!.id }))
  expect(written[0]).toMatchObject({ type: 'note', body: '<p>Three</p>', contact: { type: 'contact', id: contact_id }, author: { id: author!.id, name: author!.name } })
  expect(await notes.find({ note_id: Number(written[0]!.id) })).toEqual(written[0])
  const found = []
  for await (const note of await notes.list({ contact_id, per_page: 2 })) found.push(note)
  expect(found).toEqual(written)
  expect((await notes.create({ contact_id, body: 'By nobody' })).author).toBeNull()
  expect((await contacts.find({ contact_id })).notes).toMatchObject({ total_count: 4 })
})

test('notes about or by somebody who is not there are refused', async () => {
  const { contacts, notes } = served.client
  const { id: contact_id } = await contacts.create({ email: 'unnoted@example.test' })
  const unknown = '0123456789abcdef01234567'
  for (const refused of [
    () => notes.find({ note_id: 1 }),
    () => notes.create({ contact_id: unknown, body: 'x' }),
    () => notes.create({ contact_id, body: 'x', admin_id: '1' }),
    () => notes.list({ contact_id: unknown }).then(() => undefined),
  ])
    await expect(refused()).rejects.toBeInstanceOf(Intercom.NotFoundError)
})
