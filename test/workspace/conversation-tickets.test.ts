import { describe, expect, test } from 'vitest'
import { attachContactToConversation, convertConversationToTicket, createConversation, deleteConversation, detachContactFromConversation, getConversation, manageConversation, redactConversation, replyConversation, searchConversations } from '../../src/contract/conversations.ts'
import { deleteTicket, getTicket, replyTicket, searchTickets, updateTicket } from '../../src/contract/tickets.ts'
import { asking } from './asking.ts'
import { bookingProblem, bug, ines, maren, opened, productFixes, question, start, tobias } from './opened.ts'
import { told } from './told.ts'

type Workspace = Pick<ReturnType<typeof opened>, 'ask'>

const begun = async ({ ask }: Workspace) =>
  (await ask(createConversation, { from: { type: 'user', id: maren.id }, body: 'Two kayaks leak.', attachment_urls: ['https://files.example/leak.jpg'] })).conversation_id!

const customer = { type: 'user', message_type: 'comment', intercom_user_id: maren.id } as const
const admin = { type: 'admin', admin_id: ines } as const

const bodies = (parts: { part_type?: string | null | undefined; body?: string | null | undefined }[] | null | undefined) => parts?.map(({ part_type, body }) => [part_type, body])

describe('a conversion', () => {
  test('makes a ticket of the same id, with what was said', async () => {
    const { ask, later } = opened()
    const id = await begun({ ask })
    await ask(replyConversation, { id, ...admin, message_type: 'note', body: 'Seals again.' })
    await ask(manageConversation, { id, message_type: 'assignment', type: 'admin', admin_id: ines, assignee_id: tobias })
    await ask(manageConversation, { id, message_type: 'assignment', type: 'team', admin_id: ines, assignee_id: productFixes })
    await ask(manageConversation, { id, message_type: 'close', ...admin, body: 'We take care.' })
    later(90)
    const ticket = await ask(convertConversationToTicket, { id, ticket_type_id: bookingProblem, attributes: { _default_title_: 'Leak', Severity: 'High' } })
    expect(ticket).toMatchObject({
      id,
      category: 'Customer',
      ticket_attributes: { _default_title_: 'Leak', Severity: 'High', 'Booking reference': null },
      ticket_state: { category: 'submitted' },
      contacts: { contacts: [{ id: maren.id }] },
      admin_assignee_id: tobias,
      team_assignee_id: productFixes,
      open: false,
      created_at: start,
      updated_at: start + 90,
      ticket_parts: { total_count: 4 },
    })
    expect(ticket.ticket_id).not.toBe(id)
    expect(bodies(ticket.ticket_parts?.ticket_parts)).toEqual([
      ['comment', '<p>Two kayaks leak.</p>'],
      ['note', '<p>Seals again.</p>'],
      ['comment', '<p>We take care.</p>'],
      ['ticket_state_updated_by_admin', undefined],
    ])
    expect(ticket.ticket_parts?.ticket_parts?.[0]).toMatchObject({ author: { type: 'user', id: maren.id }, attachments: [{ name: 'leak.jpg' }] })
    expect(ticket.ticket_parts?.ticket_parts?.at(-1)).toMatchObject({ author: { type: 'bot', name: 'Fin' }, ticket_state: 'submitted', previous_ticket_state: 'submitted' })
    expect(await ask(getTicket, { id })).toEqual(ticket)
    const { ticket_parts: _, ...brief } = ticket
    expect((await ask(getConversation, { id })).ticket).toEqual(brief)
  })

  test('is for types of the category Customer, and cannot be made twice', async () => {
    const { ask, refusal } = opened()
    const id = await begun({ ask })
    expect(await refusal(convertConversationToTicket, { id, ticket_type_id: bug })).toBe('400 parameter_invalid: Ticket type is not a customer ticket type')
    expect(await refusal(convertConversationToTicket, { id, ticket_type_id: '999' })).toBe('404 not_found: Resource Not Found')
    expect(await refusal(convertConversationToTicket, { id: '999999', ticket_type_id: question })).toBe('404 not_found: Resource Not Found')
    expect(await refusal(convertConversationToTicket, { id, ticket_type_id: question, attributes: { Colour: 'red' } })).toMatch(/^400 parameter_invalid: Ticket attribute 'Colour'/)
    await ask(convertConversationToTicket, { id, ticket_type_id: question })
    expect(await refusal(convertConversationToTicket, { id, ticket_type_id: question })).toBe('400 parameter_invalid: Conversation is already a ticket')
  })

  test('leaves one talk: what is said in one place is heard in the other', async () => {
    const { ask, later } = opened()
    const id = await begun({ ask })
    await ask(convertConversationToTicket, { id, ticket_type_id: question })
    later(10)
    await ask(replyTicket, { id, ...admin, message_type: 'comment', body: 'Bring them in.' })
    await ask(replyConversation, { id, ...customer, body: 'On my way.' })
    const conversation = await ask(getConversation, { id })
    expect(bodies(conversation.conversation_parts?.conversation_parts)).toEqual([['comment', '<p>Bring them in.</p>'], ['comment', '<p>On my way.</p>']])
    expect(conversation.waiting_since).toBe(start + 10)
    const ticket = await ask(getTicket, { id })
    expect(bodies(ticket.ticket_parts?.ticket_parts)?.slice(2)).toEqual([['comment', '<p>Bring them in.</p>'], ['comment', '<p>On my way.</p>']])
    await ask(deleteTicket, { id })
    expect((await ask(getConversation, { id })).ticket).toBeNull()
  })

  test('hears of it when something is taken back', async () => {
    const { ask } = opened()
    const id = await begun({ ask })
    const { source, conversation_parts: parts } = await ask(replyConversation, { id, ...customer, body: 'My card is 4242' })
    await ask(convertConversationToTicket, { id, ticket_type_id: question })
    await ask(redactConversation, { type: 'conversation_part', conversation_id: id, conversation_part_id: parts!.conversation_parts![0]!.id })
    await ask(redactConversation, { type: 'source', conversation_id: id, source_id: source!.id! })
    const { ticket_parts } = await ask(getTicket, { id })
    const gone = { body: '<p><i>This message was deleted</i></p>', redacted: true, attachments: [] }
    expect(ticket_parts?.ticket_parts?.slice(0, 2)).toMatchObject([gone, gone])
  })

  test('was made once in the demo', async () => {
    const { ask } = opened()
    const { conversations } = await ask(searchConversations, { query: { field: 'source.body', operator: '~', value: 'old address off the receipts' } })
    const [{ id, ticket }] = conversations as [(typeof conversations)[number]]
    expect(ticket).toMatchObject({ id, category: 'Customer', ticket_attributes: { _default_title_: 'Old address on receipts', Area: 'Account' } })
  })
})

