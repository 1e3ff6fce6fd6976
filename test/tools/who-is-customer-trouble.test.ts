import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Served, served } from '../workspace/served.ts'
import { open, type Session } from './session.ts'

type Document = Record<string, unknown>

let room: Served
let session: Session
beforeAll(async () => {
  room = await served({ rateLimit: 100 })
  session = await another()
})
beforeEach(async () => {
  await room.send('DELETE /_workspace/faults')
  await room.send('POST /_workspace/clock', { advance: 100 }) // another rate window
})
afterAll(async () => {
  await session.close()
  await room.stop()
})

/** A session of its own, for what a client remembers: missing permissions, and waits. */
const another = (): Promise<Session> => open([], { INTERCOM_ACCESS_TOKEN: room.workspace.token, INTERCOM_BASE_URL: room.server.url })

const maren = '66f0c3d1a7b24e1000000001'
const thea = '66f0c3d1a7b24e1000000003'
const herLead = '66f0c3d1a7b24e1000000004'

interface Known {
  readonly customer: Document
  readonly counts: string
  readonly said: string
  readonly text: string
  readonly calls: number
  /** Operations that the workspace was asked. */
  readonly asked: readonly string[]
}

const who = async (customer: string, through: Session = session): Promise<Known> => {
  await room.send('DELETE /_workspace/requests')
  const { text, structured } = await through.call('who_is_customer', { customer })
  const { requests } = (await room.send('GET /_workspace/requests')).body as { requests: { operation: string }[] }
  const { customer: known, counts, completeness, calls } = structured as { customer: Document; counts: string; completeness: string; calls: number }
  return { customer: known, counts, said: completeness, text, calls, asked: requests.map(({ operation }) => operation) }
}

const fault = (kind: string, operation: string, more: Document = {}) => room.send('POST /_workspace/faults', { kind, operation, ...more })

describe('calls', () => {
  test('are at most 12, and as many as are told', async () => {
    const { asked, calls, customer } = await who('maren@cedarcove.example')
    expect(customer.id).toBe(maren)
    expect(asked.length).toBeLessThanOrEqual(12)
    expect(asked).toHaveLength(calls)
    expect(new Set(asked)).toContain('get_conversation')
  })

  test.each(['103', 'Maren', 'ticket #44', '+1 207 555 0142', maren])('are at most 12 with whatever it takes to find %s', async (pasted) => {
    const { asked, customer } = await who(pasted)
    expect(customer.id).toBe(maren)
    expect(asked.length).toBeLessThanOrEqual(12)
  })

  test('what is not there is not asked for', async () => {
    const { body: lead } = await room.send('POST /contacts', { role: 'lead', name: 'Fresh Lead' })
    const { customer, counts, said, text, asked } = await who(lead.id as string)
    expect(customer).toMatchObject({ id: lead.id as string, role: 'lead', name: 'Fresh Lead' })
    expect(counts).toBe('companies none, tags none, segments none, subscriptions none, conversations none, tickets none, notes none, events none')
    expect(said).toBe('Nothing was left out.')
    expect(text).toContain('tickets none')
    expect(asked.toSorted()).toEqual(['get_contact', 'list_contact_segments', 'list_data_events', 'search_conversations', 'search_tickets'])
  })

  test('are fewer where little is left of the rate budget, and the sections skipped are named', async () => {
    for (let spent = 0; spent < 90; spent += 1) await room.send('GET /me')
    const { customer, counts, said } = await who(maren)
    expect(customer).toHaveProperty('tickets')
    expect(counts).toContain('companies 1 (not read)')
    expect(said).toMatch(/\d of 8 sections skipped: rate budget\. who_is_customer \{"customer":"66f0c3d1a7b24e1000000001","sections":\[.*"subscriptions"\]\} reads them\./)
  })
})

