import { expect, test } from 'vitest'
import { open } from './session.ts'

const tokenIn = (preview: string): string => /confirm_token "([^"]+)"/.exec(preview)?.[1] ?? ''

test('a repeat under its idempotency key asks nobody again, with or without the confirmation that is used; other arguments are told so', async () => {
  const session = await open(['--toolsets', 'all'], { INTERCOM_MCP_CONFIRM: 'all' })
  const [tag, other] = (await session.call('list_tags')).structured!.tags as { id: string }[]
  const asked = { id: tag!.id, idempotency_key: 'once' }
  const preview = await session.call('delete_tag', asked)
  expect(preview.text).toContain('a person has to agree first')
  const agreed = { ...asked, confirm_token: tokenIn(preview.text) }
  for (const args of [agreed, agreed, asked]) expect(await session.call('delete_tag', args)).toMatchObject({ isError: false, structured: { result: { done: true } } })
  expect((await session.call('delete_tag', { ...asked, id: other!.id })).text).toContain('its idempotency key was used before, for a call with other arguments')
  expect((await session.call('delete_tag', { id: other!.id, idempotency_key: 'another' })).text).toContain('a person has to agree first')
  await session.close()
})
