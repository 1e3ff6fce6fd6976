import { describe, expect, test } from 'vitest'
import { attachContactToConversation, createConversation, detachContactFromConversation, getConversation, listConversations, manageConversation, redactConversation, replyConversation, searchConversations } from '../../src/contract/conversations.ts'
import { ines, maren, opened, productFixes, start, tobias } from './opened.ts'

type Workspace = ReturnType<typeof opened>

const joaquin = '66f0c3d1a7b24e1000000002'
const aoife = { id: '66f0c3d1a7b24e1000000005', external_id: 'usr_1133' }
const nobody = 'f'.repeat(24)
const by = { type: 'admin', admin_id: ines } as const

const begun = async ({ ask }: Pick<Workspace, 'ask'>) => (await ask(createConversation, { from: { type: 'user', id: maren.id }, body: 'Two kayaks leak.' })).conversation_id!

const lastPart = (answer: { conversation_parts?: { conversation_parts?: readonly object[] | null } | null }) => answer.conversation_parts?.conversation_parts?.at(-1)

describe('closing and opening', () => {
  test('leave a part, with what is said or nothing', async () => {
    const { ask, later } = opened()
    const id = await begun({ ask })
    later(300)
    const closed = await ask(manageConversation, { id, message_type: 'close', ...by })
    expect(closed).toMatchObject({ open: false, state: 'closed', waiting_since: null })
    expect(lastPart(closed)).toMatchObject({ part_type: 'close', body: null, state: 'closed', author: { id: ines } })
    const opening = await ask(manageConversation, { id, message_type: 'open', admin_id: tobias })
    expect(opening).toMatchObject({ open: true, state: 'open', read: true, statistics: { count_reopens: 1 } })
    expect(lastPart(opening)).toMatchObject({ part_type: 'open', author: { id: tobias } })
    const goodbye = await ask(manageConversation, { id, message_type: 'close', ...by, body: 'Goodbye :)' })
    expect(lastPart(goodbye)).toMatchObject({ part_type: 'close', body: '<p>Goodbye :)</p>' })
  })

  test('of what is closed or open already leave a part, too', async () => {
    const { ask } = opened()
    const id = await begun({ ask })
    await ask(manageConversation, { id, message_type: 'open', admin_id: ines })
    await ask(manageConversation, { id, message_type: 'close', ...by })
    const twice = await ask(manageConversation, { id, message_type: 'close', ...by })
    expect(twice.conversation_parts?.conversation_parts?.map(({ part_type }) => part_type)).toEqual(['open', 'close', 'close'])
    expect(twice.statistics?.count_reopens).toBe(0)
  })
})

describe('a snooze', () => {
  test('keeps a conversation open but out of the way, and ends by itself with a part', async () => {
    const { ask, later } = opened()
    const id = await begun({ ask })
    const snoozed = await ask(manageConversation, { id, message_type: 'snoozed', admin_id: ines, snoozed_until: start + 3600 })
    expect(snoozed).toMatchObject({ open: true, state: 'snoozed', snoozed_until: start + 3600 })
    expect(lastPart(snoozed)).toMatchObject({ part_type: 'snoozed', state: 'snoozed' })
    later(3600)
    const query = { operator: 'AND', value: [{ field: 'id', operator: '=', value: id }, { field: 'state', operator: '=', value: 'open' }] } as const
    expect((await ask(searchConversations, { query })).total_count).toBe(1)
    const awake = await ask(getConversation, { id })
    expect(awake).toMatchObject({ state: 'open', snoozed_until: null, updated_at: start + 3600 })
    expect(lastPart(awake)).toMatchObject({ part_type: 'timer_unsnooze', created_at: start + 3600, author: { type: 'bot', name: 'Fin' }, state: 'open' })
  })

  test('until a moment that is past lasts until the next morning at nine, in New York', async () => {
    const { ask } = opened()
    const id = await begun({ ask })
    const { snoozed_until } = await ask(manageConversation, { id, message_type: 'snoozed', admin_id: ines, snoozed_until: start - 10 })
    expect(new Date(snoozed_until! * 1000).toISOString()).toBe('2026-11-23T14:00:00.000Z')
  })

  test('is ended by opening and by closing', async () => {
    const { ask, later } = opened()
    const [one, other] = [await begun({ ask }), await begun({ ask })]
    for (const id of [one, other]) await ask(manageConversation, { id, message_type: 'snoozed', admin_id: ines, snoozed_until: start + 60 })
    expect(await ask(manageConversation, { id: one, message_type: 'open', admin_id: ines })).toMatchObject({ state: 'open', snoozed_until: null })
    expect(await ask(manageConversation, { id: other, message_type: 'close', ...by })).toMatchObject({ state: 'closed', snoozed_until: null })
    later(3600)
    await ask(listConversations, {})
    for (const id of [one, other]) expect((await ask(getConversation, { id })).statistics?.count_conversation_parts).toBe(2)
  })
})

