import { Intercom } from 'intercom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve, type Served } from './workspace.ts'

let served: Served
beforeAll(async () => {
  served = await serve('--empty')
})
afterAll(() => served.stop())

test('segments are listed, counted and found', async () => {
  const { segments } = served.client
  const { segments: all } = await segments.list()
  expect(all!.map(({ name }) => name)).toEqual(['Active', 'New', 'Slipping away', 'Leads'])
  expect(all![0]).not.toHaveProperty('count')
  expect((await segments.list({ include_count: true })).segments!.map(({ count }) => count)).toEqual([0, 0, 0, 0])
  expect(await segments.find({ segment_id: all![3]!.id! })).toEqual(all![3])
  await expect(segments.find({ segment_id: '1' })).rejects.toBeInstanceOf(Intercom.NotFoundError)
})

test('teams are listed and found, and their members are teammates', async () => {
  const { teams, admins } = served.client
  const all = (await teams.list()).teams!
  expect(all).toHaveLength(3)
  expect(await teams.find({ team_id: all[0]!.id! })).toEqual(all[0])
  const known = new Set((await admins.list()).admins!.map((admin) => Number(admin!.id)))
  expect(all.flatMap(({ admin_ids }) => admin_ids ?? []).every((id) => known.has(id))).toBe(true)
  await expect(teams.find({ team_id: '1' })).rejects.toBeInstanceOf(Intercom.NotFoundError)
})
