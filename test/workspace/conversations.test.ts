import { describe, expect, test } from 'vitest'
import { getContact } from '../../src/contract/contacts.ts'
import { createConversation, deleteConversation, getConversation, listConversations, replyConversation, searchConversations, updateConversation } from '../../src/contract/conversations.ts'
import { ines, maren, opened, start, tobias } from './opened.ts'

type Workspace = ReturnType<typeof opened>

const from = { type: 'user', id: maren.id } as const
const admin = { type: 'admin', admin_id: ines } as const
const user = { type: 'user', message_type: 'comment', intercom_user_id: maren.id } as const
const nobody = 'f'.repeat(24)

const begun = async ({ ask }: Pick<Workspace, 'ask'>, body = 'Two kayaks leak.') => (await ask(createConversation, { from, body })).conversation_id!

describe('a conversation that a contact begins', () => {
  test('is answered as a message, and is new in every way', async () => {
    const { ask } = opened()
    const message = await ask(createConversation, { from, body: '<b>Two</b> kayaks leak.\n\nSince Monday.', attachment_urls: ['https://files.example/leak.jpg'] })
    expect(message).toEqual({
      type: 'user_message',
      id: expect.stringMatching(/^\d+$/) as unknown,
      created_at: start,
      body: '<b>Two</b> kayaks leak.\n\nSince Monday.',
      message_type: 'inapp',
      conversation_id: expect.stringMatching(/^\d+$/) as unknown,
    })
    expect(message.id).not.toBe(message.conversation_id)
    expect(await ask(getConversation, { id: message.conversation_id! })).toEqual({
      type: 'conversation',
      id: message.conversation_id,
      title: null,
      created_at: start,
      updated_at: start,
      waiting_since: start,
      snoozed_until: null,
      open: true,
      state: 'open',
      read: false,
      priority: 'not_priority',
      admin_assignee_id: null,
      team_assignee_id: null,
      tags: { type: 'tag.list', tags: [] },
      conversation_rating: null,
      source: {
        type: 'conversation',
        id: message.id,
        delivered_as: 'customer_initiated',
        subject: '',
        body: '<p>&lt;b&gt;Two&lt;/b&gt; kayaks leak.</p>\n<p>Since Monday.</p>',
        author: { type: 'user', id: maren.id, name: 'Maren Okafor', email: maren.email, from_ai_agent: false, is_ai_answer: false },
        attachments: [{ type: 'upload', name: 'leak.jpg', url: 'https://files.example/leak.jpg', content_type: 'image/jpeg', filesize: 0 }],
        url: null,
        redacted: false,
      },
      contacts: { type: 'contact.list', contacts: [{ type: 'contact', id: maren.id, external_id: maren.external_id }] },
      teammates: { type: 'admin.list', admins: [], teammates: [] },
      custom_attributes: {},
      first_contact_reply: { created_at: start, type: 'conversation', url: null },
      sla_applied: null,
      statistics: expect.objectContaining({ first_contact_reply_at: start, time_to_admin_reply: null, count_conversation_parts: 0 }) as unknown,
      topics: { type: 'topic.list', topics: [], total_count: 0 },
      company: null,
      ticket: null,
      linked_objects: { type: 'list', data: [], total_count: 0, has_more: false },
      ai_agent_participated: false,
      ai_agent: null,
      conversation_parts: { type: 'conversation_part.list', conversation_parts: [], total_count: 0 },
    })
  })

  test('may be dated back, and counts as having heard from them', async () => {
    const { ask } = opened()
    const { conversation_id } = await ask(createConversation, { from, body: 'Moved from the old inbox.', created_at: start - 9000 })
    expect(await ask(getConversation, { id: conversation_id! })).toMatchObject({ created_at: start - 9000, waiting_since: start - 9000, updated_at: start })
    expect((await ask(getContact, { id: maren.id })).last_replied_at).toBe(start - 9000)
  })

  test('needs somebody who is there, a body, and files that are URLs', async () => {
    const { refusal } = opened()
    expect(await refusal(createConversation, { from: { type: 'user', id: nobody }, body: 'Hello' })).toBe('404 not_found: User Not Found')
    expect(await refusal(createConversation, { from: { type: 'user', id: '66f0c3d1a7b24e100000000d' }, body: 'Hello' })).toBe('404 not_found: User Not Found') // archived
    expect(await refusal(createConversation, { from })).toMatch(/^400 parameter_not_found: body/)
    for (const body of ['', ' \n']) expect(await refusal(createConversation, { from, body })).toBe('400 parameter_invalid: Body is required')
    expect(await refusal(createConversation, { from, body: 'Look', attachment_urls: ['leak.jpg'] })).toMatch(/^400 parameter_invalid: attachment_urls: leak.jpg/)
    expect(await refusal(createConversation, { from, body: 'Look', attachment_urls: Array(11).fill('https://files.example/a.png') })).toMatch(/^400 parameter_invalid/)
  })

  test('shares its counter of ids with tickets', async () => {
    const { ask, send } = opened()
    const one = Number(await begun({ ask }))
    const { body } = await send('POST /tickets', { ticket_type_id: '1', contacts: [{ id: maren.id }] })
    expect(Number((body as { id: string }).id)).toBe(one + 1)
    expect(Number(await begun({ ask }))).toBe(one + 2)
  })
})

