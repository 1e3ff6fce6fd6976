import { expect, test } from 'vitest'
import { getContact, searchContacts } from '../../src/contract/contacts.ts'
import { createTicketTypeAttribute, updateTicketTypeAttribute } from '../../src/contract/ticket-type-attributes.ts'
import { createTicketType } from '../../src/contract/ticket-types.ts'
import { createTicket, deleteTicket, getTicket, updateTicket } from '../../src/contract/tickets.ts'
import { bookingProblem, bug, incident, ines, maren, opened, productFixes, question, start, states, tobias } from './opened.ts'

const contacts = [{ id: maren.id }]
const fin = { type: 'bot', id: '4810100', name: 'Fin', email: 'operator+pw7k2m9x@intercom.io' }
const partTypes = (ticket: { ticket_parts?: { ticket_parts?: { part_type?: string | null | undefined }[] | null | undefined } | null | undefined }) =>
  ticket.ticket_parts?.ticket_parts?.map(({ part_type }) => part_type)

test('a new ticket is open, nobody’s, submitted by the bot, and shared when it is of the Customer category', async () => {
  const { ask } = opened()
  const made = await ask(createTicket, {
    ticket_type_id: question,
    contacts,
    ticket_attributes: { _default_title_: 'Tide tables', _default_description_: 'Where are they?', Area: 'Calendar' },
  })
  expect(made).toMatchObject({
    type: 'ticket',
    category: 'Customer',
    is_shared: true,
    open: true,
    admin_assignee_id: '0',
    team_assignee_id: '0',
    ticket_attributes: { _default_title_: 'Tide tables', _default_description_: 'Where are they?', Area: 'Calendar' },
    ticket_state: { type: 'ticket_state', id: states.submitted, category: 'submitted', internal_label: 'Submitted', external_label: 'Submitted' },
    ticket_type: { type: 'ticket_type', id: question, name: 'Question', ticket_type_attributes: { type: 'list' } },
    contacts: { type: 'contact.list', contacts: [{ type: 'contact', id: maren.id, external_id: maren.external_id }] },
    linked_objects: { type: 'list', data: [], total_count: 0, has_more: false },
    created_at: start,
    updated_at: start,
  })
  expect(made.id).not.toBe(made['ticket_id'])
  expect(made).not.toHaveProperty('snoozed_until')
  expect(made.ticket_type).not.toHaveProperty('ticket_states')
  expect(made.ticket_parts).toEqual({
    type: 'ticket_part.list',
    ticket_parts: [
      {
        type: 'ticket_part',
        id: expect.stringMatching(/^\d+$/) as unknown,
        part_type: 'ticket_state_updated_by_admin',
        ticket_state: 'submitted',
        previous_ticket_state: 'submitted',
        created_at: start,
        updated_at: start,
        author: fin,
        attachments: [],
        redacted: false,
      },
    ],
    total_count: 1,
  })
  expect(await ask(getTicket, { id: made.id })).toEqual(made)
})

test('tickets of other categories are not shared; ids and numbers count up apart', async () => {
  const { ask } = opened()
  const one = await ask(createTicket, { ticket_type_id: bug, contacts })
  const two = await ask(createTicket, { ticket_type_id: incident, contacts })
  expect(one).toMatchObject({ category: 'Back-office', is_shared: false })
  expect(two).toMatchObject({ category: 'Tracker', is_shared: false })
  expect(Number(two.id)).toBe(Number(one.id) + 1)
  expect(Number(two['ticket_id'])).toBe(Number(one['ticket_id']) + 1)
})

test('what is not answered is null, files are an empty list', async () => {
  const { ask } = opened()
  const made = await ask(createTicket, {
    ticket_type_id: bookingProblem,
    contacts,
    ticket_attributes: { 'Booking reference': 'PW-1', Severity: 'low' },
  })
  expect(made.ticket_attributes).toEqual({
    _default_title_: null,
    _default_description_: null,
    'Booking reference': 'PW-1',
    Severity: 'Low',
    'Guests affected': null,
    'Happened at': null,
    'Guests informed': null,
    Screenshots: [],
  })
})

