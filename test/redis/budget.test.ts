import { expect, onTestFinished, test } from 'vitest'
import type { Budget } from '../../src/client/budget.ts'
import type { Answer } from '../../src/client/call.ts'
import { openReplicas } from '../../src/redis/replicas.ts'
import { redisOfTest, until } from './opened.ts'

const key = 'intercom-mcp:id:budget'

/** A budget by a clock that the test may set, and the Redis that it is shared in. */
const shared = async () => {
  const clock = { ahead: 0 }
  const now = () => Date.now() + clock.ahead
  const redis = await redisOfTest()
  const replicas = await openReplicas(redis.url, { now, tell: () => {} })
  const budget = replicas.of('id', 'token').budget()
  onTestFinished(async () => {
    budget.close?.()
    await replicas.close()
  })
  const told = (headers: Record<string, string>) => budget.learn(answer({ date: new Date(now()).toUTCString(), ...headers }), { sentAt: now(), now: now(), others: 0 })
  return { redis, budget, now, clock, told }
}

const answer = (headers: Record<string, string>): Answer => ({ status: 200, headers, text: '' })

const seconds = (ms: number): string => String(Math.floor(ms / 1000))

/** Resolves once a request may be sent, soon enough. */
const free = (budget: Budget, now: () => number): Promise<void> => until(() => budget.delay(now()) === 0, 5_000)

/** As Redis holds it of a window that is used up, and ends in so many milliseconds by its own clock. */
const usedUp = (ms: number, more: Record<string, number> = {}) =>
  Object.entries({ limit: 100, granted: 100, reset: Date.now() + ms, lo: -1000, hi: 1000, ...more }).flat().map(String)

test('a window that is used up holds requests back until it ends', async () => {
  const { redis, budget, now } = await shared()
  await redis.command('HSET', key, ...usedUp(20_000))
  await expect(free(budget, now).catch(() => 'held')).resolves.toBe('held')
  expect(budget.delay(now())).toBeLessThanOrEqual(21_000)
})

test.each([
  ['the clock of Redis was set back an hour', usedUp(3_600_000)],
  ['the clock of Redis was set back during a pause that Intercom asked for', usedUp(1_000, { held: Date.now() + 3_600_000 })],
  ['Intercom told once that it takes nothing', usedUp(-1_000, { limit: 0 })],
])('requests go on when %s', async (_, window) => {
  const { redis, budget, now } = await shared()
  await redis.command('HSET', key, ...window)
  await expect(free(budget, now)).resolves.toBeUndefined()
})

test('requests go on when this machine’s clock is set back while they wait', async () => {
  const { redis, budget, now, clock } = await shared()
  await redis.command('HSET', key, ...usedUp(20_000))
  await until(() => budget.window(now()) !== undefined || budget.delay(now()) === 0)
  clock.ahead = -3_600_000
  expect(budget.window(now())).toBeUndefined()
  await redis.command('DEL', key)
  await expect(free(budget, now)).resolves.toBeUndefined()
})

test('an end of a window that makes no sense is not believed, nor what was told of a window before again', async () => {
  const { redis, budget, now, told } = await shared()
  const reset = async () => String((await redis.command('HMGET', key, 'reset') as string[])[0])
  told({ 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': seconds(Date.now() * 1000) })
  await free(budget, now)
  const end = seconds(Date.now() + 8_000)
  told({ 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '90', 'x-ratelimit-reset': end })
  await until(async () => (await reset()) === `${end}000`)
  await expect(free(budget, now)).resolves.toBeUndefined()
})
