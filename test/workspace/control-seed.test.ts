import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asking, morning } from './asking.ts'
import { type Served, served, withServed } from './served.ts'

const exported = async ({ send }: Served) => (await send('GET /_workspace/seed')).body
const load = ({ send }: Served, seed: object) => send('PUT /_workspace/seed', seed)
const ada = { id: 'ada', role: 'user', email: 'ada@example.com' }

describe('an export', () => {
  test('may be cut, and stand upon the empty workspace', async () => {
    const room = await served()
    const { collections } = await exported(room)
    expect((await load(room, { base: 'empty', collections })).body.collections.ticket_part).toBe(collections.ticket_part.length)
    await room.stop()
  })

  test('of the demo, loaded elsewhere, is the same workspace', async () => {
    const [one, other] = [await served(), await served({ seed: 'empty' })]
    const seed = await exported(one)
    expect(seed).toMatchObject({ format: 1, base: 'none', app: { name: 'Pondwick' } })
    expect((await load(other, seed)).body).toMatchObject({ seed: 'loaded', collections: { contact: seed.collections.contact.length } })
    expect(JSON.stringify(await exported(other))).toBe(JSON.stringify(seed))
    const search = { query: { field: 'role', operator: '=', value: 'lead' }, pagination: { per_page: 150 } }
    expect((await other.send('POST /contacts/search', search)).body).toEqual((await one.send('POST /contacts/search', search)).body)
    await Promise.all([one.stop(), other.stop()])
  })

  test('after whatever was done through the API, loads to itself', async () => {
    const room = await served({ seed: 'empty' })
    const act = fc.oneof(
      fc.record({ route: fc.constant('POST /contacts'), body: fc.record({ role: fc.constant('lead'), name: fc.string({ maxLength: 20 }) }) }),
      fc.record({ route: fc.constant('POST /contacts'), body: fc.record({ email: fc.emailAddress(), custom_attributes: fc.constant({}) }) }),
      fc.record({ route: fc.constant('POST /companies'), body: fc.record({ company_id: fc.uuid(), name: fc.string({ minLength: 1, maxLength: 20 }) }) }),
      fc.record({ route: fc.constant('POST /tags'), body: fc.record({ name: fc.uuid() }) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 6 }), async (acts) => {
        for (const { route, body } of acts) await room.send(route, body)
        const before = await exported(room)
        expect((await load(room, before)).status).toBe(200)
        expect(await exported(room)).toEqual(before)
      }),
      { numRuns: 8 },
    )
    await room.stop()
  })

  test('has nothing of tokens, webhooks or keys', () =>
    withServed({}, async (room) => {
      await room.send('POST /_workspace/tokens', { name: 'extra', token: 'extra-secret' })
      const text = JSON.stringify(await exported(room))
      for (const secret of [room.workspace.token, room.workspace.readOnlyToken!, 'extra-secret', 'cursor_key', 'control_']) expect(text).not.toContain(secret)
    }))

  test('knows every collection that the workspace has', () =>
    withServed({}, async (room) => {
      const folder = join(import.meta.dirname, '../../src/workspace')
      const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
      const tables = sources.flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/\btable: '(\w+)'/g)].map(([, name]) => name!))
      const { errors } = (await load(room, { collections: { none: [] } })).body
      const known = /there are: (.*)$/.exec(errors[0].message)![1]!.split(', ')
      expect(tables.filter((name) => !name.startsWith('control_') && !known.includes(name))).toEqual([])
    }))
})