test('the person may be named by external id or email, and a number may stand for the type', async () => {
  const { ask, send } = opened()
  const theirs = { contacts: { contacts: [{ id: maren.id }] } }
  expect(await ask(createTicket, { ticket_type_id: question, contacts: [{ external_id: maren.external_id }] })).toMatchObject(theirs)
  expect(await ask(createTicket, { ticket_type_id: question, contacts: [{ email: 'MAREN@cedarcove.example' }] })).toMatchObject(theirs)
  expect((await send('POST /tickets', { ticket_type_id: 1, contacts, skip_notifications: true, unheard_of: 1 })).status).toBe(200)
})

test('an unknown email makes a lead, an unknown id does not', async () => {
  const { ask, refusal } = opened()
  const made = await ask(createTicket, { ticket_type_id: question, contacts: [{ email: 'new@elsewhere.example' }] })
  const id = made.contacts?.contacts?.[0]?.id ?? ''
  expect(await ask(getContact, { id })).toMatchObject({ role: 'lead', email: 'new@elsewhere.example' })
  expect(await refusal(createTicket, { ticket_type_id: question, contacts: [{ id: 'f'.repeat(24) }] })).toBe('404 not_found: User Not Found')
  expect(await refusal(createTicket, { ticket_type_id: question, contacts: [{ external_id: 'usr_9' }] })).toBe('404 not_found: User Not Found')
  const { total_count } = await ask(searchContacts, { query: { field: 'email', operator: '=', value: 'new@elsewhere.example' } })
  expect(total_count).toBe(1)
})

test('an archived person is as unknown as any stranger', async () => {
  const { refusal } = opened()
  const archived = { ticket_type_id: question, contacts: [{ external_id: 'usr_0871' }] }
  expect(await refusal(createTicket, archived)).toBe('404 not_found: User Not Found')
})

test('exactly one person, of a type that exists', async () => {
  const { refusal } = opened()
  expect(await refusal(createTicket, { ticket_type_id: question })).toMatch(/^400 /)
  expect(await refusal(createTicket, { ticket_type_id: question, contacts: [] })).toMatch(/^400 /)
  expect(await refusal(createTicket, { ticket_type_id: question, contacts: [...contacts, ...contacts] })).toMatch(/^400 /)
  expect(await refusal(createTicket, { ticket_type_id: question, contacts: [{}] })).toMatch(/^400 /)
  expect(await refusal(createTicket, { ticket_type_id: '999', contacts })).toMatch(/^404 not_found/)
})

test('a ticket may be made in the past, and be about a company named either way', async () => {
  const { ask, refusal } = opened()
  const wanted = { ticket_type_id: question, contacts, created_at: start - 1000 }
  const made = await ask(createTicket, { ...wanted, company_id: 'co_201' })
  expect(made).toMatchObject({ created_at: start - 1000, updated_at: start, ticket_parts: { ticket_parts: [{ created_at: start - 1000 }] } })
  expect((await ask(createTicket, { ...wanted, company_id: '66f0c3d1a7b24e2000000001' })).type).toBe('ticket')
  expect(await refusal(createTicket, { ...wanted, company_id: 'co_999' })).toBe('404 company_not_found: Company Not Found')
  expect((await ask(updateTicket, { id: made.id, company_id: null })).type).toBe('ticket')
  expect(await refusal(updateTicket, { id: made.id, company_id: 'co_999' })).toBe('404 company_not_found: Company Not Found')
})

test('required attributes must be there, and a refused ticket leaves nothing behind', async () => {
  const { ask, refusal } = opened()
  const person = [{ email: 'nobody@elsewhere.example' }]
  const missing = '400 parameter_invalid: Missing required ticket attributes'
  expect(await refusal(createTicket, { ticket_type_id: bookingProblem, contacts: person })).toBe(missing)
  expect(await refusal(createTicket, { ticket_type_id: bookingProblem, contacts: person, ticket_attributes: { Severity: 'Low', 'Booking reference': null } })).toBe(missing)
  expect(await refusal(createTicket, { ticket_type_id: bookingProblem, contacts: person, ticket_attributes: { Severity: 'Low', 'Booking reference': '' } })).toBe(missing)
  const { total_count } = await ask(searchContacts, { query: { field: 'email', operator: '=', value: 'nobody@elsewhere.example' } })
  expect(total_count).toBe(0)
})

