import { expect, test } from 'vitest'
import { everyTool } from './session.ts'

everyTool(['contacts'], ({ answered, one, many }) => {
  test('contacts, from the first to the last of one', async () => {
    const { id } = await one('contact', 'create_contact', { role: 'user', email: 'ida@example.test', custom_attributes: { plan: 'Solo' } })
    expect(await one('contact', 'update_contact', { id, name: 'Ida', external_id: 'every-1' })).toMatchObject({ name: 'Ida' })
    expect(await one('contact', 'get_contact', { id })).toMatchObject({ email: 'ida@example.test' })
    expect(await one('contact', 'get_contact_by_external_id', { external_id: 'every-1' })).toMatchObject({ id })
    expect(await many('contacts', 'search_contacts', { query: { field: 'external_id', operator: '=', value: 'every-1' } })).toHaveLength(1)
    expect((await many('contacts', 'list_contacts')).length).toBeGreaterThan(1)
    await answered('archive_contact', { id })
    await answered('unarchive_contact', { id })
    const lead = await one('contact', 'create_contact', { role: 'lead', email: 'ida.lead@example.test' })
    expect(await one('contact', 'merge_contact', { from: lead.id, into: id })).toMatchObject({ id })
    await answered('block_contact', { id })
    await answered('delete_contact', { id })
  })

  test('what is attached to a contact', async () => {
    const { id } = await one('contact', 'get_contact_by_external_id', { external_id: 'usr_1042' })
    expect(await many('companies', 'list_contact_companies', { id })).not.toHaveLength(0)
    expect(await many('tags', 'list_contact_tags', { contact_id: id })).not.toHaveLength(0)
    await many('segments', 'list_contact_segments', { contact_id: id })
    await answered('list_contact_subscriptions', { contact_id: id })
  })
})
