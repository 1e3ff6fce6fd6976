import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Served, served } from '../workspace/served.ts'
import { open, type Session } from './session.ts'

type Document = Record<string, unknown>
const tokens = (value: unknown): number => encode(typeof value === 'string' ? value : JSON.stringify(value)).length

let room: Served
let session: Session
beforeAll(async () => {
  room = await served({ now: Date.now })
  session = await open([], { INTERCOM_ACCESS_TOKEN: room.workspace.token, INTERCOM_BASE_URL: room.server.url })
})
afterAll(async () => {
  await session.close()
  await room.stop()
})

/** Who has most conversations and tickets in the seed. */
const busiest = async (): Promise<string> => {
  const all = { query: { field: 'created_at', operator: '>', value: 0 }, pagination: { per_page: 150 } }
  const counts = new Map<string, number>()
  for (const list of ['conversations', 'tickets']) {
    const { body } = await room.send(`POST /${list}/search`, all)
    for (const { contacts } of body[list] as { contacts: { contacts: { id: string }[] } }[])
      for (const { id } of contacts.contacts) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]![0]
}

test('the busiest customer is told in at most 1,500 tokens in either form, a small part of what Intercom answers', async ({ annotate }) => {
  const { body } = await room.send(`GET /contacts/${await busiest()}`)
  await room.send('DELETE /_workspace/requests')
  const { text, structured } = await session.call('who_is_customer', { customer: body.email as string })
  const { requests } = (await room.send('GET /_workspace/requests?limit=100')).body as { requests: { operation: string; answer: unknown }[] }
  const raw = requests.reduce((sum, { answer }) => sum + tokens(answer), 0)
  expect(structured!.customer as Document).toMatchObject({ id: body.id as string })
  expect(requests.length).toBeLessThanOrEqual(12)
  await annotate(`${requests.length} calls; tokens (o200k): text ${tokens(text)}, structured ${tokens(structured)}, raw JSON of the same calls ${raw}`)
  expect(Math.max(tokens(text), tokens(structured))).toBeLessThanOrEqual(1500)
  expect(raw).toBeGreaterThan(10 * tokens(text))
})