const inbox = ({ open, snoozed_until, admin_assignee_id, team_assignee_id, contacts }: Awaited<ReturnType<typeof both>>['ticket']) => ({
  open,
  snoozed_until: snoozed_until ?? null,
  assignees: [admin_assignee_id, team_assignee_id].map((one) => Number(one) || null),
  contacts: contacts?.contacts?.map((contact) => contact.id),
})

/** A conversation and its ticket, as each is answered. */
const both = async ({ ask }: Workspace, id: string) => {
  const [conversation, ticket] = [await ask(getConversation, { id }), await ask(getTicket, { id })]
  return { conversation, ticket }
}

describe('a conversation and its ticket are one in the inbox:', () => {
  const made = async (workspace: Workspace) => {
    const id = await begun(workspace)
    await workspace.ask(convertConversationToTicket, { id, ticket_type_id: question })
    return id
  }

  /** Both are alike, the conversation shows the ticket as it is, and each tells of it. */
  const alike = async (workspace: Workspace, id: string, kind: string) => {
    const { conversation, ticket } = await both(workspace, id)
    const { admin_assignee_id, team_assignee_id } = conversation
    expect(inbox(ticket)).toEqual(inbox({ ...ticket, ...conversation, admin_assignee_id: String(admin_assignee_id), team_assignee_id: String(team_assignee_id) }))
    const { ticket_parts: _, ...brief } = ticket
    expect(conversation.ticket).toEqual(brief)
    expect([conversation.conversation_parts?.conversation_parts?.at(-1)?.part_type, ticket.ticket_parts?.ticket_parts?.at(-1)?.part_type]).toEqual([kind, kind])
    return inbox(ticket)
  }

  test('what is done to the conversation is done to the ticket', async () => {
    const workspace = opened()
    const { ask, later } = workspace
    const id = await made(workspace)
    await ask(manageConversation, { id, message_type: 'close', ...admin, body: 'Goodbye :)' })
    expect(await alike(workspace, id, 'close')).toMatchObject({ open: false })
    expect((await ask(getTicket, { id })).ticket_parts?.ticket_parts?.at(-1)).toMatchObject({ body: '<p>Goodbye :)</p>', author: { id: ines } })
    await ask(manageConversation, { id, message_type: 'open', ...admin })
    expect(await alike(workspace, id, 'open')).toMatchObject({ open: true })
    await ask(manageConversation, { id, message_type: 'assignment', ...admin, assignee_id: tobias })
    expect(await alike(workspace, id, 'assignment')).toMatchObject({ assignees: [Number(tobias), null] })
    await ask(attachContactToConversation, { id, customer: { email: 'new@example.test' } })
    expect((await alike(workspace, id, 'participant_added')).contacts).toHaveLength(2)
    await ask(detachContactFromConversation, { conversation_id: id, contact_id: maren.id, admin_id: ines })
    expect((await alike(workspace, id, 'participant_removed')).contacts).toHaveLength(1)
    await ask(manageConversation, { id, message_type: 'snoozed', ...admin, snoozed_until: start + 60 })
    expect(await alike(workspace, id, 'snoozed')).toMatchObject({ open: true, snoozed_until: start + 60 })
    later(60)
    expect(await alike(workspace, id, 'timer_unsnooze')).toMatchObject({ snoozed_until: null })
  })

  test('what is done to the ticket is done to the conversation, and counted there', async () => {
    const workspace = opened()
    const { ask, later } = workspace
    const id = await made(workspace)
    await ask(updateTicket, { id, assignment: { admin_id: ines, assignee_id: productFixes } })
    expect(await alike(workspace, id, 'assignment')).toMatchObject({ assignees: [null, Number(productFixes)] })
    await ask(updateTicket, { id, open: false })
    expect(await alike(workspace, id, 'close')).toMatchObject({ open: false })
    await ask(updateTicket, { id, open: true })
    await alike(workspace, id, 'open')
    await ask(updateTicket, { id, snoozed_until: start + 60 })
    await alike(workspace, id, 'snoozed')
    later(60)
    await alike(workspace, id, 'timer_unsnooze')
    await ask(updateTicket, { id, assignment: { assignee_id: '0' } })
    expect(await alike(workspace, id, 'assignment')).toMatchObject({ assignees: [null, null] })
    expect((await ask(getConversation, { id })).statistics).toMatchObject({ last_close_at: start, count_reopens: 1, count_assignments: 2, count_conversation_parts: 6 })
  })

  test('a customer who writes to a closed one reopens both, and the choices of a quick reply show', async () => {
    const workspace = opened()
    const { ask } = workspace
    const id = await made(workspace)
    await ask(updateTicket, { id, open: false })
    await ask(replyConversation, { id, ...customer, body: 'Not yet.' })
    expect(inbox((await both(workspace, id)).ticket)).toMatchObject({ open: true })
    const reply_options = [{ text: 'Yes', uuid: '22f5b0c1-4a2c-4f0b-9d0a-0b8f1f6a2a10' }]
    await ask(replyTicket, { id, ...admin, message_type: 'quick_reply', reply_options })
    const { conversation, ticket } = await both(workspace, id)
    expect(ticket.ticket_parts?.ticket_parts?.slice(-2).map(({ part_type }) => part_type)).toEqual(['comment', 'quick_reply'])
    expect(conversation.conversation_parts?.conversation_parts?.at(-1)?.metadata).toEqual({ quick_reply_options: reply_options })
  })

  test('who subscribed to tickets hears of it, once', async () => {
    const { ask, workspace } = asking()
    const topics = ['ticket.closed', 'ticket.admin.assigned', 'ticket.admin.replied', 'ticket.contact.attached', 'ticket.contact.detached', 'conversation.admin.closed']
    const hears = await told(workspace, topics)
    const { conversation_id: id } = (await ask('POST', '/conversations', { from: { type: 'user', id: maren.id }, body: 'Two kayaks leak.' })).body
    await ask('POST', `/conversations/${id}/convert`, { ticket_type_id: question })
    await ask('POST', `/conversations/${id}/parts`, { ...admin, message_type: 'assignment', assignee_id: tobias })
    await ask('POST', `/conversations/${id}/customers`, { customer: { email: 'new@example.test' } })
    await ask('DELETE', `/conversations/${id}/customers/${maren.id}`, { admin_id: ines })
    await ask('POST', `/tickets/${id}/reply`, { ...admin, message_type: 'comment', body: 'Bring them in.' })
    await ask('PUT', `/tickets/${id}`, { open: false })
    expect((await hears()).map(({ topic }) => topic).toSorted()).toEqual(topics.toSorted())
    workspace.close()
  })
})

