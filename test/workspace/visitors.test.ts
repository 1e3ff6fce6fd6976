import { describe, expect, test } from 'vitest'
import { archiveContact, createContact, getContact, searchContacts } from '../../src/contract/contacts.ts'
import { createConversation, getConversation } from '../../src/contract/conversations.ts'
import { convertVisitor, getVisitor, updateVisitor } from '../../src/contract/visitors.ts'
import { uuid } from '../../src/workspace/uuid.ts'
import { asking } from './asking.ts'
import { maren, opened, start } from './opened.ts'
import { told } from './told.ts'

/** The visitors of the seed. */
const canoe = { id: '66f0c3d1a7b24e7000000001', user_id: uuid('visitor 1') } as const
const anorak = { id: '66f0c3d1a7b24e7000000003', user_id: uuid('visitor 3'), email: 'emile@atelierdulac.example' } as const
const nobody = { user_id: 'nobody' }

describe('a visitor', () => {
  const { ask, refusal, later, now } = opened()

  test('is found by user_id, with everything null or empty that is not known', async () => {
    expect(await ask(getVisitor, { user_id: canoe.user_id })).toMatchObject({
      type: 'visitor',
      ...canoe,
      anonymous: true,
      email: '',
      name: null,
      pseudonym: 'Teal Canoe',
      avatar: { type: 'avatar', image_url: expect.stringMatching(/teal-canoe\.png$/) as string },
      location_data: { type: 'location_data', city_name: 'Duluth', timezone: 'America/Chicago' },
      companies: { type: 'company.list', companies: [] },
      session_count: 4,
      utm_source: 'season-handbook',
      owner_id: null,
      do_not_track: null,
    })
    expect(await ask(getVisitor, { user_id: uuid('visitor 4') })).toMatchObject({ pseudonym: null, avatar: { image_url: null }, location_data: {} })
  })

  test('is in an empty workspace too, since no request makes one', async () => {
    expect(await opened({ seed: 'empty' }).ask(getVisitor, { user_id: canoe.user_id })).toMatchObject({ id: canoe.id })
  })

  test('is no contact', async () => {
    expect(await refusal(getContact, { id: canoe.id })).toBe('404 not_found: User Not Found')
    const found = await ask(searchContacts, { query: { field: 'external_id', operator: '=', value: canoe.user_id } })
    expect(found.total_count).toBe(0)
  })

  test('gets a name and attributes, by either id', async () => {
    later(60)
    expect(await ask(updateVisitor, { id: canoe.id, name: 'Gareth' })).toMatchObject({ ...canoe, name: 'Gareth', updated_at: now() })
    await ask(updateVisitor, { user_id: canoe.user_id, custom_attributes: { seats: 3, plan: 'Crew' } })
    await ask(updateVisitor, { user_id: canoe.user_id, custom_attributes: { plan: null } })
    expect(await ask(getVisitor, { user_id: canoe.user_id })).toMatchObject({ name: 'Gareth', custom_attributes: { seats: 3 } })
  })

  test.each([
    ['to read nobody', getVisitor, nobody, '404 not_found: Visitor Not Found'],
    ['to read somebody not named', getVisitor, {}, '400 parameter_not_found: user_id'],
    ['to change nobody', updateVisitor, { ...nobody, name: 'Fail' }, '404 not_found: Visitor Not Found'],
    ['to change nobody by id', updateVisitor, { id: maren.id, name: 'Fail' }, '404 not_found: Visitor Not Found'],
    ['to change somebody not named', updateVisitor, { name: 'Fail' }, '400 parameter_not_found'],
    ['an unknown attribute', updateVisitor, { id: canoe.id, custom_attributes: { mood: 'calm' } }, "400 parameter_invalid: Custom attribute 'mood' does not exist"],
    ['to convert nobody', convertVisitor, { type: 'user', visitor: nobody, user: { email: 'a@example.test' } }, '404 not_found: Visitor Not Found'],
    ['to convert somebody not named', convertVisitor, { type: 'user', visitor: {}, user: { email: 'a@example.test' } }, '400 parameter_not_found'],
    ['to convert without a visitor', convertVisitor, { type: 'user', user: { email: 'a@example.test' } }, '400 parameter_not_found: visitor'],
    ['to convert into something else', convertVisitor, { type: 'company', visitor: canoe, user: {} }, '400 parameter_invalid'],
    ['to convert into a user without a name', convertVisitor, { type: 'user', visitor: canoe, user: {} }, '400 parameter_not_found'],
    ['to convert into a contact that is not', convertVisitor, { type: 'user', visitor: canoe, user: { id: '0123456789abcdef01234567' } }, '404 not_found: User Not Found'],
  ])('%s is refused', async (_, operation, wrong, expected) => {
    expect(await refusal(operation, wrong)).toContain(expected)
  })
})

