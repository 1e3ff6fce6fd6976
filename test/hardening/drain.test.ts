import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endWhileCalled, slowIntercom, unanswered } from './drain-load.ts'
import { cases, tally } from './figures.ts'

const ended = tally('A server told to end at any moment answers every call that reached it, or has not begun it, and ends with 0 within 10 seconds (trials)')
const called = tally('The calls that were made meanwhile, new and kept connections, reads and writes, both eras of the protocol (calls)')

/** Milliseconds from the first call to the signal, and to each answer of Intercom's, the same in every run. */
const [moments] = fc.sample(fc.array(fc.integer({ min: 0, max: 150 }), { minLength: 1000, maxLength: 1000 }), { seed: 7, numRuns: 1 })
let delays = 0

let intercom: Awaited<ReturnType<typeof slowIntercom>>
beforeAll(async () => {
  intercom = await slowIntercom(() => moments![delays++ % moments!.length]! / 3)
})
afterAll(() => intercom.close())

test('told to end at a random moment, it leaves no call unanswered', { timeout: 3_600_000 }, async () => {
  let answered = 0
  for (let trial = 0; trial < cases(5, 1000); trial++)
    await ended.during(async () => {
      const { calls, code, ms } = await endWhileCalled(intercom.env, { after: moments![trial]!, signal: 'SIGTERM', trial })
      expect({ trial, wrong: unanswered(calls, intercom.written), code }).toEqual({ trial, wrong: [], code: 0 })
      expect(ms).toBeLessThan(10_000)
      answered += calls.filter(({ end }) => end === 'answered').length
      called.held(calls.length)
    })
  expect(answered).toBeGreaterThan(cases(5, 1000))
})

test('of a server that ends at once, the same check tells what was lost', async () => {
  const lost = []
  for (let trial = 0; trial < 3; trial++) {
    const { calls } = await endWhileCalled(intercom.env, { after: 100, signal: 'SIGKILL', trial: -1 - trial })
    lost.push(...unanswered(calls, intercom.written))
  }
  expect(lost).toContain('a write was done, and not answered')
})
