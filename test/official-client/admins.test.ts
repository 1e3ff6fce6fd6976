import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve, type Served } from './workspace.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.stop())

test('the token knows whose it is, and where', async () => {
  const me = (await served.client.admins.identify())!
  expect(me).toMatchObject({ type: 'admin', app: { type: 'app' } })
  expect(me.app!.timezone).toMatch(/\w+\/\w+/)
})

test('admins are listed, found, and sent away, which the activity log tells', async () => {
  const { admins } = served.client
  const { admins: everyone } = await admins.list()
  expect(everyone!.length).toBeGreaterThan(3)
  const admin_id = Number(everyone![0]!.id)
  expect((await admins.find({ admin_id }))!.email).toBe(everyone![0]!.email)
  const before = String(Math.floor(Date.now() / 1000) - 60)
  expect(await admins.away({ admin_id, away_mode_enabled: true, away_mode_reassign: true })).toMatchObject({ away_mode_enabled: true })
  expect((await admins.find({ admin_id }))!.away_mode_enabled).toBe(true)
  const log = await admins.listAllActivityLogs({ created_at_after: before })
  expect(log.activity_logs).toMatchObject([{ activity_type: 'admin_away_mode_change', performed_by: { type: 'admin' } }])
  await expect(admins.find({ admin_id: 1 })).rejects.toMatchObject({ statusCode: 404 })
})
