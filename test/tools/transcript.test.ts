import { afterAll, beforeAll, expect, test } from 'vitest'
import { open, type Session } from './session.ts'

let session: Session
beforeAll(async () => {
  session = await open(['--toolsets', 'all'])
})
afterAll(() => session.close())

type Parts = { id: string }[]

test.each(['conversation', 'ticket'])('the parts of a %s before one of them are shown, and an unknown one is refused', async (kind) => {
  const { structured } = await session.call(`search_${kind}s`, { query: { field: 'state', operator: '=', value: 'closed' } })
  const { id } = (structured![`${kind}s`] as { id: string }[])[0]!
  const parts = async (parts_before?: string) => ((await session.call(`get_${kind}`, { id, parts_before })).structured![kind] as Record<string, Parts | { shown: number; items: Parts }>)[`${kind}_parts`]
  const all = (await parts()) as Parts
  expect(all.length).toBeGreaterThan(1)
  expect(await parts(all.at(-1)!.id)).toMatchObject({ total: all.length, shown: all.length - 1, items: all.slice(0, -1).map((part) => ({ id: part.id })) })
  expect(await session.call(`get_${kind}`, { id, parts_before: '1' })).toMatchObject({ isError: true, text: expect.stringMatching(/^parts_before: no part "1" among the newest/) as unknown })
})
