import { describe, expect, test } from 'vitest'
import { Contact } from '../../src/contract/contact.ts'
import { type Answer, morning, newForEachTest, refused } from './asking.ts'

const room = newForEachTest()
const { ask } = room

const create = async (fields: object) => (await ask('POST', '/contacts', fields)).body
const find = (field: string, operator: string, value: unknown) => ask('POST', '/contacts/search', { query: { field, operator, value } })

/** The customer whom the seed tells everything about, and one with many of everything. */
const maren = '66f0c3d1a7b24e1000000001'
const nobody = 'f'.repeat(24)

describe('a new contact', () => {
  test('is a user unless told otherwise, with every field, null where nothing is known', async () => {
    const contact = await create({ email: 'Ada@Analytical.example', name: 'Ada', type: 'lead' })
    expect(Contact.parse(contact)).toEqual(contact)
    expect(Object.keys(Contact.shape).filter((field) => !(field in contact))).toEqual([])
    expect(contact).toMatchObject({
      type: 'contact',
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      workspace_id: 'pw7k2m9x',
      role: 'user',
      external_id: null,
      email: 'Ada@Analytical.example',
      email_domain: 'Analytical.example',
      phone: null,
      created_at: morning,
      updated_at: morning,
      custom_attributes: {},
      location: { type: 'location', country: null },
      tags: { type: 'list', data: [], url: `/contacts/${contact.id}/tags`, total_count: 0, has_more: false },
      opted_in_subscription_types: { url: `/contacts/${contact.id}/subscriptions` },
    })
    expect((await ask('GET', `/contacts/${contact.id}`)).body).toEqual(contact)
  })

  test('keeps its picture as the URL that it was given', async () => {
    const avatar = 'https://example.com/ada.jpg'
    const { id } = await create({ email: 'ada@analytical.example', avatar })
    expect((await ask('GET', `/contacts/${id}`)).body).toMatchObject({ avatar })
  })

  test('needs something to be known by', async () => {
    expect(refused(await ask('POST', '/contacts', {}))).toMatch(/^400 parameter_not_found: /)
    expect(refused(await ask('POST', '/contacts', { name: 'Ada' }))).toMatch(/^400 parameter_not_found: /)
    expect(refused(await ask('POST', '/contacts', { role: 'user', name: 'Ada' }))).toMatch(/^400 parameter_not_found: .*email or an external_id/)
    expect((await ask('POST', '/contacts', { role: 'lead' })).status).toBe(200)
  })

  test('that is a lead gets an external id of its own, whatever is sent', async () => {
    const lead = await create({ role: 'lead', external_id: 'mine', email: 'a@b.example' })
    expect(lead.external_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect((await ask('GET', `/contacts/find_by_external_id/${lead.external_id}`)).status).toBe(404)
    expect((await create({ role: 'lead', email: 'a@b.example' })).id).not.toBe(lead.id)
  })

  test('who is already there is a conflict that tells who', async () => {
    const { id } = await create({ email: 'ada@b.example', external_id: 'Ada-1' })
    const conflict = `409 conflict: A contact matching those details already exists with id=${id}`
    expect(refused(await ask('POST', '/contacts', { email: 'ADA@b.example' }))).toBe(conflict)
    expect(refused(await ask('POST', '/contacts', { external_id: 'Ada-1' }))).toBe(conflict)
    expect((await ask('POST', '/contacts', { external_id: 'ada-1' })).status).toBe(200)
    expect((await ask('POST', '/contacts', { email: 'other@b.example', phone: '+1', external_id: 'x' })).status).toBe(200)
    expect((await ask('POST', '/contacts', { email: 'more@b.example', phone: '+1' })).status).toBe(200)
  })

  test('leaves nothing behind when it is refused', async () => {
    const before = (await ask('GET', '/contacts')).body.total_count
    await ask('POST', '/contacts', { email: 'x@b.example', owner_id: 1 })
    expect((await ask('GET', '/contacts')).body.total_count).toBe(before)
  })
})

describe('a change', () => {
  test('keeps what it does not name, and merges custom attributes by name', async () => {
    const { id } = await create({ email: 'a@b.example', name: 'Ada', custom_attributes: { seats: 4, 'Peak season': 'Summer' } })
    room.clock.seconds += 60
    const { body } = await ask('PUT', `/contacts/${id}`, { phone: '+353', custom_attributes: { seats: 5, 'Peak season': null } })
    expect(body).toMatchObject({ name: 'Ada', phone: '+353', custom_attributes: { seats: 5 }, updated_at: morning + 60, created_at: morning })
    expect(body.custom_attributes).not.toHaveProperty('Peak season')
  })

  test('takes an email and an external id away', async () => {
    const { id } = await create({ email: 'a@b.example', external_id: 'a' })
    expect((await ask('PUT', `/contacts/${id}`, { email: null, external_id: null })).body).toMatchObject({ email: '', external_id: null })
    expect((await ask('POST', '/contacts', { email: 'a@b.example', external_id: 'a' })).status).toBe(200)
    expect((await find('email', '=', 'a@b.example')).body.total_count).toBe(1)
  })

  test('makes a lead a user, never the reverse', async () => {
    const lead = await create({ role: 'lead', email: 'a@b.example' })
    expect((await ask('PUT', `/contacts/${lead.id}`, { external_id: 'ignored' })).body.external_id).toBe(lead.external_id)
    expect((await ask('PUT', `/contacts/${lead.id}`, { role: 'user', external_id: 'a' })).body).toMatchObject({ role: 'user', external_id: 'a' })
    expect(refused(await ask('PUT', `/contacts/${lead.id}`, { role: 'lead' }))).toBe(
      "400 client_error: Contact with user role can't be converted to a lead",
    )
  })

  test('cannot take the place of another user', async () => {
    const { id } = await create({ email: 'a@b.example' })
    const lead = await create({ role: 'lead', email: 'a@b.example' })
    expect(refused(await ask('PUT', `/contacts/${lead.id}`, { role: 'user' }))).toMatch(`409 conflict: A contact matching those details already exists with id=${id}`)
    expect((await ask('PUT', `/contacts/${id}`, { email: 'a@b.example' })).status).toBe(200)
  })

  test('of the owner needs a teammate', async () => {
    const { id } = await create({ email: 'a@b.example', owner_id: 4_810_102 })
    const text = '400 parameter_invalid: The owner specified is not a member of the workspace'
    expect(refused(await ask('PUT', `/contacts/${id}`, { owner_id: 1 }))).toBe(text)
    expect(refused(await ask('PUT', `/contacts/${id}`, { owner_id: 4_810_100 }))).toBe(text) // the bot
    expect((await ask('PUT', `/contacts/${id}`, { owner_id: null })).body.owner_id).toBeNull()
  })

  test('of nobody is a 404', async () => {
    expect(refused(await ask('PUT', `/contacts/${nobody}`, { name: 'x' }))).toBe('404 not_found: User Not Found')
  })
})

describe('a custom attribute', () => {
  const write = (custom_attributes: object) => ask('PUT', `/contacts/${maren}`, { custom_attributes })

  test('must exist, under this very name, for people, and not be archived', async () => {
    for (const name of ['shoe_size', 'Plan', 'fleet_size', 'legacy_crm_id'])
      expect(refused(await write({ [name]: 1 }))).toBe(`400 parameter_invalid: Custom attribute '${name}' does not exist`)
  })

  test.each([
    ['plan', 4, 'a string'],
    ['plan', ['Fleet'], 'a string'],
    ['seats', 'many', 'an integer'],
    ['seats', 1.5, 'an integer'],
    ['lifetime_value', true, 'a number'],
    ['beta_tester', 'perhaps', 'true or false'],
    ['trial_ends_at', 'soon', 'a date: unix seconds or ISO 8601'],
  ])('%s takes no %j', async (name, value, wanted) => {
    expect(refused(await write({ [name]: value }))).toBe(`400 parameter_invalid: Custom attribute '${name}' must be ${wanted}`)
  })

  test('keeps its type, reads text that is plainly of it, and dates as unix seconds', async () => {
    const { body } = await write({ plan: 'Anything', seats: '12', lifetime_value: 3.5, beta_tester: 'true', trial_ends_at: '2025-11-22T10:00:00Z' })
    expect(body.custom_attributes).toMatchObject({ plan: 'Anything', seats: 12, lifetime_value: 3.5, beta_tester: true, trial_ends_at: 1_763_805_600 })
    const later = await write({ trial_ends_at: 1_763_805_601.7 })
    expect(later.body.custom_attributes).toMatchObject({ plan: 'Anything', trial_ends_at: 1_763_805_601 })
  })
})

describe('hiding a contact', () => {
  const gone = '404 not_found: User Not Found'

  test('archived: out of sight, still in the way, and back again', async () => {
    const { id, external_id } = await create({ email: 'a@b.example', external_id: 'a' })
    expect((await ask('POST', `/contacts/${id}/archive`)).body).toEqual({ type: 'contact', id, external_id, archived: true })
    expect((await ask('POST', `/contacts/${id}/archive`)).status).toBe(200)
    for (const path of ['', '/tags', '/companies', '/segments', '/subscriptions']) expect(refused(await ask('GET', `/contacts/${id}${path}`))).toBe(gone)
    expect(refused(await ask('GET', '/contacts/find_by_external_id/a'))).toBe(gone)
    expect(refused(await ask('PUT', `/contacts/${id}`, { name: 'x' }))).toBe(gone)
    expect((await find('external_id', '=', 'a')).body.total_count).toBe(0)
    expect(refused(await ask('POST', '/contacts', { email: 'a@b.example' }))).toBe(
      `409 conflict: An archived contact matching those details already exists with id=${id}`,
    )
    expect((await ask('POST', `/contacts/${id}/unarchive`)).body).toEqual({ type: 'contact', id, external_id, archived: false })
    expect((await ask('POST', `/contacts/${id}/unarchive`)).status).toBe(200)
    expect((await ask('GET', `/contacts/${id}`)).status).toBe(200)
  })

  test('blocked: archived too', async () => {
    const { id } = await create({ email: 'a@b.example' })
    expect((await ask('POST', `/contacts/${id}/block`)).body).toEqual({ type: 'contact', id, external_id: null, blocked: true })
    expect(refused(await ask('GET', `/contacts/${id}`))).toBe(gone)
  })

  test('deleted: for good, with its email and external id taken for a week', async () => {
    const { id } = await create({ email: 'a@b.example', external_id: 'a' })
    expect((await ask('DELETE', `/contacts/${id}`)).body).toEqual({ type: 'contact', id, external_id: 'a', deleted: true })
    expect(refused(await ask('DELETE', `/contacts/${id}`))).toBe(gone)
    expect(refused(await ask('POST', `/contacts/${id}/unarchive`))).toBe(
      '400 bad_request: User has been marked for permanent deletion and is not restorable.',
    )
    const conflict = `409 conflict: An archived contact matching those details already exists with id=${id}`
    expect(refused(await ask('POST', '/contacts', { external_id: 'a' }))).toBe(conflict)
    room.clock.seconds += 7 * 86_400
    expect(refused(await ask('POST', `/contacts/${id}/unarchive`))).toBe(gone)
    expect((await ask('POST', '/contacts', { external_id: 'a', email: 'a@b.example' })).status).toBe(200)
  })
})

describe('merging', () => {
  test('moves what the lead has, fills what the user lacks, and hides the lead', async () => {
    const user = await create({ email: 'user@b.example', name: 'Ada', custom_attributes: { seats: 4 } })
    const lead = await create({ role: 'lead', email: 'lead@b.example', phone: '+353', custom_attributes: { seats: 9, 'Peak season': 'Summer' } })
    const { body: ticket } = await ask('POST', '/tickets', { ticket_type_id: '1', contacts: [{ id: lead.id }], ticket_attributes: { _default_title_: 'Help' } })
    const { body: merged } = await ask('POST', '/contacts/merge', { from: lead.id, into: user.id })
    expect(merged).toMatchObject({
      id: user.id,
      role: 'user',
      external_id: null,
      email: 'user@b.example',
      name: 'Ada',
      phone: '+353',
      custom_attributes: { seats: 4, 'Peak season': 'Summer' },
    })
    expect(refused(await ask('GET', `/contacts/${lead.id}`))).toBe('404 not_found: User Not Found')
    expect((await find('email', '=', 'lead@b.example')).body.total_count).toBe(0)
    expect((await ask('GET', `/tickets/${ticket.id}`)).body.contacts.contacts).toMatchObject([{ id: user.id }])
    const theirs = await ask('POST', '/tickets/search', { query: { field: 'contact_ids', operator: '=', value: user.id } })
    expect(theirs.body.tickets).toMatchObject([{ id: ticket.id }])
  })

  test('only goes from a lead into a user', async () => {
    const user = await create({ email: 'user@b.example' })
    const lead = await create({ role: 'lead' })
    const text = '400 invalid_merge: Merging can only be performed on a lead into a user'
    for (const [from, into] of [[user, lead], [user, user], [lead, lead]])
      expect(refused(await ask('POST', '/contacts/merge', { from: from.id, into: into.id }))).toBe(text)
    expect(refused(await ask('POST', '/contacts/merge', { from: nobody, into: user.id }))).toBe('404 not_found: User Not Found')
  })

  test("never gives a user another user's email", async () => {
    const lead = await create({ role: 'lead', email: 'Shared@b.example', phone: '+353' })
    const other = await create({ email: 'shared@b.example' })
    const user = await create({ external_id: 'u-1' })
    const { body: merged } = await ask('POST', '/contacts/merge', { from: lead.id, into: user.id })
    expect(merged).toMatchObject({ id: user.id, email: null, phone: '+353' })
    expect((await find('email', '=', 'shared@b.example')).body.data).toMatchObject([{ id: other.id }])
    expect(await ask('PUT', `/contacts/${user.id}`, { name: 'Ada' })).toMatchObject({ status: 200, body: { name: 'Ada', email: null } })
  })
})

describe('text with NUL or half a surrogate pair', () => {
  test('is kept, and found by the whole of it only', async () => {
    const odd = await create({ email: 'odd@b.example', external_id: 'a\0b', name: 'a\0b', custom_attributes: { plan: 'x\ud800y' } })
    expect(odd).toMatchObject({ external_id: 'a\0b', name: 'a\0b', custom_attributes: { plan: 'x\ud800y' } })
    for (const [field, operator, value] of [['name', '=', 'A\0b'], ['name', '~', '\0'], ['name', 'IN', ['A\0b']], ['custom_attributes.plan', 'IN', ['x\ud800y']], ['name', '$', '\0b'], ['custom_attributes.plan', '=', 'x\ud800y']] as const)
      expect((await find(field, operator, value)).body.data).toMatchObject([{ id: odd.id }])
    expect((await find('name', '=', 'a')).body.total_count).toBe(0)
    expect((await ask('GET', '/contacts/find_by_external_id/a%00b')).body.id).toBe(odd.id)
    expect((await ask('GET', '/contacts/find_by_external_id/a')).status).toBe(404)
    expect((await ask('GET', `/contacts/${odd.id}%00`)).status).toBe(404)
  })
})

describe('lists', () => {
  test('of contacts go from the oldest to the newest, and hold each once', async () => {
    const seen: { id: string; created_at: number }[] = []
    let next = ''
    do {
      const { body } = await ask('GET', `/contacts?per_page=20${next && `&starting_after=${next}`}`)
      seen.push(...body.data)
      next = body.pages.next?.starting_after ?? ''
      expect(body.pages).toMatchObject({ type: 'pages', page: Math.ceil(seen.length / 20), per_page: 20, total_pages: Math.ceil(body.total_count / 20) })
      if (!next) expect([body.total_count, 'next' in body.pages]).toEqual([seen.length, false])
    } while (next)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
    expect(seen.map(({ created_at }) => created_at)).toEqual(seen.map(({ created_at }) => created_at).toSorted((a, b) => a - b))
  })

  test('take 50 unless asked, at most 150', async () => {
    expect((await ask('GET', '/contacts')).body.pages.per_page).toBe(50)
    for (const size of ['0', '-1', '151', 'x', '1.5'])
      expect(refused(await ask('GET', `/contacts?per_page=${size}`))).toMatch('400 parameter_invalid')
  })

  test("of a contact's companies are numbered, and empty beyond the last page", async () => {
    const path = `/contacts/${maren}/companies`
    const { body } = await ask('GET', path)
    expect(body.companies).toEqual(body.data)
    expect(body).toMatchObject({ type: 'list', total_count: body.data.length, pages: { type: 'pages', next: null, page: 1, per_page: 50, total_pages: 1 } })
    expect(body.data[0]).toMatchObject({ type: 'company', id: expect.stringMatching(/^[0-9a-f]{24}$/), user_count: expect.any(Number) })
    expect((await ask('GET', `${path}?page=9`)).body).toMatchObject({ data: [], total_count: body.total_count })
    for (const page of ['0', '-1', 'x']) expect(refused(await ask('GET', `${path}?page=${page}`))).toMatch('400 parameter_invalid')
  })

  test("of what is attached agree with the contact's own", async () => {
    const { body: contact } = await ask('GET', `/contacts/${maren}`)
    const ids = ({ body }: Answer) => body.data.map(({ id }: { id: string }) => id)
    expect(ids(await ask('GET', contact.tags.url))).toEqual(contact.tags.data.map(({ id }: { id: string }) => id))
    expect(ids(await ask('GET', contact.companies.url))).toEqual(contact.companies.data.map(({ id }: { id: string }) => id))
    const choices = [...contact.opted_out_subscription_types.data, ...contact.opted_in_subscription_types.data]
    expect(ids(await ask('GET', `/contacts/${maren}/subscriptions`))).toEqual(choices.map(({ id }: { id: string }) => id))
    for (const { type } of (await ask('GET', `/contacts/${maren}/segments`)).body.data) expect(type).toBe('segment')
  })

  test('show ten of many, and say that there are more', async () => {
    const { body } = await ask('POST', '/contacts/search', { query: { field: 'id', operator: '>', value: '' }, pagination: { per_page: 150 } })
    const many = body.data.find(({ tags }: { tags: { has_more: boolean } }) => tags.has_more)
    expect(many.tags.data).toHaveLength(10)
    expect((await ask('GET', many.tags.url)).body.data).toHaveLength(many.tags.total_count)
  })
})
