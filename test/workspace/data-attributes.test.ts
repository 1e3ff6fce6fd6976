import { describe, expect, test } from 'vitest'
import { DataAttribute } from '../../src/contract/data-attributes.ts'
import { asking, morning, newForEachTest, refused } from './asking.ts'
import { ines, maren } from './opened.ts'

const room = newForEachTest()
const { ask } = room

interface Attribute {
  readonly id?: number
  readonly name: string
  readonly full_name: string
  readonly model: string
  readonly custom: boolean
}

const listed = async (query = '') => (await ask('GET', `/data_attributes${query}`)).body.data as Attribute[]
const names = async (query = '') => (await listed(query)).filter(({ custom }) => custom).map(({ name }) => name)
const create = (fields: object) => ask('POST', '/data_attributes', { name: 'Fax number', model: 'contact', data_type: 'string', ...fields })
const update = (id: number, fields: object) => ask('PUT', `/data_attributes/${id}`, fields)
const write = (custom_attributes: object) => ask('PUT', `/contacts/${maren.id}`, { custom_attributes })

/** Attributes of the seed; a segment is built on the second, the third is archived. */
const plan = 930_101
const trialEnd = 930_105
const legacy = 930_108

describe('the list', () => {
  test('has the standard attributes of each model, without an id, and the custom ones', async () => {
    const all = await listed()
    expect(new Set(all.map(({ model }) => model))).toEqual(new Set(['contact', 'company', 'conversation']))
    const planName = all.find(({ model, full_name }) => model === 'company' && full_name === 'plan.name')
    expect(planName).toEqual({
      type: 'data_attribute',
      name: 'name',
      full_name: 'plan.name',
      label: 'Plan',
      data_type: 'string',
      api_writable: false,
      ui_writable: false,
      messenger_writable: true,
      custom: false,
      archived: false,
      model: 'company',
    })
    expect(all.filter(({ custom }) => !custom).every((attribute) => !('id' in attribute) && !('admin_id' in attribute))).toBe(true)
    for (const attribute of all) expect(DataAttribute.parse(attribute)).toEqual(attribute)
    expect(all.find(({ id }) => id === plan)).toEqual({
      type: 'data_attribute',
      id: plan,
      name: 'plan',
      full_name: 'custom_attributes.plan',
      label: 'plan',
      description: 'Plan of the account.',
      data_type: 'string',
      options: ['Starter', 'Crew', 'Fleet'],
      api_writable: true,
      ui_writable: false,
      messenger_writable: false,
      custom: true,
      archived: false,
      model: 'contact',
      admin_id: expect.any(String),
      created_at: expect.any(Number),
      updated_at: expect.any(Number),
    })
  })

  test('is of one model when asked for it', async () => {
    expect(new Set((await listed('?model=company')).map(({ model }) => model))).toEqual(new Set(['company']))
    expect(await names('?model=conversation')).toEqual(['Topic', 'Guests affected', 'Refunded', 'Urgent', 'Tour date'])
    expect((await ask('GET', '/data_attributes?model=ticket')).status).toBe(400)
  })

  test('names every field that contacts can be searched by', async () => {
    const unknown: string[] = []
    for (const { full_name } of await listed('?model=contact'))
      if ((await ask('POST', '/contacts/search', { query: { field: full_name, operator: '=', value: null } })).status !== 200) unknown.push(full_name)
    expect(unknown).toEqual([])
  })

  test('hides archived ones unless asked for them', async () => {
    expect(await names('?model=contact')).not.toContain('legacy_crm_id')
    expect(await names('?model=contact&include_archived=false')).not.toContain('legacy_crm_id')
    expect(await names('?model=contact&include_archived=true')).toContain('legacy_crm_id')
  })

  test('of an empty workspace has what no request can make: the attributes of conversations', async () => {
    const empty = asking({ seed: 'empty' })
    const custom = (await empty.ask('GET', '/data_attributes')).body.data.filter((attribute: Attribute) => attribute.custom)
    expect(new Set(custom.map(({ model }: Attribute) => model))).toEqual(new Set(['conversation']))
    await empty.ask('POST', '/data_attributes', { name: 'Fax number', model: 'contact', data_type: 'string' })
    const { body } = await empty.ask('POST', '/contacts', { email: 'ada@example.com', custom_attributes: { 'Fax number': '1' } })
    empty.workspace.close()
    expect(body.custom_attributes).toEqual({ 'Fax number': '1' })
  })
})

