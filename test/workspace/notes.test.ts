import { afterAll, describe, expect, test } from 'vitest'
import { Note } from '../../src/contract/notes.ts'
import { asking, morning, refused } from './asking.ts'

const { ask, clock, workspace } = asking()
afterAll(() => workspace.close())

const maren = '66f0c3d1a7b24e1000000001'
const nobody = 'f'.repeat(24)
const write = (contact: string, fields: object) => ask('POST', `/contacts/${contact}/notes`, fields)

describe('a note', () => {
  test('tells who wrote it, about whom and when, in HTML', async () => {
    const { body } = await write(maren, { body: 'Prefers <mornings>\n\nSecond line', admin_id: 4_810_101, contact_id: 'ignored' })
    expect(Note.parse(body)).toEqual(body)
    expect(body).toMatchObject({
      type: 'note',
      id: expect.stringMatching(/^\d+$/),
      created_at: morning,
      contact: { type: 'contact', id: maren },
      author: { type: 'admin', id: '4810101', name: 'Ines Calloway', email: 'ines@pondwick.example', away_mode_enabled: false },
    })
    expect((await ask('GET', `/notes/${body.id}`)).body).toEqual(body)
  })

  test.each([
    ['Plain text', '<p>Plain text</p>'],
    ['One\n\nTwo', '<p>One</p>\n<p>Two</p>'],
    ['<p>Bold is <b>kept</b></p><script>evil()</script>', '<p>Bold is <b>kept</b></p>'],
  ])('%j reads %j', async (body, html) => expect((await write(maren, { body })).body.body).toBe(html))

  test('needs no author', async () => expect((await write(maren, { body: 'Nobody said it' })).body.author).toBeNull())

  test('is refused without text, or by or about somebody who is not there', async () => {
    expect(refused(await write(maren, {}))).toMatch(/^400 parameter_not_found: /)
    expect(refused(await write(maren, { body: '' }))).toMatch(/^400 parameter_invalid: /)
    for (const body of ['  \n', '<script>alert(1)</script>']) expect(refused(await write(maren, { body }))).toBe('400 parameter_invalid: Body is required')
    expect(refused(await write(maren, { body: 'x', admin_id: '123' }))).toBe('404 not_found: Resource Not Found')
    expect(refused(await write(maren, { body: 'x', admin_id: '4810100' }))).toBe('404 not_found: Resource Not Found') // the bot
    expect(refused(await write(nobody, { body: 'x' }))).toBe('404 not_found: User Not Found')
    expect(refused(await ask('GET', '/notes/1'))).toBe('404 not_found: Resource Not Found')
    expect(refused(await ask('GET', '/notes/abc'))).toBe('404 not_found: Resource Not Found')
  })
})

describe('the notes of a contact', () => {
  test('come newest first, in numbered pages, and as many as the contact shows', async () => {
    const contact = (await ask('POST', '/contacts', { email: 'noted@b.example' })).body.id
    const path = `/contacts/${contact}/notes`
    clock.seconds += 60
    const written: string[] = []
    for (const body of ['one', 'two', 'three']) written.unshift((await write(contact, { body })).body.id)
    const { body } = await ask('GET', path)
    expect(body).toMatchObject({ type: 'list', total_count: 3, pages: { type: 'pages', next: null, page: 1, per_page: 50, total_pages: 1 } })
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(written)
    expect((await ask('GET', `${path}?per_page=2`)).body.pages.next).toBe(`http://workspace.localhost${path}?per_page=2&page=2`)
    expect((await ask('GET', `${path}?page=9`)).body).toMatchObject({ data: [], total_count: 3 })
    for (const query of ['page=0', 'per_page=151', 'page=x']) expect(refused(await ask('GET', `${path}?${query}`)), query).toMatch(/^400 parameter_invalid/)
    expect((await ask('GET', `/contacts/${contact}`)).body).toMatchObject({
      updated_at: clock.seconds,
      notes: { total_count: 3, data: written.map((id) => ({ id, type: 'note', url: `/notes/${id}` })) },
    })
  })

  test('are ten, the newest, on the contact itself, who tells how many there are', async () => {
    const contact = (await ask('POST', '/contacts', { email: 'much@b.example' })).body.id
    const written: string[] = []
    for (let index = 0; index < 12; index++) written.unshift((await write(contact, { body: String(index) })).body.id)
    const { notes } = (await ask('GET', `/contacts/${contact}`)).body
    expect(notes).toMatchObject({ total_count: 12, has_more: true, url: `/contacts/${contact}/notes` })
    expect(notes.data.map(({ id }: { id: string }) => id)).toEqual(written.slice(0, 10))
  })

  test('of the seed have ids of their own', async () => {
    const seeded = (await ask('GET', '/contacts/66f0c3d1a7b24e1000000006/notes')).body.data
    expect(seeded.at(-1)).toMatchObject({ id: '17490001', author: { name: 'Lucía Ferrer' } })
    const { id } = (await write(maren, { body: 'new' })).body
    expect(Number(id)).toBeGreaterThan(17_490_008)
  })

  test('of somebody who is not there, or archived, are a 404', async () => {
    const gone = '404 not_found: User Not Found'
    expect(refused(await ask('GET', `/contacts/${nobody}/notes`))).toBe(gone)
    await ask('POST', `/contacts/${maren}/archive`)
    expect(refused(await ask('GET', `/contacts/${maren}/notes`))).toBe(gone)
    expect(refused(await write(maren, { body: 'x' }))).toBe(gone)
  })

  test('go with a lead who is merged', async () => {
    const lead = (await ask('POST', '/contacts', { role: 'lead' })).body.id
    const user = (await ask('POST', '/contacts', { email: 'merged@b.example' })).body.id
    const { id } = (await write(lead, { body: 'Called twice' })).body
    await ask('POST', '/contacts/merge', { from: lead, into: user })
    expect((await ask('GET', `/notes/${id}`)).body.contact.id).toBe(user)
  })
})
