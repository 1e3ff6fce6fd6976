import { expect, test } from 'vitest'
import { everyTool } from './session.ts'

everyTool(['notes', 'segments', 'teams'], ({ one, many }) => {
  test('a note about a contact', async () => {
    const { id: contact_id } = await one('contact', 'get_contact_by_external_id', { external_id: 'usr_1042' })
    const admin = await one('admin', 'identify_admin')
    const { id } = await one('note', 'create_note', { contact_id, body: 'Asked twice about <b>tides</b>', admin_id: admin.id })
    expect(await one('note', 'get_note', { id })).toMatchObject({ body: 'Asked twice about **tides**', author: { name: admin.name }, contact: { id: contact_id } })
    expect((await many('notes', 'list_contact_notes', { contact_id })).map((note) => note.id)).toContain(id)
  })

  test('segments and teams', async () => {
    const segments = await many('segments', 'list_segments', { include_count: true })
    expect(segments[0]).toMatchObject({ name: 'Active', count: expect.any(Number) as number })
    expect(await one('segment', 'get_segment', { id: segments[3]!.id })).toMatchObject({ name: 'Leads', person_type: 'contact' })
    const teams = await many('teams', 'list_teams')
    expect(await one('team', 'get_team', { id: teams[1]!.id })).toMatchObject({ name: 'Billing', admin_ids: [4_810_103, 4_810_105] })
  })
})
