import { afterAll, expect, test } from 'vitest'
import { asking, refused } from './asking.ts'

const { ask, workspace } = asking()
afterAll(() => workspace.close())

test('segments are listed whole, and counted only when asked', async () => {
  const { body } = await ask('GET', '/segments')
  expect(Object.keys(body)).toEqual(['type', 'segments'])
  expect(body.type).toBe('segment.list')
  expect(body.segments.map(({ name }: { name: string }) => name)).toEqual(['Active', 'New', 'Slipping away', 'Leads', 'Big fleets'])
  for (const segment of body.segments) expect(Object.keys(segment)).toEqual(['type', 'id', 'name', 'created_at', 'updated_at', 'person_type'])
  expect((await ask('GET', '/segments?include_count=false')).body).toEqual(body)
  expect((await ask('GET', `/segments/${body.segments[0].id}`)).body).toEqual(body.segments[0])
})

test('a count is of those who can be seen, people and companies', async () => {
  const counted = async (): Promise<Record<string, number>> =>
    Object.fromEntries((await ask('GET', '/segments?include_count=true')).body.segments.map(({ name, count }: { name: string; count: number }) => [name, count]))
  const before = await counted()
  expect(before['Big fleets']).toBe(3)
  const leads = (await ask('GET', '/segments')).body.segments[3].id
  const found = await ask('POST', '/contacts/search', { query: { field: 'segment_id', operator: '=', value: leads } })
  expect(before['Leads']).toBe(found.body.total_count)
  await ask('POST', `/contacts/${found.body.data[0].id}/archive`)
  expect(await counted()).toEqual({ ...before, Leads: before['Leads']! - 1 })
})

test('a segment that is not there is a 404', async () => {
  expect(refused(await ask('GET', '/segments/123'))).toBe('404 not_found: Resource Not Found')
})

test('an empty workspace has the default segments', async () => {
  const empty = asking({ seed: 'empty' })
  expect((await empty.ask('GET', '/segments?include_count=true')).body.segments.map(({ count }: { count: number }) => count)).toEqual([0, 0, 0, 0])
  empty.workspace.close()
})