describe('an assignment', () => {
  test('sets the admin or the team, and leaves the other', async () => {
    const { ask } = opened()
    const id = await begun({ ask })
    const assigned = await ask(manageConversation, { id, message_type: 'assignment', ...by, assignee_id: tobias })
    expect(assigned).toMatchObject({ admin_assignee_id: Number(tobias), team_assignee_id: null })
    expect(lastPart(assigned)).toMatchObject({ part_type: 'assignment', assigned_to: { type: 'admin', id: tobias }, author: { id: ines } })
    const both = await ask(manageConversation, { id, message_type: 'assignment', type: 'team', admin_id: ines, assignee_id: productFixes, body: 'Over to you.' })
    expect(both).toMatchObject({ admin_assignee_id: Number(tobias), team_assignee_id: Number(productFixes), waiting_since: null })
    expect(lastPart(both)).toMatchObject({ assigned_to: { type: 'team', id: productFixes }, body: '<p>Over to you.</p>' })
  })

  test('to "0" takes it from whoever has it', async () => {
    const { ask } = opened()
    const id = await begun({ ask })
    const assignment = { id, message_type: 'assignment', admin_id: ines } as const
    await ask(manageConversation, { ...assignment, type: 'admin', assignee_id: tobias })
    await ask(manageConversation, { ...assignment, type: 'team', assignee_id: productFixes })
    const freed = await ask(manageConversation, { ...assignment, type: 'admin', assignee_id: '0' })
    expect(freed).toMatchObject({ admin_assignee_id: null, team_assignee_id: Number(productFixes) })
    expect(lastPart(freed)).toMatchObject({ assigned_to: { type: 'nobody_admin', id: null } })
    expect((await ask(manageConversation, { ...assignment, type: 'team', assignee_id: '0' })).team_assignee_id).toBeNull()
  })

  test('to whom it is assigned is refused while it is open, and opens it when it is closed', async () => {
    const { ask, refusal } = opened()
    const id = await begun({ ask })
    const again = { id, message_type: 'assignment', ...by, assignee_id: tobias } as const
    await ask(manageConversation, again)
    expect(await refusal(manageConversation, again)).toBe('422 parameter_invalid: already assigned to the specified assignee')
    await ask(manageConversation, { id, message_type: 'close', ...by })
    const reopened = await ask(manageConversation, again)
    expect(reopened).toMatchObject({ state: 'open', statistics: { count_reopens: 1 } })
    expect(lastPart(reopened)).toMatchObject({ part_type: 'assign_and_reopen', assigned_to: { type: 'admin', id: tobias } })
  })
})

test('moving a conversation is refused in the words of Intercom', async () => {
  const { ask, refusal } = opened()
  const id = await begun({ ask })
  const assignment = { id, message_type: 'assignment', ...by }
  expect(await refusal(manageConversation, { id: '999999', message_type: 'close', ...by })).toBe('404 not_found: Resource Not Found')
  expect(await refusal(manageConversation, { id, message_type: 'close', type: 'admin', admin_id: '123' })).toBe('404 admin_not_found: Admin not found')
  expect(await refusal(manageConversation, { id, message_type: 'close' })).toBe('400 parameter_not_found: admin_id is a required parameter')
  expect(await refusal(manageConversation, { id, message_type: 'snoozed', admin_id: ines })).toBe('400 parameter_not_found: snoozed_until is required to snooze')
  expect(await refusal(manageConversation, assignment)).toBe('400 parameter_not_found: assignee_id is required to assign')
  expect(await refusal(manageConversation, { ...assignment, type: undefined, assignee_id: tobias })).toBe('400 parameter_not_found: type is required to assign: admin or team')
  expect(await refusal(manageConversation, { ...assignment, assignee_id: productFixes })).toBe('404 assignee_not_found: Assignee not found')
  expect(await refusal(manageConversation, { ...assignment, type: 'team', assignee_id: tobias })).toBe('404 assignee_not_found: Assignee not found')
})