describe('a section that fails', () => {
  test.each([
    ['server_error', 'list_data_events', 'Not read: events (Intercom gave no proper answer).'],
    ['broken_json', 'search_tickets', 'Not read: tickets (the answer cannot be read).'],
    ['html', 'list_contact_notes', 'Not read: notes ('],
    ['server_error', 'get_conversation', 'Not read: last message of conversation 103 ('],
  ])('of %s in %s leaves the rest', async (kind, operation, words) => {
    await fault(kind, operation)
    const { customer, said } = await who(maren)
    expect(customer).toMatchObject({ name: 'Maren Okafor', tags: ['VIP', 'Beta', 'Annual plan'] })
    expect(customer.conversations).not.toHaveLength(0)
    expect(said).toContain(words)
  })

  test('where names are listed leaves ids, and says so', async () => {
    const nameless = await another()
    await fault('broken_json', 'list_teams')
    const { customer, said } = await who(maren, nameless)
    await nameless.close()
    expect((customer.conversations as Document[])[0]).toMatchObject({ assignee: 'Ines Calloway', team: 5_530_001 })
    expect(said).toContain('Not read: names of some teammates or teams (their ids stand instead).')
  })

  test('for want of a permission says which', async () => {
    const { permissions } = (await room.send('GET /_workspace/tokens')).body.tokens.find(({ name }: { name: string }) => name === 'main') as { permissions: string[] }
    await room.send('PUT /_workspace/tokens/main', { permissions: ['Read and list users and companies', 'Read one user and one company', 'Read conversations'] })
    const lacking = await another()
    const { customer, said } = await who(maren, lacking)
    await lacking.close()
    expect(customer.conversations).not.toHaveLength(0)
    expect(customer).not.toHaveProperty('tickets')
    expect(said).toContain('Not read: tickets (the token lacks the permission "Read tickets").')
    expect(said).toContain('Not read: tags (the token lacks the permission "Read tags").')
    await room.send('PUT /_workspace/tokens/main', { permissions })
  })

  test('by hanging says so', async () => {
    await fault('slow', 'list_contact_companies', { ms: 20_000, count: 1 })
    const { customer, said } = await who(maren)
    expect(customer).toHaveProperty('tickets')
    expect(said).toContain('Not read: companies (no answer in time).')
  }, 20_000)

  test('while finding is told too, unless nothing could be looked up', async () => {
    await fault('server_error', 'search_tickets', { count: 3 })
    const { customer, said } = await who('103')
    expect(customer.id).toBe(maren)
    expect(said).toContain('Not everything it may mean could be looked up: Intercom gave no proper answer.')
    await fault('server_error', 'search_contacts')
    expect(await session.call('who_is_customer', { customer: 'maren@cedarcove.example' })).toMatchObject({ isError: true, text: expect.stringContaining('gave no proper answer to search_contacts') as string })
  })
})

describe('a lead that was merged', () => {
  beforeAll(async () => {
    await room.send('PUT /contacts/' + herLead, { email: 'thea.private@example.com' })
    await room.send('POST /conversations', { from: { type: 'lead', id: herLead }, body: 'Is the snow school open?' })
    await room.send('POST /contacts/merge', { from: herLead, into: thea })
  })

  test('is followed to the user by its id', async () => {
    const { customer, said, asked } = await who(herLead)
    expect(customer).toMatchObject({ id: thea, role: 'user' })
    expect(said).toMatch(new RegExp(`^Lead ${herLead} was merged into ${thea}: conversation \\d+, which it began, is theirs now\\.`))
    expect(asked.length).toBeLessThanOrEqual(12)
  })

  test('is followed by the email it had', async () => {
    const { customer, said } = await who('thea.private@example.com')
    expect(customer.id).toBe(thea)
    expect(said).toContain(`Lead ${herLead} was merged into ${thea}`)
  })
})

test('a section that the rate limit keeps from being read is told', async () => {
  const waiting = await another()
  await fault('rate_limited', 'list_contact_segments', { rate_headers: false })
  const { said } = await who(maren, waiting)
  await waiting.close()
  expect(said).toContain("Not read: segments (Intercom's rate budget is used up).")
}, 20_000)

test('a conversation of several people lists them', async () => {
  await room.send('POST /conversations/103/customers', { admin_id: '4810101', customer: { intercom_user_id: thea } })
  const { structured } = await session.call('who_is_customer', { customer: 'conversation 103' })
  expect(structured).toMatchObject({ total: 2, matches: [{ found_by: ['conversation 103'] }, { found_by: ['conversation 103'] }] })
})

test('an external ID and a conversation of one number are both listed', async () => {
  const { body: user } = await room.send('POST /contacts', { role: 'user', external_id: '80' })
  const { structured } = await session.call('who_is_customer', { customer: '80' })
  expect((structured!.matches as Document[]).map(({ id, found_by }) => [id, found_by])).toEqual(expect.arrayContaining([[user.id, undefined], [maren, ['conversation 80']]]))
})

test.each(['(207) 555-0143', '+12075550143', '+1 207 555 01 43'])('a phone kept as +1 (207) 555-0143 is found by %s', async (pasted) => {
  const { body } = await room.send('POST /contacts', { role: 'lead', phone: '+1 (207) 555-0143' })
  expect((await who(pasted)).customer.phone).toBe('+1 (207) 555-0143')
  await room.send(`DELETE /contacts/${body.id as string}`)
})

test('somebody with very many conversations: counted exactly, those that are open first', async () => {
  const { body: busy } = await room.send('POST /contacts', { role: 'user', email: 'busy@example.com' })
  for (let count = 0; count < 60; count += 1) {
    if (count % 50 === 0) await room.send('POST /_workspace/clock', { advance: 100 })
    const { body } = await room.send('POST /conversations', { from: { type: 'user', id: busy.id as string }, body: `Question ${count}` })
    if (count > 1) await room.send(`POST /conversations/${body.conversation_id as string}/parts`, { message_type: 'close', type: 'admin', admin_id: '4810101' })
  }
  await room.send('POST /_workspace/clock', { advance: 100 })
  const { customer, counts, said, asked } = await who('busy@example.com')
  expect(counts).toContain('conversations 60 (2 open or snoozed; 5 shown)')
  expect((customer.conversations as Document[]).map(({ state }) => state)).toEqual(['open', 'open', 'closed', 'closed', 'closed'])
  expect(said).toContain('In part: conversations. who_is_customer')
  expect(asked.length).toBeLessThanOrEqual(12)
})
