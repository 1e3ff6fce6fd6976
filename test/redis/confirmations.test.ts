import { expect, test } from 'vitest'
import type { Bound, Claims } from '../../src/tools/confirm/seal.ts'
import { redisOfTest, replica, until } from './opened.ts'

const bound: Bound = { workspace: 'w', principal: 'p', tool: 't', way: 'shown', digest: 'd' }
const claims: Claims = { id: '00'.repeat(16), shown: '11'.repeat(32), expires: 1_800_000_000_000 }
const later = () => Date.now() + 60_000

test('what one replica sealed, another opens and takes, and only once', async () => {
  const redis = await redisOfTest()
  const [one, other] = (await Promise.all([replica(redis), replica(redis)])).map((each) => each.of('id', 'token'))
  expect(other!.seals.open(one!.seals.seal(claims, bound), bound)).toEqual(claims)
  const taken = await Promise.all([one!, other!, one!, other!].map(async ({ spent }) => spent.spend(claims.id, later())))
  expect(taken.filter(Boolean)).toHaveLength(1)
})

test('whoever has another token opens nothing, and nothing in Redis would let them', async () => {
  const redis = await redisOfTest()
  const replicas = await replica(redis)
  const seal = replicas.of('id', 'token').seals.seal(claims, bound)
  expect(replicas.of('id', 'another').seals.open(seal, bound)).toBeUndefined()
  await replicas.of('id', 'token').spent.spend(claims.id, later())
  expect(((await redis.command('KEYS', '*')) as string[]).sort()).toEqual(['intercom-mcp:epoch', `intercom-mcp:used:${claims.id}`])
})

test('after Redis was emptied nothing is good that was sealed before, whether that was noticed already or not', async () => {
  const redis = await redisOfTest()
  const replicas = await replica(redis)
  const { seals, spent } = replicas.of('id', 'token')
  const seal = seals.seal(claims, bound)
  expect(await spent.spend(claims.id, later())).toBe(true)
  await redis.command('FLUSHALL')
  await expect(spent.spend(claims.id, later())).rejects.toThrow('was emptied')
  await until(() => seals.open(seal, bound) === undefined)
  expect(replicas.told).toEqual([expect.stringContaining('confirmations shown before no longer count')])
  expect(await spent.spend('22'.repeat(16), later())).toBe(true)
})

test('after Redis began anew from an old copy nothing is good that was sealed before', async () => {
  const redis = await redisOfTest('--appendonly', 'no')
  const replicas = await replica(redis)
  const { seals, spent } = replicas.of('id', 'token')
  const seal = seals.seal(claims, bound)
  await redis.command('SAVE')
  expect(await spent.spend(claims.id, later())).toBe(true)
  await redis.kill()
  await until(() => !replicas.state().reachable)
  await redis.start()
  await until(() => replicas.state().reachable)
  expect(await redis.command('EXISTS', 'intercom-mcp:epoch')).toBe(1)
  expect(await redis.command('EXISTS', `intercom-mcp:used:${claims.id}`)).toBe(0) // which is why
  expect(seals.open(seal, bound)).toBeUndefined()
})

test.each([
  ['became a replica', ['REPLICAOF', '127.0.0.1', '1'], /READONLY [^.]+\. Calls go on/],
  ['is full', ['CONFIG', 'SET', 'maxmemory', '1'], /OOM [^.]+\. Calls go on/],
])('a Redis that %s takes no writes, and is told to be away', async (_, command, why) => {
  const redis = await redisOfTest()
  const replicas = await replica(redis)
  await redis.command(...command)
  await until(() => !replicas.state().reachable)
  expect(replicas.told).toEqual([expect.stringMatching(why)])
  await expect(replicas.of('id', 'token').spent.spend(claims.id, later())).rejects.toThrow('Redis cannot be reached')
})

test('while Redis is dead or hangs, nothing is taken, in good time', async () => {
  const redis = await redisOfTest()
  const replicas = await replica(redis)
  const { spent } = replicas.of('id', 'token')
  redis.hang()
  const began = Date.now()
  await expect(spent.spend(claims.id, later())).rejects.toThrow(/closed|answer|timeout|reached/i)
  expect(Date.now() - began).toBeLessThan(5_000)
  await until(() => !replicas.state().reachable)
  await expect(spent.spend(claims.id, later())).rejects.toThrow('Redis cannot be reached')
  redis.wake()
  await until(() => replicas.state().reachable)
  await redis.kill()
  await until(() => !replicas.state().reachable)
  await expect(spent.spend(claims.id, later())).rejects.toThrow('Redis cannot be reached')
  expect(replicas.told.map((message) => message.split(/[.:]/)[0])).toEqual(['Redis cannot be reached', 'Redis is back', 'Redis cannot be reached'])
})
