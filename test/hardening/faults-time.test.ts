import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { createClient } from '../../src/client/client.ts'
import { Failure } from '../../src/client/failure.ts'
import { dice } from './faults/dice.ts'
import type { Fault } from './faults/fault.ts'
import { statuses } from './faults/statuses.ts'
import { connections } from './faults/connections.ts'
import { askings, kinds, type Subject, tryOut } from './faults/trial.ts'
import { message, requestsOf } from './faults/upstream.ts'
import { broken, described } from './faults/verdict.ts'
import { cases, tally } from './figures.ts'

const jumps = tally('A clock that jumps by an hour or a year at any of its readings: an answer in time, the truth about what ran')
const races = tally('Connections that close as the next request comes: at most one run, the truth about what ran')

const hour = 3_600_000
const year = 8766 * hour

/** A client whose clock jumps at one of its readings. What it would sleep is over at once. */
const jumping = (atReading: number, byMs: number, readings: (count: number) => void) => (baseUrl: string): Subject & { readonly later: () => void } => {
  let [count, passed] = [0, 0]
  const now = () => {
    readings(++count)
    return Date.now() + passed + (count >= atReading ? byMs : 0)
  }
  const sleep = async (ms: number, signal: AbortSignal) => {
    await new Promise((resolve) => setImmediate(resolve))
    if (signal.aborted) throw new Error('woken')
    passed += ms
  }
  const client = createClient({ upstream: { baseUrl, token: 'token-a' }, random: () => 0, now, sleep })
  return {
    call: (operation, input, deadlineMs) => client.call(operation, input, { deadlineMs }),
    close: () => client.close(),
    later: () => void (passed += 120_000),
  }
}

const all = [...statuses('http://127.0.0.1:9'), ...connections]
const met = ['429 with a reset to come', '429 with no header', '500', '503 with Retry-After: 2', 'a reset before the answer', 'a close within the body', 'silence before the answer', '103 fifty times before the answer']
const faults = met.map((name): Fault => all.find((fault) => fault.name === name)!)

/** Every reading of the clock in turn, until there is none any more that was not tried. */
const expectToOutlive = async (fault: Fault, kind: (typeof kinds)[number], byMs: number) => {
  let most = 1
  for (let reading = 1; reading <= most; reading += cases(2, 1))
    await jumps.during(async () => {
      const seen = await tryOut(kind, { faults: [fault], after: 'health', ran: true }, jumping(reading, byMs, (count) => (most = Math.max(most, Math.min(count, 40)))))
      expect(broken(seen), `at reading ${reading} by ${byMs} ms: ${described(seen)}`).toEqual([])
    })
}

test.concurrent.each(faults)('$name, and a clock that jumps', async (fault) => {
  const [index, by] = [faults.indexOf(fault), [hour, -hour, year, -year]]
  for (const kind of kinds) for (const byMs of cases(0, 1) ? by : [by[(index + kinds.indexOf(kind)) % 4]!]) await expectToOutlive(fault, kind, byMs)
}, 600_000)

/** Answers a while and closes then, without a word, when nothing or something is on its way. */
const fickle = (roll: () => number) => {
  let runs = 0
  const server = createServer((socket: Socket) => {
    let left = 1 + Math.floor(roll() * 3)
    requestsOf(socket.on('error', () => {}), ({ method }) => {
      if (left-- <= 0) return void socket.resetAndDestroy() // it came too late
      if (method === 'POST') runs += 1
      socket.write(message(200, '{"type":"contact","id":"5","name":"Ada"}'))
      if (left === 0 && roll() < 0.7) setTimeout(() => (roll() < 0.5 ? socket.end() : socket.resetAndDestroy()), roll() * 3)
    })
  })
  return { server, runs: () => runs }
}

test('connections that close as the next request comes lose no truth', async () => {
  const roll = dice(4)
  const { server, runs } = fickle(roll)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const client = createClient({ upstream: { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 't' }, random: () => 0 }) // always one of a TCP server
  for (let count = cases(100, 5_000); count > 0; count--)
    await races.during(async () => {
      const { operation, input, writes } = askings[count % 2 ? 'read' : 'create']
      const before = runs()
      const outcome = await client.call(operation, input).catch((failure: unknown) => failure)
      if (writes && outcome instanceof Failure) expect(runs() - before).toBeLessThanOrEqual(outcome.outcome === 'unknown' ? 1 : 0)
      else if (outcome instanceof Failure) expect([outcome.code, outcome.outcome].join()).toMatch(/^(unavailable,not_committed|unreachable,not_sent)$/)
      else expect(runs() - before).toBe(writes ? 1 : 0)
      if (roll() < 0.3) await new Promise((resolve) => setTimeout(resolve, roll() * 3))
    })
  await client.close()
  server.close()
}, 600_000)
