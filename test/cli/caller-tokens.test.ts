import { PassThrough } from 'node:stream'
import { afterEach, expect, test, vi } from 'vitest'
import { CallerTokens } from '../../src/cli/caller-tokens.ts'
import { ledgersIn } from '../../src/cli/ledgers.ts'
import { groundFor } from '../../src/cli/offer.ts'
import { settings } from '../../src/cli/settings.ts'
import { isRefused } from '../../src/server/http/identity.ts'
import type { Tenant } from '../../src/server/http/tenant.ts'

const stream = () => new PassThrough().resume()
const ground = await groundFor(settings({}, {}, '--caller-tokens'), { args: [], env: {}, stdin: stream(), stdout: stream(), stderr: stream(), self: ['node', 'intercom-mcp'], stop: new AbortController().signal })

let now = 0
const kept = () => {
  const tokens = new CallerTokens(ground, ledgersIn(undefined, () => now), () => now)
  const of = async (token: string, region?: string): Promise<Tenant> => {
    const found = await tokens.of({ 'intercom-token': token, ...(region !== undefined && { 'intercom-region': region }) })
    if (isRefused(found)) throw new Error(found.message)
    return found
  }
  return { of, close: () => tokens.close() }
}

afterEach(() => vi.useRealTimers())

test('a token in a region is one tenant, and another for another region or token', async () => {
  const { of, close } = kept()
  const tenants = await Promise.all([of('a'), of('b'), of('a', 'eu'), of('a', 'us'), of('Bearer a')])
  expect(tenants.map((tenant) => tenants.indexOf(tenant))).toEqual([0, 1, 2, 0, 0])
  expect(new Set(tenants.map(({ key }) => key)).size).toBe(3)
  await close()
})

test('of more than a thousand the one used longest ago is let go', async () => {
  const { of, close } = kept()
  const [first, second] = [await of('token-0'), await of('token-1')]
  await of('token-0')
  for (let each = 2; each <= 1000; each += 1) await of(`token-${each}`)
  expect(await of('token-0')).toBe(first)
  expect(await of('token-1')).not.toBe(second)
  await close()
})

test('one in which something is being answered is not let go for others', async () => {
  const { of, close } = kept()
  const [used, idle] = [await of('used'), await of('idle')]
  let leave = () => {}
  const stream = used.during(true, () => new Promise<void>((resolve) => (leave = resolve)))
  for (let each = 2; each <= 1000; each += 1) await of(`token-${each}`)
  expect(await of('used')).toBe(used)
  expect(await of('idle')).not.toBe(idle)
  leave()
  await stream
  await close()
})

test('one that nobody uses for ten minutes is let go, and what was made for it ends', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { of, close } = kept()
  const [idle, used] = [await of('idle'), await of('used')]
  const over = new Promise<void>((resolve) => idle.whenOver(resolve))
  let leave = () => {}
  const stream = used.during(true, () => new Promise<void>((resolve) => (leave = resolve)))
  now += 10 * 60_000 + 1
  vi.advanceTimersByTime(60_000)
  await over
  expect(await of('idle')).not.toBe(idle)
  expect(await of('used')).toBe(used)
  leave()
  await stream
  await close()
})
