import { expect, test } from 'vitest'
import { listTicketStates } from '../../src/contract/ticket-states.ts'
import { createTicketTypeAttribute, updateTicketTypeAttribute } from '../../src/contract/ticket-type-attributes.ts'
import { createTicketType, getTicketType, listTicketTypes, updateTicketType } from '../../src/contract/ticket-types.ts'
import { createTicket, getTicket } from '../../src/contract/tickets.ts'
import { bookingProblem, bug, maren, opened, question, start, states } from './opened.ts'

const attributesOf = (type: { ticket_type_attributes?: { data?: unknown } | null | undefined }) =>
  type.ticket_type_attributes?.data as { id: string; name: string; data_type: string; order: number; archived: boolean }[]

test('the seed has types of all three categories and attributes of every data type', async () => {
  const { ask } = opened()
  const { type, data } = await ask(listTicketTypes, {})
  expect(type).toBe('list')
  expect(data).toHaveLength(5)
  expect(new Set(data.map(({ category }) => category))).toEqual(new Set(['Customer', 'Back-office', 'Tracker']))
  expect(data.map(({ is_internal }) => is_internal)).toEqual([false, false, false, true, true])
  const types = data.flatMap(attributesOf).map(({ data_type }) => data_type)
  expect(new Set(types)).toEqual(new Set(['string', 'list', 'integer', 'decimal', 'boolean', 'datetime', 'files']))
})

test('a new type has the two default attributes and the four default states', async () => {
  const { ask } = opened()
  const made = await ask(createTicketType, { name: 'Lost property', description: 'Left in a boat.' })
  expect(made).toMatchObject({
    type: 'ticket_type',
    id: '6',
    name: 'Lost property',
    description: 'Left in a boat.',
    icon: '🎟️',
    category: 'Customer',
    is_internal: false,
    archived: false,
    workspace_id: 'pw7k2m9x',
    created_at: start,
    updated_at: start,
    ticket_type_attributes: { type: 'list' },
    ticket_states: { type: 'list' },
  })
  expect(attributesOf(made)).toMatchObject([
    { name: '_default_title_', data_type: 'string', description: '', input_options: { multiline: false }, order: 0, default: true, ticket_type_id: 6 },
    { name: '_default_description_', data_type: 'string', input_options: { multiline: true }, order: 1, default: true, required_to_create: false },
  ])
  expect(made.ticket_states?.data).toEqual([
    { type: 'ticket_state', id: states.submitted, category: 'submitted', internal_label: 'Submitted', external_label: 'Submitted' },
    { type: 'ticket_state', id: states.in_progress, category: 'in_progress', internal_label: 'In progress', external_label: 'In progress' },
    { type: 'ticket_state', id: states.waiting, category: 'waiting_on_customer', internal_label: 'Waiting on customer', external_label: 'Waiting on you' },
    { type: 'ticket_state', id: states.resolved, category: 'resolved', internal_label: 'Resolved', external_label: 'Resolved' },
  ])
  expect(await ask(getTicketType, { id: '6' })).toEqual(made)
})

test('what customers do not see is internal unless said otherwise', async () => {
  const { ask } = opened()
  expect(await ask(createTicketType, { name: 'Task', category: 'Back-office' })).toMatchObject({ category: 'Back-office', is_internal: true })
  expect(await ask(createTicketType, { name: 'Shared', category: 'Tracker', is_internal: false })).toMatchObject({ is_internal: false })
})

test('a type needs a name, a known category, and to exist', async () => {
  const { refusal } = opened()
  expect(await refusal(createTicketType, {})).toMatch(/^400 /)
  expect(await refusal(createTicketType, { name: '  ' })).toMatch(/^400 parameter_not_found/)
  expect(await refusal(createTicketType, { name: 'Odd', category: 'Customers' })).toMatch(/^400 /)
  expect(await refusal(getTicketType, { id: '999' })).toBe('404 not_found: Resource Not Found')
  expect(await refusal(updateTicketType, { id: '999', name: 'None' })).toBe('404 not_found: Resource Not Found')
})

test('an update changes what it names; an archived type takes no new tickets', async () => {
  const { ask, refusal, later } = opened()
  later(60)
  const before = await ask(getTicketType, { id: question })
  const after = await ask(updateTicketType, { id: question, name: 'Query', icon: '❓', archived: true })
  expect(after).toEqual({ ...before, name: 'Query', icon: '❓', archived: true, updated_at: start + 60 })
  expect(await refusal(createTicket, { ticket_type_id: question, contacts: [{ id: maren.id }] })).toMatch(/^400 parameter_invalid/)
})

test('attributes take the next place and their defaults', async () => {
  const { ask } = opened()
  const made = await ask(createTicketTypeAttribute, { ticket_type_id: question, name: 'Boat', description: 'Which one.', data_type: 'string' })
  expect(made).toMatchObject({
    type: 'ticket_type_attribute',
    name: 'Boat',
    description: 'Which one.',
    data_type: 'string',
    input_options: { multiline: false },
    order: 3,
    required_to_create: false,
    required_to_create_for_contacts: false,
    visible_on_create: true,
    visible_to_contacts: true,
    default: false,
    ticket_type_id: 1,
    archived: false,
    created_at: start,
    updated_at: start,
    workspace_id: 'pw7k2m9x',
  })
  const type = await ask(getTicketType, { id: question })
  expect(attributesOf(type).map(({ name }) => name)).toEqual(['_default_title_', '_default_description_', 'Area', 'Boat'])
})