describe('a reply', () => {
  test('of an admin answers who waited, and leaves a closed conversation closed', async () => {
    const { ask, later, send } = opened()
    const id = await begun({ ask })
    await send(`POST /conversations/${id}/parts`, { message_type: 'close', type: 'admin', admin_id: tobias })
    later(120)
    const { conversation_parts, ...conversation } = await ask(replyConversation, { id, ...admin, message_type: 'comment', body: 'Bring them in.' })
    expect(conversation).toMatchObject({ state: 'closed', waiting_since: null, updated_at: start + 120, teammates: { admins: [{ type: 'admin', id: tobias }, { type: 'admin', id: ines }] } })
    expect(conversation_parts?.conversation_parts?.at(-1)).toEqual({
      type: 'conversation_part',
      id: expect.stringMatching(/^\d+$/) as unknown,
      part_type: 'comment',
      body: '<p>Bring them in.</p>',
      created_at: start + 120,
      updated_at: start + 120,
      notified_at: start + 120,
      assigned_to: null,
      author: { type: 'admin', id: ines, name: 'Ines Calloway', email: 'ines@pondwick.example', from_ai_agent: false, is_ai_answer: false },
      attachments: [],
      external_id: null,
      redacted: false,
      email_message_metadata: null,
      metadata: {},
      state: 'closed',
      tags: [],
      event_details: null,
      app_package_code: expect.any(String) as unknown,
    })
    expect((await ask(getContact, { id: maren.id })).last_contacted_at).toBe(start + 120)
  })

  test.each(['close', 'snoozed'])('of a contact reopens after %s, with a part of the type open', async (message_type) => {
    const { ask, later, send } = opened()
    const id = await begun({ ask })
    await ask(replyConversation, { id, ...admin, message_type: 'comment', body: 'Bring them in.' })
    await send(`POST /conversations/${id}/parts`, { message_type, type: 'admin', admin_id: ines, snoozed_until: start + 9000 })
    later(60)
    const reopened = await ask(replyConversation, { id, ...user, body: 'They still leak.' })
    expect(reopened).toMatchObject({ state: 'open', open: true, snoozed_until: null, waiting_since: start + 60, read: false })
    expect(reopened.conversation_parts?.conversation_parts?.at(-1)).toMatchObject({ part_type: 'open', body: '<p>They still leak.</p>', author: { type: 'user', id: maren.id } })
    expect(reopened.statistics?.count_reopens).toBe(message_type === 'close' ? 1 : 0)
    later(60)
    const again = await ask(replyConversation, { id, ...user, body: 'Hello?' })
    expect(again).toMatchObject({ waiting_since: start + 60 }) // since the first that nobody answered
    expect(again.conversation_parts?.conversation_parts?.at(-1)?.part_type).toBe('comment')
    expect((await ask(getContact, { id: maren.id })).last_replied_at).toBe(start + 120)
  })

  test('that is a note changes nothing but the history', async () => {
    const { ask } = opened()
    const id = await begun({ ask })
    const before = await ask(getContact, { id: maren.id })
    const noted = await ask(replyConversation, { id, ...admin, message_type: 'note', body: '<h2>Seals</h2> <script>x()</script>' })
    expect(noted).toMatchObject({ state: 'open', waiting_since: start, conversation_parts: { total_count: 1, conversation_parts: [{ part_type: 'note', body: '<h2>Seals</h2>' }] } })
    expect(await ask(getContact, { id: maren.id })).toEqual(before)
  })

  test('may be quick, with choices and without a body', async () => {
    const { ask, refusal } = opened()
    const id = await begun({ ask })
    const reply_options = [{ text: 'Yes', uuid: '22f5b0c1-4a2c-4f0b-9d0a-0b8f1f6a2a10' }]
    const { conversation_parts: parts } = await ask(replyConversation, { id, ...admin, message_type: 'quick_reply', reply_options })
    expect(parts?.conversation_parts).toMatchObject([{ part_type: 'quick_reply', body: null, metadata: { quick_reply_options: reply_options } }])
    const spoken = await ask(replyConversation, { id, ...admin, message_type: 'comment', body: 'Yes or no?', reply_options })
    expect(spoken.conversation_parts?.conversation_parts?.at(-1)?.metadata).toEqual({})
    expect(await refusal(replyConversation, { id, ...admin, message_type: 'quick_reply' })).toBe('400 parameter_not_found: reply_options is required for a quick_reply')
  })

  test('carries files by URL and in Base64', async () => {
    const { ask, refusal } = opened()
    const id = await begun({ ask })
    const files = { attachment_urls: ['https://files.example/seal.png'], attachment_files: [{ name: 'list.csv', content_type: 'text/csv', data: 'YSxiCjEsMgo=' }] }
    const { conversation_parts: parts } = await ask(replyConversation, { id, ...admin, message_type: 'comment', body: 'Here.', ...files })
    expect(parts?.conversation_parts?.[0]?.attachments).toMatchObject([
      { name: 'seal.png', content_type: 'image/png', url: 'https://files.example/seal.png' },
      { name: 'list.csv', content_type: 'text/csv', filesize: 8 },
    ])
    const broken = { id, ...admin, message_type: 'comment', body: 'Here.', attachment_files: [{ name: 'list.csv', data: 'not base64!' }] }
    expect(await refusal(replyConversation, broken)).toBe('400 parameter_invalid: attachment_files: list.csv has no data in Base64')
  })

  test('dated back stands where it belongs in the history', async () => {
    const { ask, later } = opened()
    const id = await begun({ ask })
    later(600)
    await ask(replyConversation, { id, ...admin, message_type: 'comment', body: 'Second.' })
    const { conversation_parts: parts } = await ask(replyConversation, { id, ...admin, message_type: 'note', body: 'First.', created_at: start + 5 })
    expect(parts?.conversation_parts?.map(({ body, created_at }) => [body, created_at])).toEqual([['<p>First.</p>', start + 5], ['<p>Second.</p>', start + 600]])
  })

  test('dated back leaves who waits, and for how long, as it was then', async () => {
    const { ask, later } = opened()
    const id = await begun({ ask })
    const comment = { id, ...admin, message_type: 'comment', body: 'Moved.' } as const
    later(600)
    expect(await ask(replyConversation, { ...comment, created_at: start - 60 })).toMatchObject({ waiting_since: start, statistics: { first_admin_reply_at: null, median_time_to_reply: null } })
    await ask(replyConversation, comment)
    expect(await ask(replyConversation, { id, ...user, body: 'Before that.', created_at: start + 300 })).toMatchObject({ waiting_since: null })
    expect(await ask(replyConversation, { id, ...user, body: 'After that.' })).toMatchObject({ waiting_since: start + 600 })
    expect(await ask(replyConversation, { ...comment, created_at: start + 100 })).toMatchObject({
      waiting_since: start + 600,
      statistics: { first_admin_reply_at: start + 100, time_to_admin_reply: 100, last_admin_reply_at: start + 600, median_time_to_reply: 600 },
    })
  })

  test('to "last" goes to the newest conversation of the contact', async () => {
    const { ask, later, refusal } = opened()
    later(5)
    const id = await begun({ ask })
    expect((await ask(replyConversation, { id: 'last', ...user, body: 'And a third.' })).id).toBe(id)
    expect((await ask(replyConversation, { id: 'last', type: 'user', message_type: 'comment', email: maren.email, body: 'A fourth.' })).id).toBe(id)
    expect(await refusal(replyConversation, { id: 'last', ...admin, message_type: 'comment', body: 'Which?' })).toBe('404 not_found: Resource Not Found')
  })

  test('is refused in the words of Intercom', async () => {
    const { ask, refusal } = opened()
    const id = await begun({ ask })
    const comment = { message_type: 'comment', body: 'Hello' }
    expect(await refusal(replyConversation, { id: '999999', ...admin, ...comment })).toBe('404 not_found: Resource Not Found')
    expect(await refusal(replyConversation, { id, ...comment, type: 'admin', admin_id: '123' })).toBe('404 admin_not_found: Admin not found')
    expect(await refusal(replyConversation, { id, ...comment, type: 'admin' })).toBe('400 parameter_not_found: admin_id is required to reply as an admin')
    expect(await refusal(replyConversation, { id, ...comment, type: 'user', intercom_user_id: nobody })).toBe('404 not_found: User Not Found')
    expect(await refusal(replyConversation, { id, ...user, message_type: 'note', body: 'Psst' })).toBe('400 parameter_invalid: message_type of a user reply must be comment')
    expect(await refusal(replyConversation, { id, ...admin, message_type: 'comment', body: '  ' })).toBe('400 parameter_invalid: Body is required')
  })
})

