import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { run } from '../cli/program.ts'
import { redisOfTest, replica, until } from './opened.ts'
import { fit } from '../../src/redis/fit.ts'

const http = (url: string) => run(['http', '--port', '0'], { env: { REDIS_URL: url } })

test('a Redis that is not there is told at the start, without its password', async () => {
  const { code, stderr } = await http('redis://:s3cret@127.0.0.1:1')
  expect([code, stderr]).toEqual([2, expect.stringContaining('the Redis of --redis-url or REDIS_URL cannot be used: connect ECONNREFUSED')])
  expect(stderr).not.toContain('s3cret')
})

test('a wrong password is told at the start, and not shown', async () => {
  const { url } = await redisOfTest('--requirepass', 'right')
  const { code, stderr } = await http(url.replace('//', '//:s3cret@'))
  expect([code, stderr]).toEqual([2, expect.stringMatching(/cannot be used: WRONGPASS/)])
  expect(stderr).not.toContain('s3cret')
})

test('what is no URL of a Redis is refused without being shown', async () => {
  const { code, stderr } = await http('http://:s3cret@host')
  expect([code, stderr]).toEqual([2, expect.stringContaining('REDIS_URL: it is not a URL like redis://host:6379')])
  expect(stderr).not.toContain('s3cret')
})

test('a database that Redis does not have is refused, rather than another used', async () => {
  const { url } = await redisOfTest()
  expect(await http(`${url}/99`)).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be used: ERR DB index is out of range') as string })
})

test('a Redis that may forget used confirmations is refused', async () => {
  const { url } = await redisOfTest('--maxmemory', '10mb', '--maxmemory-policy', 'allkeys-lru')
  expect(await http(url)).toMatchObject({ code: 2, stderr: expect.stringContaining('its maxmemory-policy is allkeys-lru; set noeviction') as string })
})

/** What docs/http.md gives the user of Redis. */
const rights = /^ACL SETUSER intercom-mcp on >PASSWORD (.+)$/m

test('the rights that the manual gives are enough, and without its channel the start is refused', async () => {
  const { url, command } = await redisOfTest()
  const [, given = ''] = rights.exec(readFileSync('docs/http.md', 'utf8')) ?? []
  const as = async (user: string, ...allowed: string[]) => {
    await command('ACL', 'SETUSER', user, 'on', '>pw', ...allowed)
    return url.replace('//', `//${user}:pw@`)
  }
  const replicas = await replica({ url: await as('full', ...given.split(' ')) })
  const { spent, ledger, budget: open } = replicas.of('id', 'token')
  expect(await spent.spend('a', Date.now() + 60_000)).toBe(true)
  const entry = { digest: 'd', at: Date.now() }
  expect(await ledger.begin('a', entry)).toBeUndefined()
  await ledger.end('a', entry)
  expect(await ledger.find('a')).toEqual(entry)
  await ledger.free('a')
  await replicas.append()('line\n')
  const budget = open()
  await until(() => budget.delay(Date.now()) === 0)
  budget.close?.()
  expect(await command('EXISTS', 'intercom-mcp:id:budget')).toBe(1)
  const mute = await http(await as('mute', ...given.split(' ').filter((each) => !each.startsWith('&'))))
  expect(mute).toMatchObject({ code: 2, stderr: expect.stringMatching(/cannot be used: NOPERM .*channels/) as string })
})

test('an audit in Redis needs a Redis', async () => {
  expect(await run(['http', '--port', '0', '--audit', 'redis'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--redis-url') as string })
})

test.each([
  ['an old one', 'run_id:a\r\nredis_version:6.2.1\r\nmaxmemory:0', 'it is Redis 6.2.1, and 7 is needed'],
  ['a cluster', 'run_id:a\r\nredis_version:7.0.0\r\nredis_mode:cluster\r\nmaxmemory:0', 'it is a cluster; give the address of a single Redis'],
  ['one that hides who it is', 'redis_version:7.0.0\r\nmaxmemory:0', 'allow this user the command'],
])('%s is refused', (_, info, why) => {
  expect(() => fit(info)).toThrow(why)
})

test('one without a limit of its memory, or that forgets nothing, will do', () => {
  expect(fit('run_id:a\r\nredis_version:7.0.0\r\nmaxmemory:0\r\nmaxmemory_policy:allkeys-lru')).toBe('a')
  expect(fit('run_id:b\r\nredis_version:8.2.1\r\nmaxmemory:1\r\nmaxmemory_policy:noeviction')).toBe('b')
})