test('a deleted conversation takes its ticket, and all that was said in it, along', async () => {
  const { ask, refusal } = opened()
  const id = await begun({ ask })
  await ask(convertConversationToTicket, { id, ticket_type_id: question })
  await ask(deleteConversation, { id })
  expect(await refusal(getTicket, { id })).toBe('404 ticket_not_found: Ticket not found')
})

/** The bug of the demo to which a conversation of Maren's is linked, and that conversation. */
const linked = async ({ ask }: Workspace) => {
  const { tickets } = await ask(searchTickets, { query: { field: 'title', operator: '=', value: 'Calendar sync writes the same booking twice' } })
  const { conversations } = await ask(searchConversations, { query: { field: 'source.body', operator: '~', value: 'Island Loop' } })
  return { ticket: tickets[0]!, conversation: conversations[0]! }
}

describe('what is linked', () => {
  test('is told on both sides', async () => {
    const { ask } = opened()
    const { ticket, conversation } = await linked({ ask })
    expect(ticket.linked_objects).toEqual({ type: 'list', data: [{ type: 'conversation', id: conversation.id, category: null }], total_count: 1, has_more: false })
    expect(conversation.linked_objects).toEqual({ type: 'list', data: [{ type: 'ticket', id: ticket.id, category: 'Back-office' }], total_count: 1, has_more: false })
  })

  test('hears a note that is posted across, and nothing else', async () => {
    const { ask } = opened()
    const { ticket, conversation } = await linked({ ask })
    const { id } = ticket
    await ask(replyTicket, { id, ...admin, message_type: 'note', body: 'Fixed on Thursday.', cross_post: true })
    await ask(replyTicket, { id, ...admin, message_type: 'note', body: 'Between us.' })
    await ask(replyTicket, { id, ...admin, message_type: 'comment', body: 'A comment.', cross_post: true })
    const { conversation_parts: parts, state } = await ask(getConversation, { id: conversation.id })
    expect(parts?.total_count).toBe(conversation.statistics!.count_conversation_parts! + 1)
    expect(parts?.conversation_parts?.at(-1)).toMatchObject({ part_type: 'note', body: '<p>Fixed on Thursday.</p>', author: { type: 'admin', id: ines } })
    expect(state).toBe(conversation.state)
  })

  test('goes with what is deleted', async () => {
    const { ask } = opened()
    const { ticket, conversation } = await linked({ ask })
    await ask(deleteConversation, { id: conversation.id })
    expect((await ask(getTicket, { id: ticket.id })).linked_objects?.total_count).toBe(0)
    const other = opened()
    await other.ask(deleteTicket, { id: ticket.id })
    expect((await other.ask(getConversation, { id: conversation.id })).linked_objects?.total_count).toBe(0)
  })
})

test('links of a conversation outlive its ticket, and forget what is gone on both', async () => {
  const { ask } = opened()
  const { ticket, conversation } = await linked({ ask })
  await ask(convertConversationToTicket, { id: conversation.id, ticket_type_id: question })
  await ask(deleteTicket, { id: conversation.id })
  expect((await ask(getTicket, { id: ticket.id })).linked_objects?.total_count).toBe(1)
  const other = opened()
  await other.ask(convertConversationToTicket, { id: conversation.id, ticket_type_id: question })
  await other.ask(deleteTicket, { id: ticket.id })
  for (const one of Object.values(await both(other, conversation.id))) expect(one.linked_objects?.total_count).toBe(0)
})

test('a ticket that was never a conversation is none', async () => {
  const { ask, refusal } = opened()
  const { ticket } = await linked({ ask })
  await ask(updateTicket, { id: ticket.id, is_shared: true })
  expect(await refusal(getConversation, { id: ticket.id })).toBe('404 not_found: Resource Not Found')
})