describe('an update', () => {
  test('marks as read, names, and sets attributes, each with a part by Fin', async () => {
    const { ask } = opened()
    const id = await begun({ ask })
    const attributes = { Topic: 'Bookings', 'Guests affected': 2 }
    const updated = await ask(updateConversation, { id, read: true, title: 'Leaking kayaks', custom_attributes: attributes })
    expect(updated).toMatchObject({ read: true, title: 'Leaking kayaks', custom_attributes: attributes, statistics: { count_conversation_parts: 2 } })
    expect(updated.conversation_parts?.conversation_parts).toMatchObject([
      { part_type: 'conversation_attribute_updated_by_admin', author: { type: 'bot', name: 'Fin' }, body: null, event_details: { attribute: { name: 'Topic' }, value: { name: 'Bookings' } } },
      { part_type: 'conversation_attribute_updated_by_admin', event_details: { attribute: { name: 'Guests affected' }, value: { name: '2' } } },
    ])
    expect((await ask(updateConversation, { id, custom_attributes: { Topic: null } })).custom_attributes).toEqual({ 'Guests affected': 2 })
    expect(await ask(updateConversation, { id, title: 'Two kayaks' })).toMatchObject({ read: true, title: 'Two kayaks' })
  })

  test('refers to custom objects by id, and shows them', async () => {
    const { ask } = opened()
    const id = await begun({ ask })
    const { custom_attributes } = await ask(updateConversation, { id, custom_attributes: { Booking: ['70101'] } })
    expect(custom_attributes).toMatchObject({ Booking: { type: 'Booking.list', instances: [{ id: '70101', external_id: 'PW-48213' }] } })
  })

  test('refuses attributes that are not defined, and conversations that are not there', async () => {
    const { ask, refusal } = opened()
    const id = await begun({ ask })
    expect(await refusal(updateConversation, { id, custom_attributes: { issue: 'x' } })).toBe("400 parameter_invalid: Conversation attribute 'issue' does not exist")
    expect(await refusal(updateConversation, { id: '999999', read: true })).toBe('404 not_found: Resource Not Found')
  })
})