/** A type that asks one question of every data type, named after it. */
const questionnaire = async ({ ask }: Pick<ReturnType<typeof opened>, 'ask'>) => {
  const { id } = await ask(createTicketType, { name: 'Questionnaire' })
  for (const data_type of ['string', 'list', 'integer', 'decimal', 'boolean', 'datetime', 'files'] as const)
    await ask(createTicketTypeAttribute, { ticket_type_id: id, name: data_type, description: '', data_type, list_items: 'Oars,Sails' })
  return id
}

test('values of every data type go in and come out', async () => {
  const workspace = opened()
  const ticket_type_id = await questionnaire(workspace)
  const file = 'https://files.example/tide%20table.png'
  const ticket_attributes = { string: 'a', list: 'Sails', integer: 7, decimal: 1.5, boolean: false, datetime: start, files: [file] }
  const made = await workspace.ask(createTicket, { ticket_type_id, contacts, ticket_attributes })
  expect(made.ticket_attributes).toMatchObject({
    ...ticket_attributes,
    files: [{ type: 'upload', name: 'tide table.png', url: file, content_type: 'image/png' }],
  })
})

test('a list takes the id of a choice, numbers may be text, and dates ISO', async () => {
  const workspace = opened()
  const ticket_type_id = await questionnaire(workspace)
  const { ticket_type } = await workspace.ask(createTicket, { ticket_type_id, contacts })
  const list = ticket_type?.ticket_type_attributes?.data?.find(({ name }) => name === 'list')
  const [, sails] = (list?.input_options?.['list_options'] ?? []) as { id: string; label: string }[]
  const ticket_attributes = { list: sails?.id, integer: '7', decimal: '1.5', boolean: 'true', datetime: '2026-11-22T10:00:00Z' }
  const made = await workspace.ask(createTicket, { ticket_type_id, contacts, ticket_attributes })
  expect(made.ticket_attributes).toMatchObject({ list: 'Sails', integer: 7, decimal: 1.5, boolean: true, datetime: 1_795_341_600 })
})

test.each([
  ['string', 7],
  ['string', ['a']],
  ['list', 'Paddles'],
  ['integer', 1.5],
  ['integer', 'seven'],
  ['decimal', 'much'],
  ['decimal', ''],
  ['boolean', 'maybe'],
  ['boolean', 1],
  ['datetime', 'soon'],
  ['datetime', 1e300],
  ['files', 'no url'],
  ['files', ['https://files.example/1.png', 'https://files.example/2.png']],
])('a %s does not take %j', async (name, value) => {
  const workspace = opened({ seed: 'empty' })
  const ticket_type_id = await questionnaire(workspace)
  const wanted = { ticket_type_id, contacts: [{ email: 'ada@example.com' }], ticket_attributes: { [name]: value } }
  expect(await workspace.refusal(createTicket, wanted)).toMatch(new RegExp(`^400 parameter_invalid: Ticket attribute '${name}' must be `))
})

test('an attribute the type does not have is refused', async () => {
  const { refusal } = opened()
  const wanted = { ticket_type_id: question, contacts, ticket_attributes: { area: 'Waivers' } }
  expect(await refusal(createTicket, wanted)).toBe("400 parameter_invalid: Ticket attribute 'area' does not exist")
})

