import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RedisServer, redisServer } from '../redis/server.ts'
import { awayOf, eras, Front, secret, type Served, type Watcher } from './webhooks-front.ts'

const front = new Front()
const replicas: Served[] = []
let redis: RedisServer
beforeAll(async () => {
  redis = await redisServer()
  const env = { REDIS_URL: redis.url, INTERCOM_MCP_WEBHOOK_SECRET: secret }
  replicas.push(await front.serve([], env), await front.serve([], env))
  await front.tell(replicas[0]!) // and the other one is told of nothing
})
afterAll(async () => {
  await front.end()
  await redis.close()
})

test.each(eras)('a client of %s is told on whichever replica it is, and reads what is true there', async (era) => {
  const watchers = await Promise.all(replicas.map((replica) => replica.watch(era, ['intercom://admins'])))
  const { id } = await front.api<{ id: string }>('GET', '/me')
  const awayOn = (watcher: Watcher) => awayOf(watcher, id)
  for (const away of [true, false]) {
    expect(await Promise.all(watchers.map(awayOn))).toEqual([!away, !away])
    await front.api('PUT', `/admins/${id}/away`, { away_mode_enabled: away, away_mode_reassign: false })
    for (const { heard } of watchers) {
      await expect.poll(() => heard).toEqual(['intercom://admins'])
      heard.length = 0
    }
    expect(await Promise.all(watchers.map(awayOn))).toEqual([away, away])
  }
  await Promise.all(watchers.map((watcher) => watcher.close()))
})