test('statistics tell how it went, in seconds and moments', async () => {
  const { ask, later } = opened()
  const id = await begun({ ask })
  const assignment = { id, message_type: 'assignment', admin_id: ines } as const
  const comment = { id, type: 'admin', message_type: 'comment', admin_id: tobias, body: 'Hello' } as const
  later(60)
  await ask(manageConversation, { ...assignment, type: 'team', assignee_id: productFixes })
  later(60)
  await ask(manageConversation, { ...assignment, type: 'admin', assignee_id: tobias })
  later(180)
  await ask(replyConversation, comment)
  await ask(replyConversation, { id, type: 'user', message_type: 'comment', user_id: maren.external_id, body: 'And now?' })
  later(100)
  await ask(replyConversation, comment)
  await ask(manageConversation, { id, message_type: 'close', ...by })
  later(1000)
  await ask(replyConversation, { id, type: 'user', message_type: 'comment', user_id: maren.external_id, body: 'It leaks again.' })
  later(500)
  const { statistics } = await ask(manageConversation, { id, message_type: 'close', ...by, body: 'Sealed.' })
  const team = { team_id: Number(productFixes), team_name: 'Product Fixes', response_time: 180 }
  expect(statistics).toEqual({
    type: 'conversation_statistics',
    time_to_assignment: 120,
    time_to_admin_reply: 300,
    time_to_first_close: 400,
    time_to_last_close: 1900,
    median_time_to_reply: 300, // of 300, 100 and 500
    first_contact_reply_at: start,
    first_assignment_at: start + 60,
    first_admin_reply_at: start + 300,
    first_close_at: start + 400,
    last_assignment_at: start + 120,
    last_assignment_admin_reply_at: start + 300,
    last_contact_reply_at: start + 1400,
    last_admin_reply_at: start + 1900,
    last_close_at: start + 1900,
    last_closed_by_id: ines,
    count_reopens: 1,
    count_assignments: 2,
    count_conversation_parts: 8,
    assigned_team_first_response_time: [team],
    assigned_team_first_response_time_in_office_hours: [team],
    handling_time: 1840,
    adjusted_handling_time: null,
  })
})

describe('the people in a conversation', () => {
  test('are joined by id, by external id or by email, which may make a lead', async () => {
    const { ask } = opened()
    const id = await begun({ ask })
    const customers = [{ type: 'user', id: maren.id }, { type: 'user', id: joaquin }]
    expect(await ask(attachContactToConversation, { id, admin_id: ines, customer: { intercom_user_id: joaquin } })).toEqual({ customers })
    expect(await ask(attachContactToConversation, { id, admin_id: ines, customer: { intercom_user_id: joaquin } })).toEqual({ customers })
    expect((await ask(attachContactToConversation, { id, customer: { user_id: aoife.external_id } })).customers?.at(-1)).toEqual({ type: 'user', id: aoife.id })
    const lead = (await ask(attachContactToConversation, { id, customer: { email: 'new@example.test' } })).customers.at(-1)!
    expect(lead.type).toBe('lead')
    const { contacts, conversation_parts } = await ask(getConversation, { id })
    expect(contacts?.contacts?.map((contact) => contact.id)).toEqual([maren.id, joaquin, aoife.id, lead.id])
    expect(conversation_parts?.conversation_parts?.map(({ part_type }) => part_type)).toEqual(Array(3).fill('participant_added'))
  })

  test('may bring others along', async () => {
    const { ask, refusal } = opened()
    const id = await begun({ ask })
    const brought = { intercom_user_id: joaquin, customer: { user_id: maren.external_id } }
    await ask(attachContactToConversation, { id, customer: brought })
    expect(lastPart(await ask(getConversation, { id }))).toMatchObject({ part_type: 'participant_added', author: { type: 'user', id: maren.id } })
    expect(await refusal(attachContactToConversation, { id, customer: { ...brought, customer: { user_id: 'nobody' } } })).toBe('404 not_found: User Not Found')
  })

  test('may leave, but for the last', async () => {
    const { ask, refusal } = opened()
    const conversation_id = await begun({ ask })
    const leaving = { conversation_id, contact_id: maren.id, admin_id: ines }
    expect(await refusal(detachContactFromConversation, leaving)).toBe('422 parameter_invalid: Removing the last customer is not allowed')
    await ask(attachContactToConversation, { id: conversation_id, customer: { intercom_user_id: joaquin } })
    expect(await ask(detachContactFromConversation, leaving)).toEqual({ customers: [{ type: 'user', id: joaquin }] })
    expect(await refusal(detachContactFromConversation, leaving)).toBe('404 not_found: User Not Found')
  })

  test('must be there', async () => {
    const { ask, refusal } = opened()
    const id = await begun({ ask })
    expect(await refusal(attachContactToConversation, { id: '999999', customer: { intercom_user_id: joaquin } })).toBe('404 not_found: Resource Not Found')
    expect(await refusal(attachContactToConversation, { id, customer: { intercom_user_id: nobody } })).toBe('404 not_found: User Not Found')
    expect(await refusal(attachContactToConversation, { id, admin_id: ines })).toBe('400 parameter_not_found: customer is a required parameter')
    expect(await refusal(detachContactFromConversation, { conversation_id: '999999', contact_id: joaquin, admin_id: ines })).toBe('404 not_found: Resource Not Found')
    expect(await refusal(detachContactFromConversation, { conversation_id: id, contact_id: joaquin, admin_id: '1' })).toBe('404 admin_not_found: Admin not found')
  })
})

