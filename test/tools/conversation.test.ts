import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { open, type Session } from './session.ts'

let session: Session
beforeAll(async () => {
  session = await open(['--toolsets', 'all'])
  await session.client.listTools() // from here on the client holds every result to its output schema
})
afterAll(() => session.close())

type Shown = Record<string, unknown>
const one = (structured: Shown | undefined, key: string): Shown => structured![key] as Shown
const many = (structured: Shown | undefined, key: string): Shown[] => structured![key] as Shown[]

const maren = async (): Promise<Shown> => {
  const { structured } = await session.call('search_contacts', { query: { field: 'email', operator: '=', value: 'maren@cedarcove.example' } })
  return many(structured, 'contacts')[0]!
}

describe('who is this customer', () => {
  test('found by email, with what tells her apart', async () => {
    expect(await maren()).toMatchObject({ name: 'Maren Okafor', role: 'user', external_id: 'usr_1042', custom_attributes: { plan: 'Fleet' } })
  })

  test('found by external id, in both forms of the answer alike', async () => {
    const { text, structured } = await session.call('get_contact_by_external_id', { external_id: 'usr_1042' })
    expect(one(structured, 'contact').name).toBe('Maren Okafor')
    expect(structured!.simulated).toBe(true)
    for (const fact of ['name: Maren Okafor', 'email: maren@cedarcove.example', 'plan: Fleet', 'simulated: true']) expect(text).toContain(fact)
  })

  test('by a name in part, by custom attribute, within a group', async () => {
    const query = { operator: 'AND', value: [{ field: 'name', operator: '~', value: 'maren' }, { field: 'custom_attributes.plan', operator: '=', value: 'Fleet' }] }
    expect(many((await session.call('search_contacts', { query })).structured, 'contacts')).toHaveLength(1)
  })

  test('only what is asked for, a name that stands beside an id too', async () => {
    const { structured } = await session.call('get_contact_by_external_id', { external_id: 'usr_1042', fields: ['owner', 'custom_attributes.plan'] })
    expect(one(structured, 'contact')).toEqual({ id: expect.any(String) as unknown, owner: 'Ines Calloway', custom_attributes: { plan: 'Fleet' } })
  })

  test('what is attached to her', async () => {
    const { id } = await maren()
    expect(many((await session.call('list_contact_companies', { id })).structured, 'companies')[0]).toHaveProperty('name')
    expect(many((await session.call('list_contact_tags', { contact_id: id })).structured, 'tags').map(({ name }) => name)).toContain('VIP')
    for (const tool of ['list_contact_segments', 'list_contact_subscriptions']) expect((await session.call(tool, { contact_id: id })).isError).toBe(false)
  })

  test('her tickets', async () => {
    const { id } = await maren()
    const { structured } = await session.call('search_tickets', { query: { field: 'contact_ids', operator: '=', value: id } })
    const ticket = many(structured, 'tickets')[0]!
    expect(ticket.ticket_type).toMatchObject({ name: expect.any(String) })
    expect(ticket).not.toHaveProperty('ticket_parts') // only counted here
    expect(one((await session.call('get_ticket', { id: ticket.id, detail: 'full' })).structured, 'ticket').ticket_parts).toHaveLength(Number(ticket.ticket_parts_count))
  })
})

describe('opening a ticket', () => {
  const asked = async (input: Record<string, unknown>) => session.call('create_ticket', { contacts: [{ id: (await maren()).id }], ...input })

  test('by the names of its type and attributes, whatever their case', async () => {
    const { structured, isError, text } = await asked({
      ticket_type_id: 'booking problem',
      ticket_attributes: { title: 'Double booking', 'booking reference': 'PW-1', severity: 'high', 'Guests affected': '4', 'Happened at': '2026-11-20T10:00:00Z' },
    })
    expect(isError, text).toBe(false)
    expect(one(structured, 'ticket')).toMatchObject({ title: 'Double booking', ticket_attributes: { 'Booking reference': 'PW-1', 'Guests affected': 4 } })
  })

  test('says what is missing, wrong and unknown, and creates nothing', async () => {
    const { text, isError } = await asked({ ticket_type_id: 'Booking problem', ticket_attributes: { Severity: 'Enormous', 'Guests afected': 2 } })
    expect(isError).toBe(true)
    expect(text).toContain('No ticket was created')
    expect(text).toContain('"Booking reference" (string)')
    expect(text).toContain('"Severity" must be one of Low, Medium, High, Critical')
    expect(text).toContain('Did you mean "Guests affected"?')
  })

  test('what may come as JSON text, in any of its parts', async () => {
    const { text, isError } = await asked({ ticket_type_id: 'Booking problem', ticket_attributes: '{"Booking reference":"PW-2","Severity":" HIGH "}' })
    expect(isError, text).toBe(false)
    expect(text).toContain('Severity: High')
  })

  test('an attribute given twice, and a time in milliseconds, are questions to ask first', async () => {
    const { text, isError } = await asked({
      ticket_type_id: 'Booking problem',
      ticket_attributes: { Severity: 'Low', severity: 'High', 'Booking reference': 'PW-3', 'Happened at': 1_772_582_400_000 },
    })
    expect(isError).toBe(true)
    expect(text).toMatch(/"Severity" is given twice/)
    expect(text).toMatch(/"Happened at" must be a date such as .*unix seconds/)
  })

  test('a name written exactly means its own type, one in another case may mean several', async () => {
    await session.call('create_ticket_type', { name: 'incident' })
    const ticket_attributes = { nonsense: 1 }
    expect((await asked({ ticket_type_id: 'Incident', ticket_attributes })).text).toContain('Incident (5) has no attribute "nonsense"')
    expect((await asked({ ticket_type_id: 'INCIDENT', ticket_attributes })).text).toMatch(/Several ticket types are called "INCIDENT": .*Give the id/)
  })

  test('offers the types there are when the name is wrong', async () => {
    const { text, isError } = await asked({ ticket_type_id: 'Boking problem' })
    expect(isError).toBe(true)
    expect(text).toMatch(/No ticket type "Boking problem"\. Did you mean "Booking problem"\? Ticket types: .*Question/)
  })
})

