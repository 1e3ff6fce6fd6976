import { describe, expect, test } from 'vitest'
import { createContact, getContact, mergeContact } from '../../src/contract/contacts.ts'
import { createConversation, getConversation, listConversations, replyConversation, searchConversations } from '../../src/contract/conversations.ts'
import { createMessage } from '../../src/contract/messages.ts'
import { getVisitor } from '../../src/contract/visitors.ts'
import { uuid } from '../../src/workspace/uuid.ts'
import { ines, maren, opened, start, tobias } from './opened.ts'

const admin = { type: 'admin', id: tobias } as const
const toMaren = { type: 'user', id: maren.id } as const
const hello = { message_type: 'inapp', body: 'Did the sync work?', from: admin, to: toMaren } as const
const email = { message_type: 'email', subject: 'Your season', body: '<p>It <b>starts</b></p>', template: 'plain', from: admin, to: toMaren } as const

describe('from an admin', () => {
  test('is answered with its owner, and begins no conversation', async () => {
    const { ask, later, now } = opened()
    const before = (await ask(listConversations, {})).total_count
    later(60)
    expect(await ask(createMessage, hello)).toEqual({
      type: 'admin_message',
      id: expect.stringMatching(/^403\d{6}$/) as string,
      created_at: now(),
      subject: hello.body,
      body: hello.body,
      message_type: 'inapp',
      owner: { type: 'admin', id: tobias, name: 'Tobias Renner', email: 'tobias@pondwick.example', away_mode_enabled: false, away_mode_reassign: false },
    })
    expect((await ask(listConversations, {})).total_count).toBe(before)
    expect(await ask(getContact, { id: maren.id })).toMatchObject({ last_contacted_at: now(), updated_at: now() })
  })

  test.each(['in_app', 'conversation', undefined])('goes into the app when it is called %s', async (message_type) => {
    const { send } = opened()
    expect((await send('POST /messages', { ...hello, message_type, from: { type: 'admin', id: Number(tobias) } })).body).toMatchObject({ message_type: 'inapp' })
  })

  test('opens a conversation at once where that is wanted', async () => {
    const { ask } = opened()
    const message = await ask(createMessage, { ...email, to: { type: 'user', user_id: maren.external_id }, create_conversation_without_contact_reply: true, created_at: start - 3600 })
    expect(message).toMatchObject({ subject: 'Your season', body: email.body, message_type: 'email', created_at: start - 3600 })
    const conversation = await ask(getConversation, { id: message.conversation_id! })
    expect(conversation).toMatchObject({
      created_at: start - 3600,
      open: true,
      waiting_since: null,
      source: { type: 'email', id: message.id, delivered_as: 'admin_initiated', subject: 'Your season', body: '<p>It <b>starts</b></p>', author: { type: 'admin', id: tobias } },
      contacts: { contacts: [{ id: maren.id }] },
      conversation_parts: { total_count: 0 },
    })
    const found = await ask(searchConversations, { query: { field: 'source.id', operator: '=', value: message.id } })
    expect(found.conversations.map(({ id }) => id)).toEqual([message.conversation_id])
  })

  test('becomes a conversation when the contact answers what was last said', async () => {
    const { ask, later, now } = opened()
    const { id } = await ask(createContact, { role: 'lead', email: 'kim@example.test' })
    const first = await ask(createMessage, { ...hello, to: { type: 'lead', id } })
    later(60)
    const second = await ask(createMessage, { ...hello, body: 'Still there?', to: { type: 'lead', id } })
    later(60)
    const reply = () => ask(replyConversation, { id: 'last', type: 'user', intercom_user_id: id, message_type: 'comment', body: 'Yes' })
    const conversation = await reply()
    expect(conversation).toMatchObject({
      created_at: start + 60,
      source: { id: second.id, delivered_as: 'admin_initiated', body: '<p>Still there?</p>' },
      waiting_since: now(),
      conversation_parts: { total_count: 1, conversation_parts: [{ part_type: 'comment', author: { id }, body: '<p>Yes</p>' }] },
    })
    expect((await reply()).id).toBe(conversation.id)
    const unanswered = await ask(searchConversations, { query: { field: 'source.id', operator: '=', value: first.id } })
    expect(unanswered.total_count).toBe(0)
  })

  test('is not what is answered when the contact spoke last', async () => {
    const { ask, later } = opened()
    await ask(createMessage, hello)
    later(60)
    const { conversation_id } = await ask(createConversation, { from: { type: 'user', id: maren.id }, body: 'Something else' })
    const answered = await ask(replyConversation, { id: 'last', type: 'user', intercom_user_id: maren.id, message_type: 'comment', body: 'And more' })
    expect(answered.id).toBe(conversation_id)
  })

  test('to a lead is answered by the user they turn out to be', async () => {
    const { ask } = opened()
    const lead = await ask(createContact, { role: 'lead' })
    const message = await ask(createMessage, { ...hello, to: { type: 'lead', id: lead.id } })
    const user = await ask(createContact, { email: 'kim@example.test' })
    await ask(mergeContact, { from: lead.id, into: user.id })
    const conversation = await ask(replyConversation, { id: 'last', type: 'user', email: 'kim@example.test', message_type: 'comment', body: 'It is me' })
    expect(conversation).toMatchObject({ source: { id: message.id }, contacts: { contacts: [{ id: user.id }] } })
  })
})