describe('a seed written by hand', () => {
  test('may leave out most of a document, and what it does not name is as in an empty workspace', () =>
    withServed({}, async (room) => {
      const seed = { app: { name: 'Test Ltd' }, collections: { contact: [{ ...ada, name: 'Ada' }, { id: 'lead-1', role: 'lead', tag_ids: ['7'] }], tag: [{ id: '7', name: 'VIP' }] } }
      expect(await load(room, seed)).toMatchObject({ status: 200, body: { collections: { contact: 2, tag: 1 } } })
      expect((await room.send('GET /contacts/ada')).body).toMatchObject({ email: 'ada@example.com', name: 'Ada', external_id: null, created_at: morning, tags: { total_count: 0 } })
      expect((await room.send('GET /contacts/lead-1/tags')).body.data).toMatchObject([{ id: '7', name: 'VIP' }])
      expect((await room.send('GET /me')).body.app).toMatchObject({ name: 'Test Ltd', timezone: 'America/New_York' })
    }))

  test('need not say of a company, a ticket or a conversation what is not known', () =>
    withServed({}, async (room) => {
      const author = { type: 'user', id: 'ada', email: 'ada@example.com' }
      const collections = {
        company: [{ id: 'c-1', company_id: 'acme', name: 'Acme' }],
        contact: [{ ...ada, company_ids: ['c-1'] }],
        ticket_type: [{ id: '1', name: 'Question', description: '', icon: '🎟️', category: 'Customer' }],
        ticket: [{ id: '70', ticket_id: '1', ticket_type_id: '1', ticket_state_id: '2501', category: 'Customer', title: 'Help', contact_ids: ['ada'] }],
        conversation: [{ id: '71', source: { type: 'conversation', id: '9', delivered_as: 'customer_initiated', subject: '', body: '<p>Hi</p>', author }, contact_ids: ['ada'] }],
      }
      expect((await load(room, { collections })).body).toMatchObject({ collections: { company: 1, contact: 1, ticket: 1, conversation: 1 } })
      expect((await room.send('GET /contacts/ada/companies')).body.data).toMatchObject([{ company_id: 'acme', monthly_spend: 0, custom_attributes: {} }])
      expect((await room.send('GET /tickets/70')).body).toMatchObject({ open: true, is_shared: true, admin_assignee_id: '0' })
      expect((await room.send('GET /conversations/71')).body).toMatchObject({ state: 'open', source: { body: '<p>Hi</p>' } })
    }))

  test('may stand upon the demo, and what is made later gets another id', () =>
    withServed({ seed: 'empty' }, async (room) => {
      await load(room, { base: 'demo', collections: { contact: [ada], tag: [{ id: '900', name: 'VIP' }] } })
      expect((await room.send('GET /contacts')).body.total_count).toBeGreaterThan(100)
      expect(Number((await room.send('POST /tags', { name: 'Later' })).body.id)).toBeGreaterThan(900)
    }))

  test.each([
    ['company', { id: 'a', company_id: 'x', name: 'X' }, '/companies/a', { plan: {}, monthly_spend: 0, custom_attributes: {} }],
    ['note', { id: '5', contact_id: 'ada', body: '<p>Hi</p>' }, '/notes/5', { author: null, created_at: morning }],
    ['segment', { id: 'b', name: 'Everybody' }, '/segments/b', { person_type: 'user' }],
    ['team', { id: '7', name: 'Night shift' }, '/teams/7', { admin_ids: [] }],
    ['custom_object_instance', { id: '9', type: 'Booking' }, '/custom_object_instances/Booking/9', { external_created_at: null, custom_attributes: {} }],
  ])('needs to say of a %s only what makes it one', (collection, document, path, whole) =>
    withServed({}, async (room) => {
      expect((await load(room, { collections: { contact: [ada], [collection]: [document] } })).status).toBe(200)
      expect((await room.send(`GET ${path}`)).body).toMatchObject(whole)
    }))

  test('makes attributes of conversations, kinds of subscriptions and types of custom objects, which the API cannot', () =>
    withServed({}, async (room) => {
      const collections = {
        data_attribute: [{ id: 7, model: 'conversation', name: 'Mood', data_type: 'string' }],
        subscription_type: [{ id: '8', consent_type: 'opt_in', default_translation: { name: 'Offers', description: '', locale: 'en' } }],
        custom_object_type: [{ id: 'Order', attributes: { total: 'float' } }],
      }
      expect((await load(room, { collections })).status).toBe(200)
      const { data } = (await room.send('GET /data_attributes?model=conversation')).body
      expect(data).toContainEqual(expect.objectContaining({ id: 7, name: 'Mood', label: 'Mood', full_name: 'custom_attributes.Mood' }))
      expect((await room.send('GET /subscription_types')).body.data).toContainEqual(expect.objectContaining({ id: '8', state: 'live' }))
      expect((await room.send('POST /custom_object_instances/Order', { external_id: 'o1', custom_attributes: { total: '9.5' } })).body.custom_attributes).toEqual({ total: 9.5 })
    }))
})

describe('a seed that cannot be laid', () => {
  let room: Served
  beforeAll(async () => {
    room = await served()
  })
  afterAll(() => room.stop())

  test.each([
    [{}, 'collections: it must be an object: lists of documents by collection'],
    [{ collections: { contact: {} } }, 'collections.contact: it must be a list of documents'],
    [{ collections: {}, base: 'full' }, 'base: '],
    [{ collections: {}, contacts: [] }, 'the seed: Unrecognized key: "contacts"'],
    [{ collections: { contacts: [] } }, 'collections.contacts: there is no such collection; there are: '],
    [{ collections: { contact: ['ada'] } }, 'collections.contact[0]: it must be an object'],
    [{ collections: { contact: [ada, {}] } }, 'collections.contact[1].id: it must be text or a whole number'],
    [{ collections: { contact: [ada, ada] } }, 'collections.contact[1].id: ada is the id of an earlier one'],
    [{ collections: { contact: [{ id: 'x' }] } }, 'collections.contact[0].role: it is missing; it must be text, such as "user"'],
    [{ collections: { contact: [{ ...ada, tag_ids: 'VIP' }] } }, 'collections.contact[0].tag_ids: it must be a list, not text'],
    [{ collections: { contact: [{ ...ada, location: { city: 7 } }] } }, 'collections.contact[0].location.city: it must be text or null'],
    [{ collections: { contact: [{ ...ada, emial: 'a' }] } }, 'collections.contact[0].emial: there is no such field; there are: '],
    [{ collections: { contact: [{ ...ada, tag_ids: ['VIP'] }] } }, 'collections.contact[0].tag_ids: there is no tag with the id "VIP"'],
    [{ collections: { note: [{ id: '1', contact_id: 'bob', author_id: '1', body: '' }] } }, 'collections.note[0].contact_id: there is no contact with the id "bob"'],
    [{ collections: {}, app: { timezone: 'Mars' } }, 'app.timezone: Mars is no time zone; use a name like America/New_York'],
    [{ base: 'none', collections: {} }, 'app.id_code: it is missing'],
  ])('%j changes nothing and is told: %s', async (seed, message) => {
    const before = await exported(room)
    const { status, body } = await load(room, seed)
    expect([status, body.errors[0].code]).toEqual([400, 'seed_invalid'])
    expect(body.errors[0].message).toContain(message)
    expect(await exported(room)).toEqual(before)
  })

  test('is one without a teammate, since nobody could ask', async () => {
    const { app } = await exported(room)
    const { errors } = (await load(room, { base: 'none', app, collections: {} })).body
    expect(errors[0].message).toBe('collections.admin: it must have a teammate (bot: false); with "base": "empty" it has')
  })
})

