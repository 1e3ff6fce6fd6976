import { expect, test } from 'vitest'
import { everyTool } from './session.ts'

everyTool(['ticket-types', 'ticket-type-attributes', 'ticket-states', 'tickets'], ({ answered, one, many }) => {
  test('a ticket of a type of one\'s own', async () => {
    const { id: ticket_type_id } = await one('ticket_type', 'create_ticket_type', { name: 'Sighting', description: 'Something seen' })
    const attribute = await one('attribute', 'create_ticket_type_attribute', { ticket_type_id, name: 'Where', description: 'The place', data_type: 'string' })
    await one('attribute', 'update_ticket_type_attribute', { ticket_type_id, id: attribute.id, required_to_create: true })
    expect(await one('ticket_type', 'update_ticket_type', { id: ticket_type_id, name: 'Whale sighting' })).toMatchObject({ name: 'Whale sighting' })
    expect(await one('ticket_type', 'get_ticket_type', { id: ticket_type_id })).toMatchObject({ name: 'Whale sighting' })
    expect((await many('ticket_types', 'list_ticket_types')).map(({ id }) => id)).toContain(ticket_type_id)
    const state = (await many('ticket_states', 'list_ticket_states')).find(({ category }) => category === 'in_progress')
    const person = await one('contact', 'get_contact_by_external_id', { external_id: 'usr_1042' })
    const admin = await one('admin', 'identify_admin')

    const asked = { ticket_type_id: 'Whale sighting', contacts: [{ id: person.id }], ticket_attributes: { title: 'A fin', where: 'Off the bow' } }
    const { id } = await one('ticket', 'create_ticket', asked)
    expect(await one('ticket', 'update_ticket', { id, ticket_state_id: state!.id, ticket_attributes: { Where: 'Astern' } })).toMatchObject({ ticket_attributes: { Where: 'Astern' } })
    await answered('reply_ticket', { id, type: 'admin', message_type: 'note', admin_id: admin.id, body: '<p>Seen by <b>two</b></p><p>at noon</p>' })
    expect(JSON.stringify(await one('ticket', 'get_ticket', { id }))).toContain('Seen by **two**\\n\\nat noon')
    expect(await many('tickets', 'search_tickets', { query: { field: 'ticket_type_id', operator: '=', value: ticket_type_id } })).toHaveLength(1)
    await answered('delete_ticket', { id })
  })
})
