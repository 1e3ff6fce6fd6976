import { expect, test } from 'vitest'
import { everyTool } from './session.ts'

everyTool(['admins'], ({ one, many }) => {
  test('admins', async () => {
    const me = await one('admin', 'identify_admin')
    const [admin] = await many('admins', 'list_admins')
    expect(await one('admin', 'get_admin', { id: admin!.id })).toMatchObject({ name: admin!.name })
    expect(await one('admin', 'set_away_admin', { id: me.id, away_mode_enabled: true, away_mode_reassign: false })).toMatchObject({ away_mode_enabled: true })
    await many('activity_logs', 'list_activity_logs', { created_at_after: 0 })
  })
})
