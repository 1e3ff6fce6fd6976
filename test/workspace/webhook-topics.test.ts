import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuid } from '../../src/workspace/uuid.ts'
import { question, states } from './opened.ts'
import { type Receiver, receiver } from './receiver.ts'
import { type Served, served } from './served.ts'

const ines = '4810101'
const tobias = '4810102'
const team = '5530003'

let room: Served
let hook: Receiver
let seen = 0

beforeAll(async () => {
  hook = await receiver()
  room = await served()
  await room.send('POST /_workspace/webhooks', { url: hook.url, topics: ['*'] })
})
afterAll(async () => {
  await room.stop()
  await hook.stop()
})

/** What an act tells, up to the ping that is sent after it: topic and item each. */
const told = async (act: () => Promise<{ status: number }>) => {
  expect((await act()).status).toBe(200)
  await room.send('POST /_workspace/webhooks/1/ping', {})
  while (hook.posted.at(-1)?.body.topic !== 'ping' || hook.posted.length === seen) await hook.until(hook.posted.length + 1)
  const fresh = hook.posted.slice(seen, -1).map(({ body }) => ({ topic: body.topic as string, item: body.data.item }))
  seen = hook.posted.length
  return fresh
}
const topics = async (act: () => Promise<{ status: number }>) => (await told(act)).map(({ topic }) => topic)
const made = async (route: string, body: object): Promise<string> => {
  const { id } = (await room.send(route, body)).body
  await topics(() => room.send('GET /me'))
  return id
}

describe('contacts tell', () => {
  test('that they were made, as which', async () => {
    expect(await topics(() => room.send('POST /contacts', { role: 'lead' }))).toEqual(['contact.lead.created'])
    expect(await topics(() => room.send('POST /contacts', { email: 'one@example.com' }))).toEqual(['contact.user.created'])
  })

  test('that they changed, and what of it matters', async () => {
    const id = await made('POST /contacts', { role: 'lead' })
    const change = (body: object) => topics(() => room.send(`PUT /contacts/${id}`, body))
    expect(await change({ name: 'Ada' })).toEqual(['contact.lead.updated'])
    expect(await change({ email: 'ada@example.com' })).toEqual(['contact.lead.added_email', 'contact.lead.updated'])
    expect(await change({ email: 'ada@b.example' })).toEqual(['contact.email.updated', 'contact.lead.updated'])
    expect(await change({ role: 'user' })).toEqual(['contact.lead.signed_up', 'contact.user.updated'])
    expect(await change({ name: 'Ada L.' })).toEqual(['contact.user.updated'])
  })

  test('that they went and came back', async () => {
    const id = await made('POST /contacts', { email: 'gone@example.com' })
    const [archived] = await told(() => room.send(`POST /contacts/${id}/archive`, {}))
    expect(archived).toMatchObject({ topic: 'contact.archived', item: { type: 'contact', id, created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/) } })
    expect(await topics(() => room.send(`POST /contacts/${id}/unarchive`, {}))).toEqual(['contact.unarchive'])
    expect(await topics(() => room.send(`POST /contacts/${id}/block`, {}))).toEqual(['contact.archived'])
    expect(await topics(() => room.send(`DELETE /contacts/${id}`))).toEqual(['contact.deleted'])
  })

  test('who was merged into whom', async () => {
    const from = await made('POST /contacts', { role: 'lead' })
    const into = await made('POST /contacts', { email: 'into@example.com' })
    const merged = await told(() => room.send('POST /contacts/merge', { from, into }))
    expect(merged).toMatchObject([{ topic: 'contact.merged', item: { id: into, merged_from: { type: 'contact', id: from } } }])
  })
})