describe('from a contact', () => {
  test.each(['user', 'lead'] as const)('of type %s begins a conversation', async (type) => {
    const { ask } = opened()
    const message = await ask(createMessage, { from: { type, id: maren.id }, body: 'heyy' })
    expect(message).toEqual({ type: 'user_message', id: message.id, created_at: start, body: 'heyy', message_type: 'inapp', conversation_id: message.conversation_id })
    expect(await ask(getConversation, { id: message.conversation_id! })).toMatchObject({ source: { id: message.id, delivered_as: 'customer_initiated', body: '<p>heyy</p>' }, waiting_since: start })
    expect(await ask(getContact, { id: maren.id })).toMatchObject({ last_replied_at: start })
  })

  test('who was a visitor makes them a lead', async () => {
    const { ask, refusal } = opened()
    const user_id = uuid('visitor 1')
    const { id } = await ask(getVisitor, { user_id })
    await ask(createMessage, { from: { type: 'user', id: user_id }, body: 'Do you rent canoes?' })
    expect(await ask(getContact, { id })).toMatchObject({ role: 'lead', external_id: user_id })
    expect(await refusal(getVisitor, { user_id })).toMatch(/^404/)
  })
})

const { refusal } = opened()

test.each([
  ['no body', { ...hello, body: undefined }, '400 parameter_invalid: Body is required'],
  ['a null body', { ...email, body: null }, '400 parameter_invalid: Body is required'],
  ['a blank body', { ...hello, body: ' ' }, '400 parameter_invalid: Body is required'],
  ['a blank body of a user', { from: { type: 'user', id: maren.id }, body: '' }, '400 parameter_invalid: Body is required'],
  ['an email without a subject', { ...email, subject: undefined }, '422 parameter_not_found: No subject supplied for email message'],
  ['an email with a blank subject', { ...email, subject: ' ' }, '422 parameter_not_found: No subject supplied for email message'],
  ['nobody to send it', { ...hello, from: undefined }, '400 parameter_not_found: from'],
  ['an unknown admin', { ...hello, from: { type: 'admin', id: '1' } }, '404 admin_not_found: Admin not found'],
  ['the bot', { ...hello, from: { type: 'admin', id: '4810100' } }, '404 admin_not_found'],
  ['nobody to get it', { ...hello, to: undefined }, '400 parameter_not_found: to is required'],
  ['somebody not named', { ...hello, to: { type: 'user' } }, '400 parameter_not_found: to is required'],
  ['an unknown contact', { ...hello, to: { type: 'user', id: '0123456789abcdef01234567' } }, '404 not_found: User Not Found'],
  ['an unknown user', { ...hello, to: { type: 'user', user_id: 'nobody' } }, '404 not_found: User Not Found'],
  ['an unknown contact who writes', { from: { type: 'lead', id: '0123456789abcdef01234567' }, body: 'hi' }, '404 not_found: User Not Found'],
  ['another type', { ...hello, message_type: 'fax' }, '400 parameter_invalid'],
  ['another template', { ...email, template: 'fancy' }, '400 parameter_invalid'],
  ['another sender', { ...hello, from: { type: 'team', id: ines } }, '400 parameter_invalid'],
])('%s is refused', async (_, wrong, expected) => {
  expect(await refusal(createMessage, wrong)).toContain(expected)
})