describe('converting', () => {
  const gone = async ({ refusal }: ReturnType<typeof opened>, visitor: { user_id: string }) =>
    expect(await refusal(getVisitor, { user_id: visitor.user_id })).toBe('404 not_found: Visitor Not Found')

  test('makes a new user with the names given, who knows what the visitor told', async () => {
    const workspace = opened()
    const contact = await workspace.ask(convertVisitor, { type: 'user', visitor: { user_id: canoe.user_id }, user: { email: 'foo@bar.test' } })
    expect(contact).toMatchObject({
      type: 'contact',
      id: canoe.id,
      role: 'user',
      email: 'foo@bar.test',
      external_id: null,
      signed_up_at: start,
      location: { city: 'Duluth', country_code: 'US' },
      utm_campaign: 'spring-opening',
    })
    expect(await workspace.ask(getContact, { id: contact.id })).toEqual(contact)
    await gone(workspace, canoe)
    expect(await workspace.refusal(convertVisitor, { type: 'user', visitor: canoe, user: { email: 'foo@bar.test' } })).toBe('404 not_found: Visitor Not Found')
  })

  test('makes a new user with a user_id, found by it ever after', async () => {
    const { ask } = opened()
    await ask(convertVisitor, { type: 'user', visitor: { id: canoe.id }, user: { user_id: 'usr_9001', email: 'foo@bar.test' } })
    expect((await ask(searchContacts, { query: { field: 'external_id', operator: '=', value: 'usr_9001' } })).data).toMatchObject([{ id: canoe.id, email: 'foo@bar.test' }])
  })

  test.each([
    ['id', { id: maren.id }],
    ['user_id', { user_id: maren.external_id }],
    ['email', { email: maren.email }],
  ])('into a user who is there already, by %s, adds to them what they lack', async (_, user) => {
    const workspace = opened()
    await workspace.ask(updateVisitor, { id: canoe.id, name: 'Gareth', custom_attributes: { seats: 3 } })
    const before = await workspace.ask(getContact, { id: maren.id })
    const after = await workspace.ask(convertVisitor, { type: 'user', visitor: { id: canoe.id }, user })
    expect(after).toEqual({ ...before, updated_at: start })
    await gone(workspace, canoe)
    expect(await workspace.refusal(getContact, { id: canoe.id })).toMatch(/^404/)
  })

  test('fills what the user lacks', async () => {
    const { ask } = opened()
    const { id } = await ask(createContact, { external_id: 'usr_9002' })
    await ask(updateVisitor, { id: canoe.id, name: 'Gareth', custom_attributes: { seats: 3 } })
    expect(await ask(convertVisitor, { type: 'user', visitor: { id: canoe.id }, user: { id } })).toMatchObject({
      id,
      name: 'Gareth',
      email: null,
      custom_attributes: { seats: 3 },
      location: { city: null },
      utm_source: 'season-handbook',
    })
  })

  test('a visitor who left the email of a user is that user by the email alone', async () => {
    const workspace = opened()
    const user = await workspace.ask(convertVisitor, { type: 'user', visitor: { email: anorak.email }, user: { email: anorak.email } })
    expect(user).toMatchObject({ name: 'Émile Côté', phone: '+18195550134' })
    await gone(workspace, anorak)
  })

  test('an email that another user has is a conflict, and the visitor stays', async () => {
    const { ask, refusal } = opened()
    expect(await refusal(convertVisitor, { type: 'user', visitor: { id: anorak.id }, user: { user_id: 'usr_9003' } })).toMatch(/^409 conflict/)
    expect(await ask(getVisitor, { user_id: anorak.user_id })).toMatchObject({ id: anorak.id })
    await ask(archiveContact, { id: maren.id })
    expect(await refusal(convertVisitor, { type: 'user', visitor: { id: canoe.id }, user: { email: maren.email } })).toMatch(/^409 conflict: An archived contact/)
  })

  test('makes a lead, who may share an email', async () => {
    const workspace = opened()
    const lead = await workspace.ask(convertVisitor, { type: 'lead', visitor: { user_id: anorak.user_id }, user: {} })
    expect(lead).toMatchObject({ id: anorak.id, role: 'lead', external_id: anorak.user_id, email: anorak.email, signed_up_at: null })
    await gone(workspace, anorak)
    expect(await workspace.ask(convertVisitor, { type: 'lead', visitor: { id: canoe.id }, user: { email: maren.email } })).toMatchObject({ id: canoe.id, email: maren.email })
  })

  test('a new lead is told of with the email they are given', async () => {
    const { ask, workspace } = asking()
    const deliveries = await told(workspace, ['contact.lead.created'])
    await ask('POST', '/visitors/convert', { type: 'lead', visitor: { id: canoe.id }, user: { email: 'noor@example.test' } })
    expect(await deliveries()).toMatchObject([{ topic: 'contact.lead.created', item: { id: canoe.id, email: 'noor@example.test' } }])
  })

  test('into a lead who is there already, by id', async () => {
    const { ask } = opened()
    const { id } = await ask(createContact, { role: 'lead', name: 'Kim' })
    expect(await ask(convertVisitor, { type: 'lead', visitor: { id: canoe.id }, user: { id } })).toMatchObject({ id, name: 'Kim', role: 'lead', utm_source: 'season-handbook' })
  })
})

test.each([['user_id', canoe.user_id], ['id', canoe.id]])('a visitor who writes in, named by %s, becomes a lead', async (_, id) => {
  const { ask, refusal } = opened()
  const { conversation_id } = await ask(createConversation, { from: { type: 'user', id }, body: 'Do you rent canoes?' })
  expect(await ask(getContact, { id: canoe.id })).toMatchObject({ role: 'lead', external_id: canoe.user_id, last_replied_at: start })
  expect(await ask(getConversation, { id: conversation_id! })).toMatchObject({ contacts: { contacts: [{ id: canoe.id }] }, source: { author: { id: canoe.id } } })
  expect(await refusal(getVisitor, { user_id: canoe.user_id })).toMatch(/^404/)
})
