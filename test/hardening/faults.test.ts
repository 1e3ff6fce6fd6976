import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { bodies } from './faults/bodies.ts'
import { connections } from './faults/connections.ts'
import { dice } from './faults/dice.ts'
import type { Fault } from './faults/fault.ts'
import { statuses } from './faults/statuses.ts'
import { type Kind, kinds, ourClient, tryOut } from './faults/trial.ts'
import type { Plan } from './faults/upstream.ts'
import { broken, described, endOf, endsOf } from './faults/verdict.ts'
import { cases, tally } from './figures.ts'

const alone = tally('Faults between us and Intercom: an answer in time, never a false success, the truth about what ran')
const paired = tally('Two faults in a row between us and Intercom: the same')

/** Where redirects lead. It would be believed. */
let visitors = 0
const elsewhere = createServer((_, response) => {
  visitors += 1
  response.end('{"type":"contact","id":"5","name":"Mallory"}')
})
await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
afterAll(() => elsewhere.close())

const faults = [...statuses(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`), ...bodies, ...connections] // always one of a TCP server

/** Once or for ever; before the write ran or after. */
const plansOf = (fault: Fault): Plan[] => {
  const mayRun = !fault.refuses && !fault.early && fault.told !== 'answer'
  return (mayRun ? [true, false] : [false]).flatMap((ran) => (['the same', 'health'] as const).map((after) => ({ faults: [fault], after, ran })))
}

const expectToHold = async (kind: Kind, plan: Plan, ends?: readonly string[]) => {
  const seen = await tryOut(kind, plan, ourClient)
  expect(broken(seen), described(seen)).toEqual([])
  if (ends) expect(ends, described(seen)).toContain(endOf(seen))
}

test('no fault is there twice', () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length)
  expect(faults.length).toBeGreaterThanOrEqual(250)
})

describe('each by itself, for a read, a search, a write that can be read back and one that cannot', () => {
  test.concurrent.each(faults.map((fault, index) => ({ name: fault.name, fault, index })))('$name', async ({ fault, index }) => {
    const plans = plansOf(fault)
    const some = plans.length <= cases(1, 4) ? plans : [plans[index % plans.length]!]
    for (const plan of some) await Promise.all(kinds.map((kind) => alone.during(() => expectToHold(kind, plan, endsOf(fault, kind, plan)))))
  })
})

test('one after another: what the second answer spoils, when the first was got over', async () => {
  const roll = dice(8)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)]!
  const pairs = Array.from({ length: cases(100, 20_000) }, () => ({ kind: pick(kinds), plan: { faults: [pick(faults), pick(faults)], after: pick(['the same', 'health'] as const), ran: roll() < 0.5 } }))
  const telling = pairs.filter(({ kind, plan }) => kind !== 'update' || plan.faults[1]!.told !== 'not_found') // Intercom's own word that nothing is there is believed
  while (telling.length > 0) await Promise.all(telling.splice(0, 16).map(({ kind, plan }) => paired.during(() => expectToHold(kind, plan))))
}, 900_000)

test('nothing goes to any other host, and nothing is left that keeps the process alive', async () => {
  expect(visitors).toBe(0)
  const sockets = () => process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP') && name !== 'TCPServerWrap')
  await expect.poll(sockets).toEqual([])
})
