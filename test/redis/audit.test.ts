import { expect, test } from 'vitest'
import type { AuditLine } from '../../src/client/audit.ts'
import { openAudit } from '../../src/cli/audit.ts'
import { redisOfTest, replica, until } from './opened.ts'

const line = (operation: string): AuditLine => ({ time: 't', principal: 'p', operation, effect: 'write', target: '/', digest: 'd', confirmation: 'not needed', outcome: 'committed' })

/** The operations in a stream. */
const operationsIn = (stream: unknown): string[] => (stream as [string, [string, string]][]).map(([, [, text]]) => (JSON.parse(text) as AuditLine).operation)

test('lines of all replicas stand in one stream, in their order', async () => {
  const redis = await redisOfTest()
  const audits = await Promise.all([replica(redis), replica(redis)].map(async (each) => openAudit('redis', process.stderr, await each)))
  for (const [at, name] of ['a', 'b', 'c'].entries()) await audits[at % 2]!.add(line(name))
  expect(operationsIn(await redis.command('XRANGE', 'intercom-mcp:audit', '-', '+'))).toEqual(['a', 'b', 'c'])
})

test('a stream may be named', async () => {
  const redis = await redisOfTest()
  await (await openAudit('redis:writes', process.stderr, await replica(redis))).add(line('a'))
  expect(operationsIn(await redis.command('XRANGE', 'writes', '-', '+'))).toEqual(['a'])
})

test('about so many lines are kept', async () => {
  const redis = await redisOfTest()
  const append = (await replica(redis)).append()
  for (let at = 0; at < 21; at += 1) await append('x\n'.repeat(5_000))
  const length = Number(await redis.command('XLEN', 'intercom-mcp:audit'))
  expect(length).toBeGreaterThanOrEqual(100_000)
  expect(length).toBeLessThan(100_500)
})

test('while Redis is away nothing may be written, and what is owed goes first when it is back', async () => {
  const redis = await redisOfTest('--appendonly', 'yes')
  const replicas = await replica(redis)
  const audit = await openAudit('redis', process.stderr, replicas)
  await redis.kill()
  await expect(audit.add(line('owed'))).rejects.toThrow(/closed|reached|writeable/i)
  await until(() => !replicas.state().reachable)
  await expect(audit.ready()).rejects.toThrow('Redis cannot be reached')
  await redis.start()
  await until(() => audit.ready().then(() => true, () => false))
  await audit.add(line('next'))
  expect(operationsIn(await redis.command('XRANGE', 'intercom-mcp:audit', '-', '+'))).toEqual(['owed', 'next'])
})
