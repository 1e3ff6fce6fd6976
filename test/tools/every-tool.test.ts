import { afterAll, beforeAll, expect, test } from 'vitest'
import { open, type Session } from './session.ts'

type Shown = Record<string, unknown>

let session: Session
let listed: string[]
const called = new Set<string>()
beforeAll(async () => {
  session = await open(['--toolsets', 'all'])
  const { tools } = await session.client.listTools() // from here on the client holds every result to its output schema
  listed = tools.map(({ name }) => name)
})
afterAll(() => session.close())

const scalars = (value: unknown): string[] => (typeof value === 'object' && value !== null ? Object.values(value).flatMap(scalars) : [String(value)])
const spaces = (text: string): string => text.replace(/\s+/g, ' ')

/** The structured answer, once its text is known to say all of it. */
const answered = async (name: string, input: Shown = {}): Promise<Shown> => {
  const { text, structured, isError } = await session.call(name, input)
  expect(isError, `${name}: ${text}`).toBe(false)
  const said = spaces(text)
  for (const fact of scalars(structured)) expect(said, name).toContain(spaces(fact))
  called.add(name)
  return structured!
}

const one = async (key: string, name: string, input?: Shown): Promise<Shown> => (await answered(name, input))[key] as Shown
const many = async (key: string, name: string, input?: Shown): Promise<Shown[]> => (await answered(name, input))[key] as Shown[]

test('admins', async () => {
  const me = await one('admin', 'identify_admin')
  const [admin] = await many('admins', 'list_admins')
  expect(await one('admin', 'get_admin', { id: admin!.id })).toMatchObject({ name: admin!.name })
  expect(await one('admin', 'set_away_admin', { id: me.id, away_mode_enabled: true, away_mode_reassign: false })).toMatchObject({ away_mode_enabled: true })
  await many('activity_logs', 'list_activity_logs', { created_at_after: 0 })
})

test('contacts, from the first to the last of one', async () => {
  const { id } = await one('contact', 'create_contact', { role: 'user', email: 'ida@example.test', custom_attributes: { plan: 'Solo' } })
  expect(await one('contact', 'update_contact', { id, name: 'Ida', external_id: 'every-1' })).toMatchObject({ name: 'Ida' })
  expect(await one('contact', 'get_contact', { id })).toMatchObject({ email: 'ida@example.test' })
  expect(await one('contact', 'get_contact_by_external_id', { external_id: 'every-1' })).toMatchObject({ id })
  expect(await many('contacts', 'search_contacts', { query: { field: 'external_id', operator: '=', value: 'every-1' } })).toHaveLength(1)
  expect((await many('contacts', 'list_contacts')).length).toBeGreaterThan(1)
  await answered('archive_contact', { id })
  await answered('unarchive_contact', { id })
  const lead = await one('contact', 'create_contact', { role: 'lead', email: 'ida.lead@example.test' })
  expect(await one('contact', 'merge_contact', { from: lead.id, into: id })).toMatchObject({ id })
  await answered('block_contact', { id })
  await answered('delete_contact', { id })
})

test('what is attached to a contact', async () => {
  const { id } = await one('contact', 'get_contact_by_external_id', { external_id: 'usr_1042' })
  expect(await many('companies', 'list_contact_companies', { id })).not.toHaveLength(0)
  expect(await many('tags', 'list_contact_tags', { contact_id: id })).not.toHaveLength(0)
  await many('segments', 'list_contact_segments', { contact_id: id })
  await answered('list_contact_subscriptions', { contact_id: id })
})

test('a ticket of a type of one\'s own', async () => {
  const { id: ticket_type_id } = await one('ticket_type', 'create_ticket_type', { name: 'Sighting', description: 'Something seen' })
  const attribute = await one('attribute', 'create_ticket_type_attribute', { ticket_type_id, name: 'Where', description: 'The place', data_type: 'string' })
  await one('attribute', 'update_ticket_type_attribute', { ticket_type_id, id: attribute.id, required_to_create: true })
  expect(await one('ticket_type', 'update_ticket_type', { id: ticket_type_id, name: 'Whale sighting' })).toMatchObject({ name: 'Whale sighting' })
  expect(await one('ticket_type', 'get_ticket_type', { id: ticket_type_id })).toMatchObject({ name: 'Whale sighting' })
  expect((await many('ticket_types', 'list_ticket_types')).map(({ id }) => id)).toContain(ticket_type_id)
  const state = (await many('ticket_states', 'list_ticket_states')).find(({ category }) => category === 'in_progress')
  const person = await one('contact', 'get_contact_by_external_id', { external_id: 'usr_1042' })
  const admin = await one('admin', 'identify_admin')

  const asked = { ticket_type_id: 'Whale sighting', contacts: [{ id: person.id }], ticket_attributes: { title: 'A fin', where: 'Off the bow' } }
  const { id } = await one('ticket', 'create_ticket', asked)
  expect(await one('ticket', 'update_ticket', { id, ticket_state_id: state!.id, ticket_attributes: { Where: 'Astern' } })).toMatchObject({ ticket_attributes: { Where: 'Astern' } })
  await answered('reply_ticket', { id, type: 'admin', message_type: 'note', admin_id: admin.id, body: '<p>Seen by <b>two</b></p><p>at noon</p>' })
  expect(JSON.stringify(await one('ticket', 'get_ticket', { id }))).toContain('Seen by **two**\\n\\nat noon')
  expect(await many('tickets', 'search_tickets', { query: { field: 'ticket_type_id', operator: '=', value: ticket_type_id } })).toHaveLength(1)
  await answered('delete_ticket', { id })
})

test('pages for Fin and where they come from', async () => {
  const source = await one('content_import_source', 'create_content_import_source', { sync_behavior: 'api', url: 'https://tides.example.test' })
  const source_id = source.id
  await one('content_import_source', 'get_content_import_source', { id: source_id })
  await one('content_import_source', 'update_content_import_source', { id: source_id, sync_behavior: 'api', url: 'https://tides.example.test/new' })
  expect((await many('content_import_sources', 'list_content_import_sources')).map(({ id }) => id)).toContain(source_id)
  const page = { title: 'Tides', html: '<h2>Tides</h2><p>Twice a day.</p>', locale: 'en', source_id, external_id: 'every-tool', url: 'https://tides.example.test/a' }
  const { id } = await one('external_page', 'upsert_external_page', page)
  expect(await one('external_page', 'update_external_page', { ...page, id, title: 'Ebb' })).toMatchObject({ title: 'Ebb' })
  expect(await one('external_page', 'get_external_page', { id })).toMatchObject({ html: '## Tides\n\nTwice a day.' })
  expect(await many('external_pages', 'list_external_pages')).not.toHaveLength(0)
  await answered('delete_external_page', { id })
  await answered('delete_content_import_source', { id: source_id })
})

test('none was left out', () => {
  expect([...called].sort()).toEqual([...listed].sort())
})
