import { createHash } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { createClient } from '../../src/client/client.ts'
import { createTag, listTags } from '../../src/contract/tags.ts'
import { openWorkspace } from '../../src/workspace/workspace.ts'
import { redisOfTest, replica, until } from './opened.ts'

const updated = { kind: 'resource_updated', uri: 'intercom://contacts/1' } as const

test('subscribers are told wherever the change was seen, each once', async () => {
  const redis = await redisOfTest()
  const [one, other] = await Promise.all([replica(redis), replica(redis)])
  const buses = { here: one.bus('tenant'), there: other.bus('tenant'), elsewhere: other.bus('another') }
  const heard: string[] = []
  const leaving = Object.entries(buses).map(([name, bus]) => bus.subscribe(() => heard.push(name)))
  buses.here.publish(updated)
  await until(() => heard.length === 2)
  expect(heard).toEqual(['here', 'there'])
  leaving[1]!()
  leaving[1]!()
  buses.here.publish(updated)
  await until(async () => (await settled(heard)) === 3)
})

/** How many there are once no more come. */
const settled = async (heard: readonly string[]): Promise<number> => {
  await new Promise((resolve) => setTimeout(resolve, 200))
  return heard.length
}

test('what others publish on the channel is nobody’s, and what replicas say is heard afterwards', async () => {
  const redis = await redisOfTest()
  const [one, other] = await Promise.all([replica(redis), replica(redis)])
  const heard: unknown[] = []
  other.bus('tenant').subscribe((event) => heard.push(event))
  const topic = `${createHash('sha256').update('tenant').digest('hex')}:changes`
  for (const junk of ['junk', '', 'null', '{}', '[]', '[1,2]', JSON.stringify(['a', topic]), ...[null, 5, {}, { kind: 'other' }, { kind: 'resource_updated' }].map((news) => JSON.stringify(['a', topic, news]))]) {
    await redis.command('PUBLISH', 'intercom-mcp:news', junk)
  }
  one.bus('tenant').publish(updated)
  await until(() => heard.length > 0)
  expect(heard).toEqual([updated])
})

test.each(['killed', 'hung'])('subscribers on one replica hear each other while Redis is %s, and all others again when it is back', async (how) => {
  const redis = await redisOfTest()
  const [one, other] = await Promise.all([replica(redis), replica(redis)])
  const heard: string[] = []
  const local = one.bus('tenant')
  for (const name of ['one', 'two']) local.subscribe(() => heard.push(name))
  other.bus('tenant').subscribe(() => heard.push('other'))
  await (how === 'killed' ? redis.kill() : redis.hang())
  await until(() => [one, other].every((each) => !each.state().reachable))
  local.publish(updated)
  expect(heard).toEqual(['one', 'two'])
  await (how === 'killed' ? redis.start() : redis.wake())
  await until(() => [one, other].every((each) => each.state().reachable))
  await until(async () => {
    heard.length = 0
    local.publish(updated)
    return (await settled(heard)) === 3
  })
  expect(heard.sort()).toEqual(['one', 'other', 'two'])
})

test('a write through one replica makes the others forget the lists they keep', async () => {
  const redis = await redisOfTest()
  const workspace = openWorkspace({ now: Date.now, random: Math.random, rateLimit: 1e9 })
  const clients = (await Promise.all([replica(redis), replica(redis)])).map((each) =>
    createClient({ upstream: { baseUrl: 'http://workspace.localhost', token: workspace.token, fetch: workspace.fetch }, peers: each.of('id', 'token').peers }))
  onTestFinished(async () => {
    await Promise.all(clients.map((client) => client.close()))
    workspace.close()
  })
  const names = async (at: number) => ((await clients[at]!.call(listTags, {})).data ?? []).map(({ name }) => name)
  expect(await names(1)).not.toContain('Fresh')
  await clients[0]!.call(createTag, { name: 'Fresh' })
  await until(async () => (await names(1)).includes('Fresh'))
  clients[1]!.forget(['tags'])
  await redis.kill()
  await clients[0]!.call(createTag, { name: 'Missed' })
  expect(await names(1)).toContain('Fresh')
  await redis.start()
  await until(async () => (await names(1)).includes('Missed')) // what was told meanwhile is unknown, so all is asked for anew
})