test('a list has its choices from a comma separated text, and keeps the ids of those that stay', async () => {
  const { ask, refusal } = opened()
  const wanted = { ticket_type_id: question, name: 'Size', description: 'Of the boat.', data_type: 'list' } as const
  const made = await ask(createTicketTypeAttribute, { ...wanted, list_items: 'Small, Large,,Large' })
  const options = (attribute: typeof made) => attribute.input_options?.['list_options'] as { id: string; label: string }[]
  expect(options(made).map(({ label }) => label)).toEqual(['Small', 'Large'])
  const changed = await ask(updateTicketTypeAttribute, { ticket_type_id: question, id: made.id, list_items: 'Large,Huge' })
  expect(options(changed).map(({ label }) => label)).toEqual(['Large', 'Huge'])
  expect(options(changed)[0]).toEqual(options(made)[1])
  expect(await refusal(createTicketTypeAttribute, { ...wanted, name: 'Colour' })).toMatch(/^400 .*list_items/)
  expect(await refusal(createTicketTypeAttribute, { ...wanted, name: 'Colour', list_items: ' , ' })).toMatch(/^400 .*list_items/)
})

test('only strings and lists have input options', async () => {
  const { ask } = opened()
  const wanted = { ticket_type_id: question, description: '' }
  expect(await ask(createTicketTypeAttribute, { ...wanted, name: 'Long', data_type: 'string', multiline: true })).toMatchObject({
    input_options: { multiline: true },
  })
  for (const data_type of ['integer', 'decimal', 'boolean', 'datetime', 'files'] as const)
    expect((await ask(createTicketTypeAttribute, { ...wanted, name: data_type, data_type })).input_options).toBeNull()
})

test('an attribute changes its settings, never its data type', async () => {
  const { ask, send, later } = opened()
  const [, , area] = attributesOf(await ask(getTicketType, { id: question }))
  const id = area?.id ?? ''
  later(5)
  const after = await ask(updateTicketTypeAttribute, { ticket_type_id: question, id, name: 'Topic', required_to_create: true, visible_on_create: false })
  expect(after).toMatchObject({ id, name: 'Topic', data_type: 'list', required_to_create: true, visible_on_create: false, updated_at: start + 5 })
  const { body } = await send(`PUT /ticket_types/${question}/attributes/${id}`, { data_type: 'string' })
  expect(body).toMatchObject({ data_type: 'list' })
})

test('an archived attribute stays on old tickets and leaves new ones', async () => {
  const { ask, refusal } = opened()
  const contacts = [{ id: maren.id }]
  const old = await ask(createTicket, { ticket_type_id: question, contacts, ticket_attributes: { Area: 'Waivers' } })
  const [, , area] = attributesOf(await ask(getTicketType, { id: question }))
  expect(await ask(updateTicketTypeAttribute, { ticket_type_id: question, id: area?.id ?? '', archived: true })).toMatchObject({ archived: true })
  expect((await ask(getTicket, { id: old.id })).ticket_attributes).toMatchObject({ Area: 'Waivers' })
  expect(Object.keys((await ask(createTicket, { ticket_type_id: question, contacts })).ticket_attributes ?? {})).toEqual([
    '_default_title_',
    '_default_description_',
  ])
  expect(await refusal(createTicket, { ticket_type_id: question, contacts, ticket_attributes: { Area: 'Waivers' } })).toMatch(/^400 /)
})

test('attributes of an unknown type, of another type, of a taken name or of no type there is, are refused', async () => {
  const { refusal } = opened()
  const wanted = { ticket_type_id: question, name: 'Boat', description: '', data_type: 'string' }
  expect(await refusal(createTicketTypeAttribute, { ...wanted, ticket_type_id: '999' })).toBe('404 not_found: Resource Not Found')
  expect(await refusal(createTicketTypeAttribute, { ...wanted, name: 'area' })).toMatch(/^400 parameter_invalid/)
  expect(await refusal(createTicketTypeAttribute, { ...wanted, data_type: 'colour' })).toMatch(/^400 /)
  expect(await refusal(createTicketTypeAttribute, { ticket_type_id: question, name: 'Boat' })).toMatch(/^400 /)
  expect(await refusal(updateTicketTypeAttribute, { ticket_type_id: bookingProblem, id: '3', name: 'Mine' })).toMatch(/^404 not_found/)
  expect(await refusal(updateTicketTypeAttribute, { ticket_type_id: '999', id: '3', name: 'Mine' })).toMatch(/^404 not_found/)
})

test('states tell the types they belong to', async () => {
  const { ask } = opened()
  const { type, data } = await ask(listTicketStates, {})
  expect(type).toBe('list')
  expect(data.map(({ category, archived }) => [category, archived])).toEqual([
    ['submitted', false],
    ['in_progress', false],
    ['waiting_on_customer', false],
    ['resolved', false],
    ['in_progress', false],
  ])
  const typesOf = (index: number) => data[index]?.ticket_types?.data?.map(({ id }) => id)
  expect(typesOf(0)).toEqual(['1', '2', '3', '4', '5'])
  expect(typesOf(4)).toEqual([bug])
  expect(data[4]).toMatchObject({ type: 'ticket_state', id: states.with_engineering, internal_label: 'With engineering', external_label: 'Being fixed' })
  expect(data[4]?.ticket_types?.data?.[0]).toEqual({
    type: 'ticket_type',
    id: bug,
    name: 'Bug',
    description: 'Work for the product team behind what a customer reported.',
    icon: '🐞',
    archived: false,
    is_internal: true,
    category: 'Back-office',
  })
})