describe('tickets tell', () => {
  const ticket = (contact: object) => ({ ticket_type_id: question, contacts: [contact], ticket_attributes: { _default_title_: 'Help' } })

  test('that they were made, and for whom somebody was made', async () => {
    expect(await topics(() => room.send('POST /tickets', ticket({ email: 'asks@example.com' })))).toEqual(['contact.lead.created', 'ticket.created'])
  })

  test('each change, in the order in which it happens', async () => {
    const id = await made('POST /tickets', ticket({ email: 'asks@example.com' }))
    const change = (body: object) => topics(() => room.send(`PUT /tickets/${id}`, body))
    expect(await change({ ticket_attributes: { _default_title_: 'Help!' } })).toEqual(['ticket.attribute.updated'])
    expect(await change({ ticket_attributes: {} })).toEqual([])
    expect(await change({ ticket_state_id: states.in_progress, assignment: { admin_id: ines, assignee_id: tobias } })).toEqual(['ticket.state.updated', 'ticket.admin.assigned'])
    expect(await change({ assignment: { admin_id: ines, assignee_id: team } })).toEqual(['ticket.team.assigned'])
    expect(await change({ assignment: { admin_id: ines, assignee_id: '0' } })).toEqual([])
    expect(await change({ ticket_state_id: states.resolved, open: false })).toEqual(['ticket.state.updated', 'ticket.resolved', 'ticket.closed'])
    expect(await change({ is_shared: true })).toEqual([])
  })

  test('who said what', async () => {
    const id = await made('POST /tickets', ticket({ email: 'asks@example.com' }))
    const say = (body: object) => told(() => room.send(`POST /tickets/${id}/reply`, { body: 'Hello', ...body }))
    const [note] = await say({ message_type: 'note', type: 'admin', admin_id: ines })
    expect(note).toMatchObject({ topic: 'ticket.note.created', item: { type: 'ticket', id } })
    expect(note!.item.ticket_parts.ticket_parts.at(-1)).toMatchObject({ part_type: 'note', body: expect.stringContaining('Hello') })
    expect((await say({ message_type: 'comment', type: 'admin', admin_id: ines })).map(({ topic }) => topic)).toEqual(['ticket.admin.replied'])
    expect((await say({ message_type: 'comment', type: 'user', email: 'asks@example.com' })).map(({ topic }) => topic)).toEqual(['ticket.contact.replied'])
  })
})

test('teammates tell that they are away', async () => {
  const away = await told(() => room.send(`PUT /admins/${tobias}/away`, { away_mode_enabled: true, away_mode_reassign: false }))
  expect(away).toMatchObject([
    { topic: 'admin.activity_log_event.created', item: { activity_type: 'admin_away_mode_change', performed_by: { id: tobias } } },
    { topic: 'admin.away_mode_updated', item: { type: 'admin', id: tobias, away_mode_enabled: true } },
  ])
})

describe('messages, events and visitors tell', () => {
  const maren = { type: 'user', id: '66f0c3d1a7b24e1000000001' }
  const hello = { message_type: 'inapp', body: 'Hello', from: { type: 'admin', id: tobias }, to: maren }
  const accepted = async (body: object) => ({ status: (await room.send('POST /events', body)).status === 202 ? 200 : 0 })

  test('that somebody was written to, with the conversation where there is one', async () => {
    const [message] = await told(() => room.send('POST /messages', hello))
    expect(message).toMatchObject({ topic: 'conversation.admin.single.created', item: { type: 'admin_message', body: 'Hello' } })
    const [conversation] = await told(() => room.send('POST /messages', { ...hello, create_conversation_without_contact_reply: true }))
    expect(conversation).toMatchObject({ topic: 'conversation.admin.single.created', item: { type: 'conversation', source: { body: '<p>Hello</p>' } } })
  })

  test('that somebody wrote in', async () => {
    expect(await topics(() => room.send('POST /messages', { from: maren, body: 'heyy' }))).toEqual(['conversation.user.created'])
  })

  test('what somebody did, once', async () => {
    const event = { event_name: 'tied-knot', created_at: 1_795_369_333, user_id: 'usr_1042' }
    expect(await told(() => accepted(event))).toMatchObject([{ topic: 'event.created', item: { type: 'event', event_name: 'tied-knot', intercom_user_id: maren.id } }])
    expect(await topics(() => accepted(event))).toEqual([])
  })

  test('what became of a visitor', async () => {
    const become = (number: number, type: string, user: object) =>
      topics(() => room.send('POST /visitors/convert', { type, visitor: { user_id: uuid(`visitor ${number}`) }, user }))
    expect(await become(1, 'user', { email: 'gareth@example.com' })).toEqual(['visitor.signed_up'])
    expect(await become(2, 'lead', {})).toEqual(['contact.lead.created'])
    expect(await become(4, 'user', { id: maren.id })).toEqual(['contact.user.updated'])
  })
})
