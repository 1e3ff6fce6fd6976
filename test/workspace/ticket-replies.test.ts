import { expect, test } from 'vitest'
import { createContact, getContact, mergeContact } from '../../src/contract/contacts.ts'
import { createTicket, getTicket, replyTicket, updateTicket } from '../../src/contract/tickets.ts'
import { bug, incident, ines, maren, opened, question, start } from './opened.ts'

const ticketOf = async ({ ask }: Pick<ReturnType<typeof opened>, 'ask'>, ticket_type_id: string = question) =>
  (await ask(createTicket, { ticket_type_id, contacts: [{ id: maren.id }] })).id

const admin = { type: 'admin', admin_id: ines } as const
const user = { type: 'user', message_type: 'comment', intercom_user_id: maren.id } as const

test('a note answers with the part and touches the ticket', async () => {
  const workspace = opened()
  const { ask, later } = workspace
  const id = await ticketOf(workspace)
  later(30)
  const note = await ask(replyTicket, { id, ...admin, message_type: 'note', body: 'Look at the logs.' })
  expect(note).toEqual({
    type: 'ticket_part',
    id: expect.stringMatching(/^\d+$/) as unknown,
    part_type: 'note',
    body: '<p>Look at the logs.</p>',
    created_at: start + 30,
    updated_at: start + 30,
    author: { type: 'admin', id: ines, name: 'Ines Calloway', email: 'ines@pondwick.example' },
    attachments: [],
    redacted: false,
    app_package_code: expect.any(String) as unknown,
  })
  const { updated_at, ticket_parts } = await ask(getTicket, { id })
  expect(updated_at).toBe(start + 30)
  expect(ticket_parts?.ticket_parts?.at(-1)).toEqual(note)
  expect(ticket_parts?.total_count).toBe(2)
})

test('HTML of a teammate is cleaned, that of a customer is text', async () => {
  const workspace = opened()
  const { ask } = workspace
  const id = await ticketOf(workspace)
  const html = '<html> <body>  <h2>List</h2>  <ul>   <li onclick="x()">Tea</li></ul><script>alert(1)</script> </body> </html>'
  expect((await ask(replyTicket, { id, ...admin, message_type: 'note', body: html })).body).toBe('<h2>List</h2>\n<ul>\n<li>Tea</li></ul>')
  const picture = '<img/onerror="x()" src="https://a.example/on=1"><br/>'
  expect((await ask(replyTicket, { id, ...admin, message_type: 'note', body: picture })).body).toBe('<img src="https://a.example/on=1"><br/>')
  expect((await ask(replyTicket, { id, ...user, body: '<b>1 < 2</b> & so on' })).body).toBe('<p>&lt;b&gt;1 &lt; 2&lt;/b&gt; &amp; so on</p>')
})

test('a customer comments by Intercom id, by external id or by email, and is heard from', async () => {
  const workspace = opened()
  const { ask, later } = workspace
  const id = await ticketOf(workspace)
  later(120)
  const author = { type: 'user', id: maren.id, name: 'Maren Okafor', email: maren.email }
  const comment = { id, type: 'user', message_type: 'comment', body: 'Thanks again :)' } as const
  expect(await ask(replyTicket, { ...comment, intercom_user_id: maren.id })).toMatchObject({ part_type: 'comment', author })
  expect(await ask(replyTicket, { ...comment, user_id: maren.external_id })).toMatchObject({ author })
  expect(await ask(replyTicket, { ...comment, email: maren.email })).toMatchObject({ author })
  expect(await ask(getContact, { id: maren.id })).toMatchObject({ last_replied_at: start + 120 })
})

test('a customer is written to by what they see of a teammate: no note, and nothing in a ticket that is not shared', async () => {
  const workspace = opened()
  const { ask, later, now } = workspace
  const [seen, unseen] = [await ticketOf(workspace), await ticketOf(workspace, bug)]
  const { last_contacted_at: before } = await ask(getContact, { id: maren.id })
  const contacted = async () => (await ask(getContact, { id: maren.id })).last_contacted_at
  later(60)
  await ask(replyTicket, { id: seen, ...admin, message_type: 'note', body: 'Look at the logs.' })
  await ask(replyTicket, { id: unseen, ...admin, message_type: 'comment', body: 'Fixed.' })
  expect(await contacted()).toBe(before)
  await ask(replyTicket, { id: seen, ...admin, message_type: 'comment', body: 'Fixed.' })
  expect(await contacted()).toBe(now())
})

test('what a lead wrote is the words of the user they are merged into, by the name that the user has then', async () => {
  const { ask } = opened()
  const lead = await ask(createContact, { role: 'lead', name: 'Lee' })
  const user = await ask(createContact, { role: 'user', email: 'lee@example.test' })
  const { id } = await ask(createTicket, { ticket_type_id: question, contacts: [{ id: lead.id }] })
  await ask(replyTicket, { id, type: 'user', message_type: 'comment', intercom_user_id: lead.id, body: 'Hello' })
  await ask(mergeContact, { from: lead.id, into: user.id })
  const { contacts, ticket_parts } = await ask(getTicket, { id })
  expect(contacts?.contacts).toMatchObject([{ id: user.id }])
  expect(ticket_parts?.ticket_parts?.at(-1)?.author).toEqual({ type: 'user', id: user.id, name: 'Lee', email: 'lee@example.test' })
})