test('messages read as plain text when asked for', async () => {
  const { ask } = opened()
  const id = await begun({ ask }, 'Fish & chips\n\nat <noon>')
  await ask(replyConversation, { id, ...admin, message_type: 'comment', body: '<ul><li>one</li><li>two</li></ul>' })
  const plain = { source: { body: 'Fish & chips\nat <noon>' }, conversation_parts: { conversation_parts: [{ body: 'one\ntwo' }] } }
  expect(await ask(getConversation, { id, display_as: 'plaintext' })).toMatchObject(plain)
  expect(await ask(updateConversation, { id, display_as: 'plaintext', read: true })).toMatchObject(plain)
})

test('a conversation shows its newest 500 parts, and tells how many there are', async () => {
  const { ask } = opened()
  const { conversations } = await ask(searchConversations, { query: { field: 'statistics.count_conversation_parts', operator: '>', value: 500 } })
  const { conversation_parts: parts, statistics } = await ask(getConversation, { id: conversations[0]!.id })
  expect(parts?.conversation_parts).toHaveLength(500)
  expect(parts?.total_count).toBe(statistics?.count_conversation_parts)
  const times = parts!.conversation_parts!.map(({ created_at }) => created_at!)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(times.at(-1)).toBe(conversations[0]!.updated_at)
})

test('a deleted conversation is gone from everywhere', async () => {
  const { ask, refusal } = opened()
  const id = await begun({ ask })
  const { total_count } = await ask(listConversations, {})
  expect(await ask(deleteConversation, { id })).toEqual({ id, object: 'conversation', deleted: true })
  for (const operation of [getConversation, deleteConversation, updateConversation]) expect(await refusal(operation, { id })).toBe('404 not_found: Resource Not Found')
  expect(await refusal(replyConversation, { id, ...user, body: 'Hello?' })).toBe('404 not_found: Resource Not Found')
  expect((await ask(listConversations, {})).total_count).toBe(total_count! - 1)
})

test('the list has every conversation once, the last updated first, without parts', async () => {
  const { ask } = opened()
  const seen: { id: string; updated_at?: number | null | undefined }[] = []
  let starting_after: string | undefined
  do {
    const { conversations, pages, total_count } = await ask(listConversations, { per_page: 30, starting_after })
    seen.push(...conversations)
    expect(total_count).toBe(79)
    starting_after = pages?.next?.starting_after ?? undefined
  } while (starting_after)
  expect(new Set(seen.map(({ id }) => id)).size).toBe(79)
  expect(seen.map(({ updated_at }) => updated_at)).toEqual(seen.map(({ updated_at }) => updated_at!).toSorted((a, b) => b - a))
  expect(seen[0]).not.toHaveProperty('conversation_parts')
  expect((await ask(listConversations, {})).conversations).toHaveLength(20)
})
