import { afterAll, expect, test } from 'vitest'
import { asking } from './asking.ts'

const { ask, workspace } = asking({ seed: 'empty' })
afterAll(() => workspace.close())

test('teams are there from the beginning, with their members', async () => {
  const { body } = await ask('GET', '/teams')
  expect(body.type).toBe('team.list')
  expect(body.teams).toHaveLength(3)
  expect(body.teams[1]).toEqual({
    type: 'team',
    id: '5530002',
    name: 'Billing',
    admin_ids: [4_810_103, 4_810_105],
    admin_priority_level: { primary_admin_ids: [4_810_103], secondary_admin_ids: [4_810_105] },
    distribution_method: 'manual',
  })
  expect((await ask('GET', '/teams/5530002')).body).toEqual(body.teams[1])
})

test('members and teams know of each other', async () => {
  const { teams } = (await ask('GET', '/teams')).body
  const { admins } = (await ask('GET', '/admins')).body
  const pairs = (owners: { id: string }[], theirs: (owner: never) => number[]) => owners.flatMap((owner) => theirs(owner as never).map((id) => [Number(owner.id), id].toSorted((a, b) => a - b).join()))
  expect(pairs(teams, ({ admin_ids }: { admin_ids: number[] }) => admin_ids).toSorted()).toEqual(pairs(admins, ({ team_ids }: { team_ids: number[] }) => team_ids).toSorted())
})

test('a team that is not there is a 404', async () => {
  const { status, body } = await ask('GET', '/teams/1')
  expect([status, body.errors]).toEqual([404, [{ code: 'team_not_found', message: 'Team not found' }]])
})
