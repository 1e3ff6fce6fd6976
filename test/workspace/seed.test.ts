import { beforeAll, describe, expect, test } from 'vitest'
import { listAdmins } from '../../src/contract/admins.ts'
import {
  createContact,
  getContact,
  getContactByExternalId,
  listContactCompanies,
  listContacts,
  listContactSegments,
  listContactSubscriptions,
  listContactTags,
  mergeContact,
  searchContacts,
} from '../../src/contract/contacts.ts'
import { getConversation, searchConversations } from '../../src/contract/conversations.ts'
import { listDataEvents } from '../../src/contract/data-events.ts'
import { listTicketStates } from '../../src/contract/ticket-states.ts'
import { listTicketTypes } from '../../src/contract/ticket-types.ts'
import { getTicket, searchTickets } from '../../src/contract/tickets.ts'
import { maren, opened, start } from './opened.ts'

const everyTicket = { query: { field: 'created_at', operator: '>', value: 0 }, pagination: { per_page: 150 } } as const

describe('a workspace as it is laid', () => {
  const { ask, refusal } = opened()

  test('the customer of the examples has everything filled in, and an open ticket about something concrete', async () => {
    const person = await ask(getContactByExternalId, { external_id: maren.external_id })
    expect(person).toMatchObject({
      id: maren.id,
      role: 'user',
      name: 'Maren Okafor',
      email: maren.email,
      phone: '+12075550142',
      owner_id: 4_810_101,
      custom_attributes: { plan: 'Fleet', seats: 14, lifetime_value: 11_517.5, beta_tester: true },
      location: { city: 'Rockport', country: 'United States' },
      tags: { total_count: 3, has_more: false },
      notes: { total_count: 2 },
      companies: { total_count: 1 },
      opted_out_subscription_types: { total_count: 1 },
      opted_in_subscription_types: { total_count: 1 },
    })
    expect((await ask(listContactTags, { contact_id: maren.id })).data.map(({ name }) => name)).toEqual(['VIP', 'Beta', 'Annual plan'])
    expect((await ask(listContactCompanies, { id: maren.id })).data).toMatchObject([{ name: 'Cedar Cove Kayaks', company_id: 'co_201', plan: { name: 'Fleet' } }])
    expect((await ask(listContactSegments, { contact_id: maren.id })).data.map(({ name }) => name)).toEqual(['Active'])
    expect((await ask(listContactSubscriptions, { contact_id: maren.id })).data.map(({ default_translation }) => default_translation?.name)).toEqual([
      'Product news',
      'Outage alerts',
    ])
    const { tickets } = await ask(searchTickets, { query: { field: 'contact_ids', operator: '=', value: maren.id } })
    expect(tickets.map(({ open, ticket_attributes }) => [open, ticket_attributes?.['_default_title_']])).toContainEqual([
      true,
      'Saturday 9:00 tour booked twice after the calendar sync',
    ])
  })

  test('contacts need more than one page at 150 a page', async () => {
    const first = await ask(listContacts, { per_page: 150 })
    expect(first.total_count).toBeGreaterThan(180)
    const second = await ask(listContacts, { per_page: 150, starting_after: first.pages?.next?.starting_after ?? '' })
    const all = [...first.data, ...second.data]
    expect(new Set(all.map(({ id }) => id)).size).toBe(first.total_count)
    expect(new Set(all.map(({ role }) => role))).toEqual(new Set(['user', 'lead']))
    const emails = all.filter(({ role, email }) => role === 'user' && email).map(({ email }) => email)
    expect(new Set(emails).size).toBe(emails.length)
  })

  test('two archived people are out of sight, and still in the way', async () => {
    expect(await refusal(getContactByExternalId, { external_id: 'usr_0871' })).toMatch(/^404 /)
    expect(await refusal(createContact, { email: 'odette@lagunarentals.example' })).toMatch(/^409 conflict: An archived contact/)
    expect(await refusal(createContact, { external_id: 'usr_0902' })).toMatch(/^409 conflict: An archived contact/)
  })

  test('one has more tags than a contact shows, one is unsubscribed, one bounced, one has no email', async () => {
    const of = (external_id: string) => ask(getContactByExternalId, { external_id })
    expect((await of('usr_1057')).tags).toMatchObject({ total_count: 11, has_more: true })
    expect((await of('usr_1057')).tags?.data).toHaveLength(10)
    expect(await of('usr_1133')).toMatchObject({ unsubscribed_from_emails: true })
    expect(await of('usr_0988')).toMatchObject({ has_hard_bounced: true })
    expect(await of('kiosk_07')).toMatchObject({ email: null })
    expect(await of('usr_1201')).toMatchObject({ custom_attributes: { trial_ends_at: expect.any(Number) as unknown } })
  })

  test('one asks more than anybody, and has more of everything', async () => {
    const person = await ask(getContactByExternalId, { external_id: 'usr_1160' })
    expect(person).toMatchObject({ name: 'Priyanka Desai', companies: { total_count: 2 }, tags: { total_count: 3 }, notes: { total_count: 3 } })
    expect(Object.keys(person.custom_attributes!)).toHaveLength(7)
    expect((await ask(listContactSegments, { contact_id: person.id })).data).toHaveLength(2)
    expect((await ask(listContactSubscriptions, { contact_id: person.id })).data).toHaveLength(2)
    const theirs = { query: { field: 'contact_ids', operator: '=', value: person.id } } as const
    expect((await ask(searchConversations, theirs)).total_count).toBe(12)
    expect((await ask(searchTickets, theirs)).total_count).toBe(5)
    expect((await ask(listDataEvents, { type: 'user', intercom_user_id: person.id, per_page: 150 })).events).toHaveLength(70)
  })

  test('two people have one name, and one of them is a lead', async () => {
    const { data } = await ask(searchContacts, { query: { field: 'name', operator: '=', value: 'Sam Whitfield' } })
    expect(new Set(data.map(({ role }) => role))).toEqual(new Set(['user', 'lead']))
  })

  test('a merged lead is gone, and found again as who began a conversation', async () => {
    const lead = '66f0c3d1a7b24e100000000f'
    expect(await refusal(getContact, { id: lead })).toBe('404 not_found: User Not Found')
    for (const [field, value] of [['source.author.id', lead], ['source.author.email', 'p.desai@mailbox.example']] as const) {
      const { conversations } = await ask(searchConversations, { query: { field, operator: '=', value } })
      expect(conversations).toMatchObject([{ contacts: { contacts: [{ external_id: 'usr_1160' }] }, source: { author: { name: 'Priyanka D.' } } }])
    }
  })

  test('a long thread of emails holds all that a conversation can hold', async () => {
    const bySubject = { query: { field: 'source.subject', operator: '=', value: 'Moving the rafting calendar' } } as const
    const [found] = (await ask(searchConversations, bySubject)).conversations
    const parts = (await ask(getConversation, { id: found!.id })).conversation_parts!.conversation_parts!
    expect(parts.length).toBeGreaterThan(60)
    expect(new Set(parts.map(({ part_type }) => part_type))).toEqual(new Set(['assignment', 'comment', 'note', 'close', 'open']))
    expect(parts.flatMap(({ attachments }) => attachments ?? [])).toHaveLength(4)
    expect(parts.filter(({ body }) => body?.includes('<table') && body.includes('<blockquote'))).toMatchObject([{ email_message_metadata: { subject: 'Re: Moving the rafting calendar' } }])
  })

  test('tickets are of every type, in every state, open, closed and snoozed', async () => {
    const { tickets, total_count } = await ask(searchTickets, everyTicket)
    expect(total_count).toBe(50) // one of them was a conversation
    expect(new Set(tickets.map(({ ticket_type }) => ticket_type?.name)).size).toBe(5)
    expect(new Set(tickets.map(({ ticket_state }) => ticket_state?.internal_label)).size).toBe(5)
    expect(tickets.some(({ open }) => !open)).toBe(true)
    expect(tickets.some(({ snoozed_until }) => snoozed_until)).toBe(true)
    expect(tickets.every((ticket) => ticket.id !== ticket['ticket_id'])).toBe(true)
    const parts = new Set(tickets.flatMap(({ ticket_parts }) => ticket_parts?.ticket_parts ?? []).map(({ part_type }) => part_type))
    expect(parts).toEqual(new Set(['ticket_state_updated_by_admin', 'assignment', 'comment', 'note', 'close', 'snoozed']))
  })

  test('conversations are open, closed and snoozed, rated, answered by Fin, sent by email, and one is a ticket', async () => {
    const { conversations, total_count } = await ask(searchConversations, everyTicket)
    expect(total_count).toBe(79)
    expect(new Set(conversations.map(({ state }) => state))).toEqual(new Set(['open', 'closed', 'snoozed']))
    expect(conversations.filter(({ ticket }) => ticket)).toHaveLength(1)
    expect(new Set(conversations.flatMap(({ ai_agent }) => ai_agent?.resolution_state ?? []))).toEqual(new Set(['confirmed_resolution', 'routed_to_team']))
    expect(new Set(conversations.flatMap(({ conversation_rating }) => conversation_rating?.rating ?? [])).size).toBeGreaterThan(3)
    expect(new Set(conversations.map(({ source }) => source?.type))).toEqual(new Set(['conversation', 'email']))
    const whole = await Promise.all(conversations.map(({ id }) => ask(getConversation, { id })))
    const parts = whole.flatMap(({ conversation_parts }) => conversation_parts?.conversation_parts ?? [])
    expect(new Set(parts.map(({ part_type }) => part_type))).toEqual(new Set(['comment', 'note', 'assignment', 'close', 'open', 'snoozed']))
    expect(parts.some(({ attachments }) => attachments?.length)).toBe(true)
    expect(parts.some(({ email_message_metadata }) => email_message_metadata?.subject === 'Re: Sorry about the newsletter')).toBe(true)
    const times = [...conversations, ...parts].flatMap(({ created_at, updated_at }) => [created_at ?? 0, updated_at ?? 0])
    expect(Math.max(...times)).toBeLessThanOrEqual(start)
  })

  test('nothing that has happened lies in the future', async () => {
    const { tickets } = await ask(searchTickets, everyTicket)
    const contacts = (await ask(listContacts, { per_page: 150 })).data
    const parts = tickets.flatMap(({ ticket_parts }) => ticket_parts?.ticket_parts ?? [])
    const times = [...tickets, ...parts, ...contacts].flatMap(({ created_at, updated_at }) => [created_at ?? 0, updated_at ?? 0])
    expect(Math.max(...times)).toBeLessThanOrEqual(start)
  })
})

