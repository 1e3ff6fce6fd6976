import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Entry, lifetime, room } from '../../src/client/ledger.ts'
import { redisOfTest, replica, until } from './opened.ts'

/** Whether it was known already or only just found out. */
const away = /closed|reached|writeable/i

const begun = (): Entry => ({ digest: 'd', at: Date.now() })

test('a key entered by one replica is taken for all, and its answer too, which stands in Redis for no one else to read', async () => {
  const redis = await redisOfTest()
  const [one, other] = (await Promise.all([replica(redis), replica(redis)])).map((each) => each.of('id', 'token').ledger)
  const entry = begun()
  const first = await Promise.all([one!, other!, one!, other!].map((ledger) => ledger.begin('a', entry)))
  expect(first.filter((taken) => taken === undefined)).toHaveLength(1)
  await one!.end('a', { ...entry, ended: { answer: { name: 'Ada Lovelace' } } })
  expect(await other!.find('a')).toEqual({ ...entry, ended: { answer: { name: 'Ada Lovelace' } } })
  expect(await redis.command('GET', 'intercom-mcp:id:write:a')).not.toMatch(/Ada|digest|QWRh/)
  expect(Number(await redis.command('PTTL', 'intercom-mcp:id:write:a'))).toBeGreaterThan(lifetime - 60_000)
})

test('a key is free again when its write never happened, and when its day is over', async () => {
  const { ledger } = (await replica(await redisOfTest())).of('id', 'token')
  expect(await ledger.begin('a', begun())).toBeUndefined()
  await ledger.free('a')
  expect(await ledger.begin('a', { digest: 'd', at: Date.now() - lifetime })).toBeUndefined()
  expect(await ledger.find('a')).toBeUndefined()
  expect(await ledger.begin('a', begun())).toBeUndefined()
  expect(await ledger.begin('a', begun())).toMatchObject({ digest: 'd' })
})

test('a key whose day is over is taken by one replica only, however many find that at once', async () => {
  const redis = await redisOfTest()
  const ledgers = (await Promise.all(Array.from({ length: 4 }, () => replica(redis)))).map((each) => each.of('id', 'token').ledger)
  for (const id of Array.from({ length: 100 }, (_, at) => `k${at}`)) {
    await ledgers[0]!.begin(id, { digest: 'd', at: Date.now() - lifetime })
    const taken = await Promise.all(ledgers.map(async (ledger, at) => {
      for (let turn = 0; turn < at; turn++) await setImmediate()
      return ledger.begin(id, begun())
    }))
    expect(taken.filter((each) => each === undefined)).toHaveLength(1)
  }
})

test('there is room for so many keys of each token', async () => {
  const redis = await redisOfTest()
  const replicas = await replica(redis)
  const { ledger } = replicas.of('id', 'token')
  await redis.command('ZADD', 'intercom-mcp:id:writes', ...Array.from({ length: room.entries }, (_, at) => [String(Date.now()), `k${at}`]).flat())
  await expect(ledger.begin('a', begun())).rejects.toThrow('10000 idempotency keys')
  expect(await replicas.of('another', 'token').ledger.begin('a', begun())).toBeUndefined()
})

test('the fact of a write is kept also when its answer is too long', async () => {
  const { ledger } = (await replica(await redisOfTest())).of('id', 'token')
  const entry = begun()
  await ledger.end('a', { ...entry, ended: { answer: 'x'.repeat(70_000) } })
  expect(await ledger.find('a')).toEqual({ ...entry, ended: {} })
})

test('an entry that another token wrote is told as damaged, not taken for free', async () => {
  const replicas = await replica(await redisOfTest())
  await replicas.of('id', 'token').ledger.begin('a', begun())
  await expect(replicas.of('id', 'another').ledger.begin('a', begun())).rejects.toThrow('unable to authenticate')
})

test('a key that was refused while Redis hung is free once it is back, on every replica', async () => {
  const redis = await redisOfTest()
  const [one, other] = await Promise.all([replica(redis), replica(redis)])
  redis.hang()
  await expect(one.of('id', 'token').ledger.begin('a', begun())).rejects.toThrow(away)
  redis.wake()
  await until(async () => one.state().reachable && (await redis.command('EXISTS', 'intercom-mcp:id:write:a')) === 0)
  expect(await other.of('id', 'token').ledger.begin('a', begun())).toBeUndefined()
  expect(await one.of('id', 'token').ledger.begin('a', begun())).toMatchObject({ digest: 'd' })
})

test('how a write ended while Redis was away is known once it is back', async () => {
  const redis = await redisOfTest('--appendonly', 'yes', '--appendfsync', 'always')
  const { ledger } = (await replica(redis)).of('id', 'token')
  const entry = begun()
  await ledger.begin('a', entry)
  redis.hang()
  await expect(ledger.end('a', { ...entry, ended: { answer: 1 } })).rejects.toThrow(away)
  await redis.kill()
  await redis.start()
  await until(async () => (await ledger.find('a').catch(() => undefined))?.ended !== undefined)
  expect(await ledger.find('a')).toEqual({ ...entry, ended: { answer: 1 } })
})

test('while Redis cannot be reached, nothing can be entered', async () => {
  const redis = await redisOfTest()
  const { ledger } = (await replica(redis)).of('id', 'token')
  await redis.kill()
  await expect(ledger.begin('a', begun())).rejects.toThrow(away)
  await expect(ledger.find('a')).rejects.toThrow(away)
})
