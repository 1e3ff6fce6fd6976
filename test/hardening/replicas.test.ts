import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { calling, connects, tokenIn } from '../tools/confirming.ts'
import { cases, tally } from './figures.ts'
import { type Replicated, replicated, replicatedHere, saturated, type Served, summed, type Wanted, warm, windowMs } from './replicas-setup.ts'

const isLong = cases(0, 1) === 1

const open: Replicated[] = []
const kept = async <T extends Replicated>(made: Promise<T>): Promise<T> => {
  open.push(await made)
  return made
}
const setup = (wanted: Wanted): Promise<Served> => kept(replicated(wanted))
/** Processes in the long form; in the short one, clients that are no slower on a busy machine. */
const sharing = (wanted: Wanted): Promise<Replicated> => (isLong ? setup(wanted) : kept(replicatedHere(wanted)))
afterAll(() => Promise.all(open.map((each) => each.close())))

const processCounts = isLong ? [2, 4] : [2]
const rateLimit = cases(100, 1667)
const windows = cases(1, 3)

/** What became of the budget in whole windows of saturation. */
const spent = async (replicas: Replicated) => {
  replicas.upstream.set(2_000)
  await warm(replicas)
  await replicas.upstream.next()
  await saturated(replicas, cases(12, 120), windows * windowMs - 100)
  const seen = summed([...replicas.upstream.windows.values()].slice(0, windows))
  return { ...seen, used: seen.answered / (windows * rateLimit) }
}

describe('the rate budget', { concurrent: !isLong }, () => {
  const refusals = tally('Replicas that share Redis are not refused for their own doing (calls; at most 1 % may be)')

  test.each(processCounts)('is used whole and not overdrawn by %i processes', async (processes) => {
    const { answered, refused, share, used } = await spent(await sharing({ processes, rateLimit }))
    console.log(`${processes} processes, ${windows} windows of ${rateLimit}: ${answered} answered, ${refused} refused (${(share * 100).toFixed(2)} %), ${(used * 100).toFixed(1)} % of the budget used`)
    refusals.held(answered + refused)
    expect(share).toBeLessThanOrEqual(0.01)
    expect(used).toBeGreaterThanOrEqual(0.95)
  }, 300_000)

  test('the broken twin: two who heed nothing overdraw it', async () => {
    expect((await spent(await kept(replicatedHere({ processes: 2, rateLimit, redis: false })))).share).toBeGreaterThan(0.01)
  }, 300_000)

  test('while Redis is dead, calls go on, each process within a quarter of it', async () => {
    const replicas = await sharing({ processes: 2, rateLimit })
    replicas.upstream.set(2_000)
    await warm(replicas)
    await replicas.redis.kill()
    await replicas.alone()
    await replicas.upstream.next()
    await sleep(1_100) // what they know of the window's begin may be late by a second
    await saturated(replicas, 12, windowMs - 1_200)
    const { answered, refused } = summed([...replicas.upstream.windows.values()].slice(0, 1))
    expect(refused).toBe(0)
    expect(Math.abs(answered - rateLimit / 2)).toBeLessThanOrEqual(rateLimit * 0.05)
  }, 60_000)
})

describe('one confirmation used at once in several processes that share Redis', () => {
  const figure = tally('One confirmation used at once in replicas that share Redis is taken once')
  const message = { from: { type: 'admin', id: '4810101' }, to: { type: 'user', id: '66f0c3d1a7b24e1000000006' }, body: 'Hello', message_type: 'inapp' }
  const connected = async ({ urls }: Served) => (await Promise.all(urls.map((url) => connects['SDK v2 speaking 2026-07-28']!({ url })))).map(calling)

  test('is taken once', async () => {
    const calls = await connected(await setup({ processes: cases(2, 4), rateLimit: 1e9 }))
    for (let index = 0; index < cases(10, 1_000); index += 1)
      await figure.during(async () => {
        const token = tokenIn(await calls[index % calls.length]!('create_message', message))
        const answers = await Promise.all(calls.flatMap((call) => [call, call]).map((call) => call('create_message', { ...message, confirm_token: token })))
        expect(answers.filter(({ isError }) => !isError)).toHaveLength(1)
        expect(answers.filter(({ text }) => text.includes('used before'))).toHaveLength(answers.length - 1)
      })
  }, 600_000)

  test('the broken twin: without Redis one does not take what the other gave, and knows nothing of what it used', async () => {
    const [one, other] = await connected(await setup({ processes: 2, rateLimit: 1e9, redis: false }))
    const token = tokenIn(await one!('create_message', message))
    expect(await other!('create_message', { ...message, confirm_token: token })).toMatchObject({ isError: true, text: expect.stringContaining('not for this call') as string })
    expect(await one!('create_message', { ...message, confirm_token: token })).toMatchObject({ isError: false })
  })

  test.each(['hung', 'killed', 'emptied'] as const)('is not taken by Redis %s, and the answer says what to do', async (how) => {
    const replicas = await setup({ processes: 2, rateLimit: 1e9 })
    const [one, other] = await connected(replicas)
    const token = tokenIn(await one!('create_message', message))
    if (how === 'hung') replicas.redis.hang()
    if (how === 'killed') await replicas.redis.kill()
    if (how === 'emptied') await replicas.redis.command('FLUSHALL')
    for (const call of [other!, one!]) {
      const { isError, text } = await call('create_message', { ...message, confirm_token: token })
      expect([isError, text]).toEqual([true, expect.stringMatching(/cannot be told now.*Call again without it|not for this call.*Call again without it/s)])
    }
    if (how === 'hung') {
      const keyed = await other!('create_tag', { name: 'Fresh', idempotency_key: 'k1' })
      expect(keyed).toMatchObject({ isError: true, text: expect.stringContaining('cannot keep idempotency keys now, and without it nothing is sent') as string })
      expect(await one!('search_contacts', { filters: [{ field: 'email', value: 'nobody@example.com' }] })).toMatchObject({ isError: false })
      replicas.redis.wake()
    }
    if (how === 'killed') await replicas.redis.start()
    await expect.poll(async () => {
      const fresh = tokenIn(await one!('create_message', message))
      return (await other!('create_message', { ...message, confirm_token: fresh })).isError
    }, { timeout: 20_000, interval: 250 }).toBe(false)
  }, 60_000)
})

test.each([1, 2, 4].slice(0, cases(0, 3)))('throughput with %i processes', async (processes) => {
  const replicas = await setup({ processes, rateLimit: 1e9, latency: 250 })
  await saturated(replicas, 32 * processes, 2_000)
  const { well } = await saturated(replicas, 48 * processes, 10_000)
  expect(well).toBeGreaterThan(0)
  console.log(`${processes} processes, answers take 250 ms: ${(well / 10).toFixed(0)} calls/s`)
}, 120_000)