describe('laying it', () => {
  test('twice on one day gives the same, on another day the same later', async () => {
    const contents = async (seconds: number) => {
      const { ask } = opened({ now: () => seconds * 1000 })
      return [await ask(listContacts, {}), await ask(searchTickets, everyTicket)] as const
    }
    const [one, same, later] = [await contents(start), await contents(start + 60), await contents(start + 86_400)]
    expect(same[0].data).toEqual(one[0].data)
    expect(same[1].tickets).toEqual(one[1].tickets)
    expect(later[0].data.map(({ id }) => id)).toEqual(one[0].data.map(({ id }) => id))
    expect(later[1].tickets[0]?.created_at).toBe((one[1].tickets[0]?.created_at ?? 0) + 86_400)
  })

  test('an empty workspace has only what the API cannot make', async () => {
    const { ask } = opened({ seed: 'empty' })
    expect((await ask(listAdmins, {})).admins).toHaveLength(6)
    expect((await ask(listTicketStates, {})).data).toHaveLength(4)
    expect((await ask(listTicketTypes, {})).data).toEqual([])
    expect((await ask(listContacts, {})).total_count).toBe(0)
    await ask(createContact, { email: 'ada@example.com' })
  })

  test('a lead and a user of one email wait to be merged', async () => {
    const { ask, refusal } = opened()
    const { data } = await ask(searchContacts, { query: { field: 'email', operator: '=', value: 'thea@northlight.example' } })
    const [lead, user] = ['lead', 'user'].map((role) => data.find((contact) => contact.role === role)?.id ?? '')
    const merged = await ask(mergeContact, { from: lead!, into: user! })
    expect(merged).toMatchObject({ id: user, role: 'user', external_id: 'usr_1107', phone: '+46855501207', companies: { total_count: 2 } })
    expect(merged.custom_attributes).toMatchObject({ plan: 'Fleet', 'Peak season': 'June to August' })
    expect(await refusal(getContact, { id: lead! })).toMatch(/^404 /)
  })
})

describe('tickets of someone who is merged', () => {
  const { ask } = opened()
  let lead = ''
  beforeAll(async () => {
    const { data } = await ask(searchContacts, { query: { field: 'name', operator: '=', value: 'Noor van Dijk' } })
    lead = data[0]?.id ?? ''
  })

  test('go to the user', async () => {
    const before = await ask(searchTickets, { query: { field: 'contact_ids', operator: '=', value: lead } })
    expect(before.total_count).toBe(1)
    await ask(mergeContact, { from: lead, into: maren.id })
    const after = await ask(getTicket, { id: before.tickets[0]?.id ?? '' })
    expect(after.contacts?.contacts).toEqual([{ type: 'contact', id: maren.id, external_id: maren.external_id }])
    expect((await ask(searchTickets, { query: { field: 'contact_ids', operator: '=', value: lead } })).total_count).toBe(0)
  })
})
