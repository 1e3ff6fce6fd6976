import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve, type Served } from '../official-client/workspace.ts'
import { open, type Session } from './session.ts'

let served: Served
let session: Session
/** With a token that may read conversations and nothing else. */
beforeAll(async () => {
  served = await serve('--scope', 'Read conversations')
  session = await open([], { INTERCOM_BASE_URL: served.url, INTERCOM_ACCESS_TOKEN: served.token })
})
afterAll(async () => {
  await session.close()
  await served.stop()
})

const search = (input: Record<string, unknown>) => session.call('search_conversations', input)

test('without the workspace\'s time zone days are those of UTC, which is told', async () => {
  const { structured } = await search({ filters: [{ field: 'created', operator: 'at_most', value: '2026-03-04T10:00' }] })
  expect(structured!.note).toContain('created_at to 2026-03-04 10:00 (dates in UTC, since the workspace\'s time zone could not be read)')
})

test('an attribute under its full name is left to Intercom when attributes cannot be read', async () => {
  const { structured } = await search({ filters: [{ field: 'custom_attributes.Topic', value: 'Calendar' }] })
  expect(structured!.total).toBeGreaterThan(0)
  expect((await search({ filters: [{ field: 'Topic', value: 'Calendar' }] })).text).toMatch(/"Topic" is not a search field\..* The workspace's own could not be read; name one in full\.$/)
})

test('a name that cannot be looked up: which permission it takes; by id it works', async () => {
  expect(await search({ filters: [{ field: 'assignee', value: 'Ines' }] })).toMatchObject({ isError: true, text: expect.stringMatching(/"Read admins".*Developer Hub/) as string })
  expect(await search({ filters: [{ field: 'assignee', value: '4810101' }] })).toMatchObject({ isError: false })
})