describe('redaction', () => {
  const deleted = '<p><i>This message was deleted</i></p>'

  test('takes back what was said in a part, with its files, once and for all', async () => {
    const { ask, later } = opened()
    const conversation_id = await begun({ ask })
    const said = await ask(replyConversation, { id: conversation_id, type: 'user', message_type: 'comment', intercom_user_id: maren.id, body: 'My card is 4242', attachment_urls: ['https://files.example/card.png'] })
    const conversation_part_id = said.conversation_parts!.conversation_parts![0]!.id
    later(60)
    const redacted = await ask(redactConversation, { type: 'conversation_part', conversation_id, conversation_part_id })
    expect(lastPart(redacted)).toMatchObject({ id: conversation_part_id, body: deleted, attachments: [], redacted: true, created_at: start, updated_at: start + 60 })
    later(60)
    expect(await ask(redactConversation, { type: 'conversation_part', conversation_id, conversation_part_id })).toEqual(redacted)
  })

  test('of the source works when a contact wrote it', async () => {
    const { ask, refusal } = opened()
    const conversation_id = await begun({ ask })
    const { source } = await ask(getConversation, { id: conversation_id })
    const redacted = await ask(redactConversation, { type: 'source', conversation_id, source_id: source!.id! })
    expect(redacted.source).toMatchObject({ id: source!.id, body: deleted, redacted: true })
    const byWord = { field: 'source.body', operator: '=', value: 'kayaks' } as const
    expect((await ask(searchConversations, { query: { operator: 'AND', value: [byWord, { field: 'id', operator: '=', value: conversation_id }] } })).total_count).toBe(0)
    const { conversations } = await ask(searchConversations, { query: { field: 'source.delivered_as', operator: '=', value: 'admin_initiated' } })
    const ours = { type: 'source', conversation_id: conversations[0]!.id, source_id: conversations[0]!.source!.id }
    expect(await refusal(redactConversation, ours)).toMatch(/^400 conversation_part_not_redactable/)
  })

  test('needs a part that is there, and says something', async () => {
    const { ask, refusal } = opened()
    const conversation_id = await begun({ ask })
    const missing = '404 conversation_part_or_message_not_found: Conversation part or message not found'
    const { conversation_parts: parts } = await ask(manageConversation, { id: conversation_id, message_type: 'close', ...by })
    const silent = parts!.conversation_parts![0]!.id
    expect(await refusal(redactConversation, { type: 'conversation_part', conversation_id, conversation_part_id: silent })).toMatch(/^400 conversation_part_not_redactable/)
    expect(await refusal(redactConversation, { type: 'conversation_part', conversation_id: '999999', conversation_part_id: silent })).toBe(missing)
    expect(await refusal(redactConversation, { type: 'conversation_part', conversation_id: await begun({ ask }), conversation_part_id: silent })).toBe(missing)
    expect(await refusal(redactConversation, { type: 'source', conversation_id, source_id: '1' })).toBe(missing)
    expect(await refusal(redactConversation, { type: 'source', conversation_id })).toBe('400 parameter_not_found: source_id is required to redact a source')
    expect(await refusal(redactConversation, { type: 'conversation_part', conversation_id })).toMatch(/^400 parameter_not_found: conversation_part_id/)
  })
})