test('an update writes one part for each kind of change, in Intercom’s order', async () => {
  const { ask, later } = opened()
  const { id } = await ask(createTicket, { ticket_type_id: bug, contacts })
  later(60)
  const after = await ask(updateTicket, {
    id,
    ticket_attributes: { _default_title_: 'Sync', Component: 'Webhooks' },
    ticket_state_id: states.with_engineering,
    assignment: { admin_id: ines, assignee_id: tobias },
    open: true,
    snoozed_until: start + 86_400,
    is_shared: true,
  })
  expect(after).toMatchObject({
    ticket_attributes: { _default_title_: 'Sync', _default_description_: null, Component: 'Webhooks' },
    ticket_state: { id: states.with_engineering, category: 'in_progress' },
    admin_assignee_id: tobias,
    team_assignee_id: '0',
    open: true,
    snoozed_until: start + 86_400,
    is_shared: true,
    created_at: start,
    updated_at: start + 60,
  })
  const [, first, second, moved, assigned, snoozed] = after.ticket_parts?.ticket_parts ?? []
  expect([first, second].map((part) => part?.part_type)).toEqual(['ticket_attribute_updated_by_admin', 'ticket_attribute_updated_by_admin'])
  expect(first).toMatchObject({ author: fin, created_at: start + 60 })
  expect(first).not.toHaveProperty('updated_attribute_data')
  expect(moved).toMatchObject({ part_type: 'ticket_state_updated_by_admin', author: fin, ticket_state: 'in_progress', previous_ticket_state: 'submitted' })
  expect(moved?.app_package_code).toEqual(expect.any(String))
  expect(assigned).toMatchObject({ part_type: 'assignment', author: { type: 'admin', id: ines }, assigned_to: { type: 'admin', id: tobias } })
  expect(snoozed).toMatchObject({ part_type: 'snoozed', author: fin })
  expect(after.ticket_parts?.total_count).toBe(6)
})

test('a ticket goes to an admin, to a team, and to nobody', async () => {
  const { ask, refusal } = opened()
  const { id } = await ask(createTicket, { ticket_type_id: question, contacts })
  const assign = (assignee_id: string) => ask(updateTicket, { id, assignment: { admin_id: ines, assignee_id } })
  expect(await assign(tobias)).toMatchObject({ admin_assignee_id: tobias, team_assignee_id: '0' })
  expect(await assign(productFixes)).toMatchObject({ admin_assignee_id: tobias, team_assignee_id: productFixes })
  expect(await refusal(updateTicket, { id, assignment: { admin_id: ines, assignee_id: tobias } })).toMatch(
    /^422 .*already assigned to the specified assignee/,
  )
  const freed = await assign('0')
  expect(freed).toMatchObject({ admin_assignee_id: '0', team_assignee_id: '0' })
  expect(freed.ticket_parts?.ticket_parts?.at(-1)).toMatchObject({ part_type: 'assignment', assigned_to: { type: 'nobody_admin', id: null } })
})

test('an unknown assigner or assignee is not found', async () => {
  const { ask, refusal } = opened()
  const { id } = await ask(createTicket, { ticket_type_id: question, contacts })
  const missing = '404 assignee_not_found: Assignee not found'
  expect(await refusal(updateTicket, { id, assignment: { admin_id: '123', assignee_id: tobias } })).toBe(missing)
  expect(await refusal(updateTicket, { id, assignment: { admin_id: ines, assignee_id: '456' } })).toBe(missing)
  expect(await refusal(updateTicket, { id, assignment: { admin_id: ines, assignee_id: fin.id } })).toBe(missing)
})

test('a state must be one of the type’s, and another than the present one', async () => {
  const { ask, refusal } = opened()
  const { id } = await ask(createTicket, { ticket_type_id: question, contacts })
  const invalid = '400 ticket_state_id_invalid: Ticket state id is not valid or is not associated with the ticket type'
  expect(await refusal(updateTicket, { id, ticket_state_id: '0' })).toBe(invalid)
  expect(await refusal(updateTicket, { id, ticket_state_id: states.with_engineering })).toBe(invalid)
  expect(await refusal(updateTicket, { id, ticket_state_id: states.submitted })).toMatch(/^400 .*Cannot transition ticket to the same state/)
  expect(await ask(updateTicket, { id, ticket_state_id: states.resolved })).toMatchObject({ ticket_state: { category: 'resolved' }, open: true })
})