describe('reset', () => {
  test('brings back the seed to the last id, keeps tokens, and clears what control did', () =>
    withServed({}, async (room) => {
      const before = await exported(room)
      const { token } = room.workspace
      await room.send('POST /contacts', { role: 'lead' })
      await room.send('POST /_workspace/faults', { kind: 'html', operation: 'list_tags' })
      await room.send('POST /_workspace/clock', { advance: 60 })
      expect((await room.send('POST /_workspace/reset', {})).body).toMatchObject({ seed: 'demo', time: morning })
      expect(await exported(room)).toEqual(before)
      expect(room.workspace.token).toBe(token)
      expect((await room.send('GET /me')).status).toBe(200)
      expect((await room.send('GET /_workspace/faults')).body.faults).toEqual([])
      expect((await room.send('GET /_workspace/requests')).body.requests).toHaveLength(1)
    }))

  test('begins the rate window anew, also where the clock stands still', () =>
    withServed({ seed: 'empty', rateLimit: 1 }, async (room) => {
      await room.send('POST /_workspace/clock', { frozen: true })
      expect([(await room.send('GET /me')).status, (await room.send('GET /me')).status]).toEqual([200, 429])
      await room.send('POST /_workspace/reset', { keep_clock: true })
      expect((await room.send('GET /me')).status).toBe(200)
    }))

  test('goes to another seed, then back to the one that was loaded; the clock may stay', () =>
    withServed({}, async (room) => {
      await load(room, { collections: { contact: [ada] } })
      await room.send('POST /contacts', { role: 'lead' })
      await room.send('POST /_workspace/clock', { advance: 60 })
      expect((await room.send('POST /_workspace/reset', { keep_clock: true })).body).toMatchObject({ seed: 'loaded', time: morning + 60, collections: { contact: 1 } })
      expect((await room.send('POST /_workspace/reset', { seed: 'empty' })).body).toMatchObject({ seed: 'empty', time: morning })
      expect((await room.send('GET /contacts')).body.total_count).toBe(0)
    }))
})

test('a file keeps what control set: clock, tokens and seed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'control-'))
  const file = join(folder, 'w.db')
  const first = await served({ file, seed: 'empty' })
  await first.send('POST /_workspace/clock', { advance: 3600 })
  await first.send('PUT /_workspace/tokens/main', { permissions: ['Read admins'] })
  await load(first, { collections: { contact: [ada] } })
  await first.stop()
  const second = await served({ file })
  expect((await second.send('GET /_workspace/clock')).body).toMatchObject({ time: morning + 3600, offset: 3600 })
  expect([(await second.send('GET /admins')).status, (await second.send('GET /contacts')).status]).toEqual([200, 403])
  expect((await second.send('POST /_workspace/reset', {})).body).toMatchObject({ seed: 'loaded', collections: { contact: 1 } })
  await second.stop()
  rmSync(folder, { recursive: true })
})

test('two processes on one file see what either loads, and the same time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'control-'))
  const file = join(folder, 'w.db')
  const [one, other] = [await served({ file }), asking({ file })]
  expect((await other.ask('GET', '/contacts')).body.total_count).toBeGreaterThan(100)
  await load(one, { collections: { contact: [ada] } })
  await one.send('POST /_workspace/clock', { advance: 7 })
  expect((await other.ask('GET', '/contacts')).body.data.map(({ id }: { id: string }) => id)).toEqual(['ada'])
  expect((await other.ask('POST', '/contacts', { role: 'lead' })).body.created_at).toBe(morning + 7)
  other.workspace.close()
  await one.stop()
  rmSync(folder, { recursive: true })
})
