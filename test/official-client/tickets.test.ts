import { afterAll, beforeAll, expect, test } from 'vitest'
import { failure, serve, type Served } from './workspace.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.stop())

test('a ticket type is made, asks its questions, and is archived', async () => {
  const { ticketTypes } = served.client
  const type = (await ticketTypes.create({ name: 'Refund', category: 'Customer', description: 'Money back' }))!
  expect(type.ticket_type_attributes).toMatchObject({ data: [{ name: '_default_title_' }, { name: '_default_description_' }] })
  const ticket_type_id = type.id!
  const amount = await ticketTypes.attributes.create({ ticket_type_id, name: 'Amount', description: 'How much', data_type: 'decimal', required_to_create: true })
  expect(amount).toMatchObject({ name: 'Amount', data_type: 'decimal', order: 2, ticket_type_id: Number(ticket_type_id) })
  const changed = await ticketTypes.attributes.update({ ticket_type_id, attribute_id: amount!.id!, description: 'In dollars', required_to_create: false })
  expect(changed).toMatchObject({ description: 'In dollars', required_to_create: false })
  expect((await ticketTypes.get({ ticket_type_id }))!.name).toBe('Refund')
  expect((await ticketTypes.list()).data!.map((each) => each?.id)).toContain(ticket_type_id)
  expect(await ticketTypes.update({ ticket_type_id, archived: true })).toMatchObject({ archived: true })
  expect(await failure(ticketTypes.get({ ticket_type_id: '999999' }))).toMatchObject({ statusCode: 404 })
})

test('a ticket is opened, worked on, found and deleted', async () => {
  const { tickets, ticketTypes, ticketStates, admins } = served.client
  const type = (await ticketTypes.create({ name: 'Question', category: 'Customer' }))!
  const created = (await tickets.create({
    ticket_type_id: type.id!,
    contacts: [{ email: 'new-lead@example.test' }],
    ticket_attributes: { _default_title_: 'Where is my order', _default_description_: 'It is late' },
  } as never))! // the client's types forget ticket_attributes
  expect(created).toMatchObject({ type: 'ticket', open: true, ticket_attributes: { _default_title_: 'Where is my order' } })
  const ticket_id = created.id
  const admin = (await admins.list()).admins![0]!

  expect((await tickets.get({ ticket_id }))!.contacts.contacts).toHaveLength(1)
  const progress = (await ticketStates.listTicketStates()).data!.find((state) => state?.category === 'in_progress')!
  const moved = (await tickets.update({ ticket_id, ticket_state_id: progress.id!, admin_id: Number(admin.id), assignee_id: admin.id }))!
  expect(moved.ticket_state).toMatchObject({ category: 'in_progress' })
  expect(moved.admin_assignee_id).toBe(admin.id)
  expect(await failure(tickets.update({ ticket_id, ticket_state_id: progress.id! }))).toMatchObject({ statusCode: 400 })

  const note = await tickets.reply({ ticket_id, body: { message_type: 'note', type: 'admin', admin_id: admin.id, body: 'Checked the carrier' } })
  expect(note).toMatchObject({ type: 'ticket_part', part_type: 'note' })
  const lead = created.contacts.contacts![0]!
  const comment = await tickets.reply({ ticket_id, body: { message_type: 'comment', type: 'user', intercom_user_id: lead.id!, body: 'Thanks' } })
  expect(comment).toMatchObject({ part_type: 'comment', author: { id: lead.id } })

  const found = await tickets.search({ query: { operator: 'AND', value: [{ field: 'contact_ids', operator: '=', value: lead.id! }] } })
  expect(found.data.map((ticket) => ticket?.id)).toEqual([ticket_id])
  expect(await tickets.deleteTicket({ ticket_id })).toMatchObject({ id: ticket_id, object: 'ticket', deleted: true })
  expect(await failure(tickets.get({ ticket_id }))).toMatchObject({ statusCode: 404 })
})

test('the ticket pager walks every ticket once', async () => {
  const pager = await served.client.tickets.search({ query: { field: 'created_at', operator: '>', value: 0 }, pagination: { per_page: 7 } })
  const ids = []
  for await (const ticket of pager) ids.push(ticket!.id)
  expect(ids.length).toBeGreaterThan(30)
  expect(new Set(ids).size).toBe(ids.length)
})