test('a refused update changes nothing', async () => {
  const { ask, refusal } = opened()
  const before = await ask(createTicket, { ticket_type_id: question, contacts })
  await refusal(updateTicket, { id: before.id, ticket_attributes: { _default_title_: 'Other' }, ticket_state_id: '0' })
  expect(await ask(getTicket, { id: before.id })).toEqual(before)
})

test('closing unsnoozes, opening opens, and what is so already leaves no part', async () => {
  const { ask } = opened()
  const { id } = await ask(createTicket, { ticket_type_id: question, contacts })
  expect(await ask(updateTicket, { id, snoozed_until: start + 3600 })).toMatchObject({ open: true, snoozed_until: start + 3600 })
  const closed = await ask(updateTicket, { id, open: false })
  expect(closed.open).toBe(false)
  expect(closed).not.toHaveProperty('snoozed_until')
  await ask(updateTicket, { id, open: false })
  expect(await ask(updateTicket, { id, open: true })).toMatchObject({ open: true })
  const after = await ask(updateTicket, { id, open: true })
  expect(partTypes(after)).toEqual(['ticket_state_updated_by_admin', 'snoozed', 'close', 'open'])
})

test('a snooze ends by itself when its time has come', async () => {
  const { ask, later } = opened()
  const { id } = await ask(createTicket, { ticket_type_id: question, contacts })
  await ask(updateTicket, { id, snoozed_until: start + 3600 })
  later(3599)
  expect(await ask(getTicket, { id })).toMatchObject({ snoozed_until: start + 3600 })
  later(1)
  const awake = await ask(getTicket, { id })
  expect(awake).toMatchObject({ open: true, updated_at: start + 3600 })
  expect(awake).not.toHaveProperty('snoozed_until')
  expect(awake.ticket_parts?.ticket_parts?.at(-1)).toMatchObject({ part_type: 'timer_unsnooze', created_at: start + 3600, author: fin })
})

test('a snooze until a moment that is past lasts until nine the next morning, New York time', async () => {
  const { ask } = opened()
  const { id } = await ask(createTicket, { ticket_type_id: question, contacts })
  const { snoozed_until } = await ask(updateTicket, { id, snoozed_until: 1_673_609_604 })
  expect(new Date((snoozed_until ?? 0) * 1000).toISOString()).toBe('2026-11-23T14:00:00.000Z')
})

test('a renamed attribute keeps its value', async () => {
  const { ask } = opened()
  const made = await ask(createTicket, { ticket_type_id: question, contacts, ticket_attributes: { Area: 'Payments' } })
  const area = made.ticket_type?.ticket_type_attributes?.data?.find(({ name }) => name === 'Area')
  await ask(updateTicketTypeAttribute, { ticket_type_id: question, id: area?.id ?? '', name: 'Topic' })
  expect((await ask(getTicket, { id: made.id })).ticket_attributes).toMatchObject({ Topic: 'Payments' })
})

test('a deleted ticket is gone, and the inbox number does not open it while it is there', async () => {
  const { ask, refusal, send } = opened()
  const { id, ticket_id } = await ask(createTicket, { ticket_type_id: question, contacts })
  const missing = '404 ticket_not_found: Ticket not found'
  expect((await send(`GET /tickets/${String(ticket_id)}`)).body).not.toMatchObject({ id }) // it may be another's id
  expect(await ask(deleteTicket, { id })).toEqual({ id, object: 'ticket', deleted: true })
  expect(await refusal(getTicket, { id })).toBe(missing)
  expect(await refusal(updateTicket, { id, open: false })).toBe(missing)
  expect(await refusal(deleteTicket, { id })).toBe(missing)
})

test('null stands for what is not given', async () => {
  const { send } = opened()
  const { status, body } = await send('POST /tickets', { ticket_type_id: question, contacts, company_id: null, created_at: null, ticket_attributes: null })
  expect({ status, body }).toMatchObject({ status: 200, body: { created_at: start } })
  expect(await send('POST /tickets', { ticket_type_id: null, contacts })).toMatchObject({ status: 400 })
})