describe('arguments', () => {
  test('may come as JSON text and numbers as text', async () => {
    expect((await session.call('create_contact', { email: 'text@example.test', custom_attributes: '{"plan":"Solo"}' })).text).toContain('plan: Solo')
    const { structured } = await session.call('search_contacts', { query: '{"field":"role","operator":"=","value":"lead"}', pagination: '{"per_page":"2"}' })
    expect(many(structured, 'contacts')).toHaveLength(2)
    expect(structured!.next_cursor).toEqual(expect.any(String))
  })

  test.each([
    ['get_contact', { identifier: '1' }, /identifier is not an argument\..*Valid: id, detail, fields\./],
    ['get_contact', {}, /id: required, string/],
    ['get_contact', { id: {} }, /id: expected string, received object/],
    ['create_contact', { owner_id: 'Ines' }, /owner_id: expected number, received string/],
    ['search_contacts', { query: { field: 'email', operator: 'like', value: 'x' } }, /operator/],
    ['search_contacts', { query: { operator: 'AND', value: [] } }, /at least one filter/],
    ['search_contacts', { query: { field: 'emial', operator: '=', value: 'x' } }, /Did you mean "email"\? Fields: /],
    ['search_contacts', { query: { field: 'created_at', operator: '>=', value: 1 } }, /created_at is a date and takes = < >/],
    ['get_contact', { id: '..' }, /id cannot be part of a path/],
    ['get_contact', { id: '0123456789abcdef01234567' }, /found nothing for get_contact.*Check the id/],
    ['create_contact', { email: 'maren@cedarcove.example' }, /exists already.*change that one instead/],
  ])('%s %j is answered with the next step', async (name, input, expected) => {
    const { text, isError } = await session.call(name, input)
    expect(isError).toBe(true)
    expect(text.replaceAll('\n', ' ')).toMatch(expected)
  })
})

test('an error shows what is wrong in few words and no invisible ones, whatever it repeats', async () => {
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key${index}`, 1]))
  const endless = (await session.call('get_contact', many)).text
  expect(endless).toMatch(/^id: required, string\. key0 is not an argument\./)
  expect(endless).toMatch(/… \([\d,]+ more characters\)$/)
  expect(endless.length).toBeLessThan(5_000)
  const { text } = await session.call('create_ticket', { ticket_type_id: 'Bo\u202e\u200bgus\u001b[31m', contacts: [{ id: '1' }] })
  expect(text).toContain('No ticket type "Bogus[31m"')
})

test('external pages are put in and read back as Markdown', async () => {
  const sources = many((await session.call('list_content_import_sources')).structured, 'content_import_sources')
  const source = sources.find(({ sync_behavior }) => sync_behavior === 'api')!
  const page = { title: 'Tides', html: '<h2>Tides</h2><p>Twice <b>a day</b>.</p>', locale: 'en', source_id: source.id, external_id: 'tides' }
  const first = one((await session.call('upsert_external_page', page)).structured, 'external_page')
  const second = one((await session.call('upsert_external_page', { ...page, title: 'Tides today' })).structured, 'external_page')
  expect(second).toMatchObject({ id: first.id, title: 'Tides today', html: '## Tides\n\nTwice **a day**.' })
})

const walk = async (tool: string, key: string, first: Shown, next: (structured: Shown) => Shown | undefined): Promise<Shown[]> => {
  const seen: Shown[] = []
  for (let input: Shown | undefined = first; input; ) {
    const { structured, text } = await session.call(tool, input)
    expect(text.length + JSON.stringify(structured).length).toBeLessThanOrEqual(40_000)
    seen.push(...many(structured, key))
    input = next(structured!)
  }
  return seen
}

describe('paging', () => {
  const expectComplete = (seen: Shown[], total: number) => {
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
    expect(seen.length).toBe(total)
  }

  test('goes on from the cursor, also when a page is too long to show whole', async () => {
    const first = await session.call('list_contacts', { per_page: 150 })
    expect(first.structured!.note).toMatch(/per_page was lowered to \d+/)
    const following = ({ next_cursor }: Shown) => (next_cursor ? { per_page: 150, starting_after: next_cursor } : undefined)
    expectComplete(await walk('list_contacts', 'contacts', { per_page: 150 }, following), Number(first.structured!.total))
  })

  test('goes on from the cursor of a search', async () => {
    const query = { field: 'id', operator: '>', value: '' }
    const following = ({ next_cursor }: Shown) => (next_cursor ? { query, pagination: { per_page: 150, starting_after: next_cursor } } : undefined)
    const { structured } = await session.call('search_contacts', { query, pagination: { per_page: 1 } })
    expectComplete(await walk('search_contacts', 'contacts', { query, pagination: { per_page: 150 } }, following), Number(structured!.total))
  })

  test('goes on by number, keeping the size that fitted', async () => {
    const { structured } = await session.call('list_external_pages', { per_page: 1 })
    let per_page = 60
    const following = ({ next_page, note }: Shown) => {
      per_page = Number(/per_page was lowered to (\d+)/.exec(String(note))?.[1] ?? per_page)
      return next_page ? { per_page, page: next_page } : undefined
    }
    expectComplete(await walk('list_external_pages', 'external_pages', { per_page }, following), Number(structured!.total))
  })
})