test('customers are not heard on tickets of other categories', async () => {
  const workspace = opened()
  const refused = '400 parameter_mismatch: User replies are not allowed on Backoffice tickets'
  for (const type of [bug, incident]) {
    const id = await ticketOf(workspace, type)
    expect(await workspace.refusal(replyTicket, { id, ...user, body: 'Hello?' })).toBe(refused)
    expect(await workspace.ask(replyTicket, { id, ...admin, message_type: 'note', body: 'Seen.' })).toMatchObject({ part_type: 'note' })
  }
})

test('a customer’s comment reopens a closed or snoozed ticket, a teammate’s does not', async () => {
  const workspace = opened()
  const { ask } = workspace
  const id = await ticketOf(workspace)
  await ask(updateTicket, { id, open: false })
  await ask(replyTicket, { id, ...admin, message_type: 'comment', body: 'Closed for now.' })
  expect((await ask(getTicket, { id })).open).toBe(false)
  await ask(replyTicket, { id, ...user, body: 'Not yet.' })
  expect((await ask(getTicket, { id })).open).toBe(true)
  await ask(updateTicket, { id, snoozed_until: start + 3600 })
  await ask(replyTicket, { id, ...user, body: 'Still there?' })
  expect(await ask(getTicket, { id })).not.toHaveProperty('snoozed_until')
})

test('a quick reply needs its choices, and no body', async () => {
  const workspace = opened()
  const { ask, refusal } = workspace
  const id = await ticketOf(workspace)
  const quick = { id, ...admin, message_type: 'quick_reply' } as const
  const reply_options = [{ text: 'Yes', uuid: '884f7963-b954-4476-8082-10ecca2e2dac' }]
  const part = await ask(replyTicket, { ...quick, reply_options })
  expect(part).toMatchObject({ part_type: 'quick_reply', author: { id: ines } })
  expect(part).not.toHaveProperty('body')
  expect(await refusal(replyTicket, quick)).toMatch(/^400 parameter_not_found: reply_options/)
  expect(await refusal(replyTicket, { ...quick, reply_options: [] })).toMatch(/^400 parameter_not_found: reply_options/)
})

test('files hang on a part by their URLs; a part may be dated back', async () => {
  const workspace = opened()
  const { ask, refusal } = workspace
  const id = await ticketOf(workspace)
  const url = 'https://files.example/plan.pdf'
  const comment = { id, ...admin, message_type: 'comment', body: 'The plan.' } as const
  expect(await ask(replyTicket, { ...comment, attachment_urls: [url], created_at: start - 60 })).toMatchObject({
    created_at: start - 60,
    attachments: [{ type: 'upload', name: 'plan.pdf', url, content_type: 'application/pdf' }],
  })
  expect(await refusal(replyTicket, { ...comment, attachment_urls: ['plan.pdf'] })).toMatch(/^400 parameter_invalid: attachment_urls/)
  expect(await refusal(replyTicket, { ...comment, attachment_urls: Array(11).fill(url) })).toMatch(/^400 /)
})

test('who writes, what, and where must be there', async () => {
  const workspace = opened()
  const { refusal } = workspace
  const id = await ticketOf(workspace)
  const body = 'Hello'
  expect(await refusal(replyTicket, { id: '0', ...user, body })).toBe('404 not_found: Resource Not Found')
  expect(await refusal(replyTicket, { id, ...admin, admin_id: '123', message_type: 'note', body })).toBe('404 admin_not_found: Admin not found')
  expect(await refusal(replyTicket, { id, type: 'admin', message_type: 'note', body })).toMatch(/^400 parameter_not_found: admin_id/)
  expect(await refusal(replyTicket, { id, ...user, intercom_user_id: 'f'.repeat(24), body })).toBe('404 not_found: User Not Found')
  expect(await refusal(replyTicket, { id, type: 'user', message_type: 'comment', body })).toMatch(/^400 parameter_not_found/)
  expect(await refusal(replyTicket, { id, ...user, message_type: 'note', body })).toMatch(/^400 parameter_invalid: message_type/)
  expect(await refusal(replyTicket, { id, ...admin, message_type: 'comment' })).toBe('400 parameter_invalid: Body is required')
  expect(await refusal(replyTicket, { id, ...user, body: ' ' })).toBe('400 parameter_invalid: Body is required')
  expect(await refusal(replyTicket, { id, ...admin, message_type: 'shout', body })).toMatch(/^400 /)
})

test('a ticket shows its newest 500 parts and how many there are', async () => {
  const workspace = opened({ seed: 'demo', rateLimit: 2000 })
  const { ask } = workspace
  const id = await ticketOf(workspace)
  for (let count = 1; count <= 501; count++) await ask(replyTicket, { id, ...admin, message_type: 'note', body: `Note ${count}` })
  const { ticket_parts } = await ask(getTicket, { id })
  expect(ticket_parts?.total_count).toBe(502)
  expect(ticket_parts?.ticket_parts).toHaveLength(500)
  expect(ticket_parts?.ticket_parts?.map(({ body }) => body)).toEqual(Array.from({ length: 500 }, (_, index) => `<p>Note ${index + 2}</p>`))
})