describe('a new attribute', () => {
  test('can be written, listed and searched by at once', async () => {
    const { body } = await create({})
    expect(body).toEqual({
      type: 'data_attribute',
      id: expect.any(Number),
      name: 'Fax number',
      full_name: 'custom_attributes.Fax number',
      label: 'Fax number',
      data_type: 'string',
      api_writable: true,
      ui_writable: false,
      messenger_writable: false,
      custom: true,
      archived: false,
      model: 'contact',
      admin_id: ines,
      created_at: morning,
      updated_at: morning,
    })
    expect(await listed('?model=contact')).toContainEqual(body)
    expect((await write({ 'Fax number': '+1 207' })).body.custom_attributes).toMatchObject({ 'Fax number': '+1 207' })
    const { total_count } = (await ask('POST', '/contacts/search', { query: { field: body.full_name, operator: '=', value: '+1 207' } })).body
    expect(total_count).toBe(1)
  })

  test('is a list when it has choices, which come as objects or plainly and are answered plainly', async () => {
    const options = [{ value: 'bronze' }, { value: 'silver' }, { value: 'bronze' }]
    expect((await create({ options, description: 'How loyal.' })).body).toMatchObject({ data_type: 'string', options: ['bronze', 'silver'], description: 'How loyal.' })
    expect((await create({ name: 'Tier', data_type: 'options', options: ['1', '2'] })).body).toMatchObject({ data_type: 'string', options: ['1', '2'] })
  })

  test.each(['datetime', 'date'])('of the type %s is a date', async (data_type) => {
    expect((await create({ data_type })).body.data_type).toBe('date')
    expect((await write({ 'Fax number': '2026-01-02' })).body.custom_attributes['Fax number']).toBe(1_767_312_000)
  })

  test.each(['Größe', 'a_b-c d', 'Price €', '4th'])('may be called %s', async (name) => {
    expect((await create({ name })).body.name).toBe(name)
  })

  test.each(['!nv@l!d n@me', '', '  ', ' x', 'x ', 'a.b', 'x\n'])('may not be called %j', async (name) => {
    expect(refused(await create({ name }))).toBe(
      '400 parameter_invalid: Your name for this attribute must only contain alphanumeric characters, currency symbols, and hyphens',
    )
  })

  test.each([
    ['plan', 'company', 'people', 'company'],
    ['plan', 'contact', 'people', 'people'],
    ['fleet_size', 'contact', 'company', 'people'],
    ['legacy_crm_id', 'contact', 'people', 'people'],
    ['email', 'contact', 'people', 'people'],
    ['Booking', 'contact', 'people', 'people'],
    ['Booking', 'company', 'people', 'company'],
  ])('called %s is refused to %s when there is one', async (name, model, owner, wanted) => {
    expect(refused(await create({ name, model }))).toBe(
      `400 parameter_invalid: You already have '${name}' in your ${owner} data. To save this as new ${wanted} data, use a different name.`,
    )
  })

  test('may be called as one of conversations is, or as one in other letters', async () => {
    expect((await create({ name: 'Urgent' })).status).toBe(200)
    expect((await create({ name: 'PLAN' })).status).toBe(200)
  })

  test('without anything is refused for its model', async () => {
    expect(refused(await ask('POST', '/data_attributes', { options: [{ value: '1-10' }], archived: false }))).toBe(
      '400 parameter_invalid: The Data Attribute model field must be either contact or company',
    )
  })

  test.each([
    [{ data_type: 'mithril' }, "Data Type isn't an option"],
    [{ data_type: undefined }, "Data Type isn't an option"],
    [{ model: 'conversation' }, 'The Data Attribute model field must be either contact or company'],
    [{ model: undefined }, 'The Data Attribute model field must be either contact or company'],
    [{ options: { value: '1' } }, "Options isn't an array"],
    [{ options: [{ value: '1' }] }, 'Too few options for list'],
    [{ data_type: 'integer', options: [{ value: '1' }, { value: '2' }] }, 'Options are only for attributes of the data type string'],
  ])('%j is refused', async (fields, message) => {
    expect(refused(await create(fields))).toBe(`400 parameter_invalid: ${message}`)
    expect(await names('?model=contact')).not.toContain('Fax number')
  })
})

describe('an attribute that is there', () => {
  test('gets another description, other choices, and may be opened to the Messenger', async () => {
    room.clock.seconds += 60
    const { body } = await update(plan, { description: 'What they pay for.', options: [{ value: 'Crew' }, { value: 'Armada' }], messenger_writable: true })
    expect(body).toMatchObject({ id: plan, description: 'What they pay for.', options: ['Crew', 'Armada'], messenger_writable: true, updated_at: morning + 60 })
    expect(await listed()).toContainEqual(body)
    expect((await write({ plan: 'Fleet' })).body.custom_attributes.plan).toBe('Fleet')
  })

  test('keeps its name and its type', async () => {
    expect((await update(plan, { name: 'x', data_type: 'integer' })).body).toMatchObject({ name: 'plan', data_type: 'string' })
  })

  test('is hidden and no longer written once archived, yet its values stay, and it can come back', async () => {
    expect((await update(plan, { archived: true })).body).toMatchObject({ archived: true })
    expect(await names('?model=contact')).not.toContain('plan')
    expect(refused(await write({ plan: 'Crew' }))).toBe("400 parameter_invalid: Custom attribute 'plan' does not exist")
    expect((await write({ seats: 3 })).body.custom_attributes).toMatchObject({ plan: 'Fleet', seats: 3 })
    expect((await update(plan, { archived: false })).status).toBe(200)
    expect((await write({ plan: 'Crew' })).body.custom_attributes.plan).toBe('Crew')
  })

  test('that was archived comes back with what it held', async () => {
    await update(legacy, { archived: false })
    expect((await write({ legacy_crm_id: 7 })).body.custom_attributes.legacy_crm_id).toBe(7)
  })

  test('stays while a segment is built on it, though the rest of it may change', async () => {
    expect(refused(await update(trialEnd, { archived: true }))).toBe('422 data_invalid: The Data Attribute you are trying to archive has a dependant object')
    expect((await update(trialEnd, { archived: false, description: 'x' })).status).toBe(200)
  })

  test.each(['1', 'abc'])('is not the one of the id %s', async (id) => {
    expect(refused(await ask('PUT', `/data_attributes/${id}`, { archived: true }))).toBe("404 field_not_found: We couldn't find that data attribute to update")
  })

  test.each([
    [{ options: { value: '1-10' } }, "Options isn't an array"],
    [{ options: [] }, 'Too few options for list'],
  ])('refuses %j', async (fields, message) => {
    expect(refused(await update(plan, fields))).toBe(`400 parameter_invalid: ${message}`)
  })
})
