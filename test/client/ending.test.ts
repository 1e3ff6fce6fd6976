import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import type { Alarm } from '../../src/client/alarm.ts'
import { attendance } from '../../src/client/attendance.ts'
import { deadline } from '../../src/client/deadline.ts'
import { Ending, within } from '../../src/client/ending.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('all have left once the last one has, even in anger', async () => {
  const { during, over } = attendance()
  const leave: (() => void)[] = []
  const inside = () => during(() => new Promise<void>((resolve) => leave.push(resolve)))
  const visits = [inside(), inside(), during(() => Promise.reject(new Error('anger'))).catch(() => {})]
  let left = false
  void over().then(() => (left = true))
  const seen: boolean[] = []
  for (const step of [() => {}, ...leave]) {
    step()
    await turn()
    seen.push(left)
  }
  expect([seen, await Promise.all(visits)]).toEqual([[false, false, true], [undefined, undefined, undefined]])
})

test('where nobody is inside, all have left', async () => {
  const { during, over } = attendance()
  let left = 0
  void over().then(() => (left += 1))
  await turn()
  expect([left, await during(async () => 'answer')]).toEqual([1, 'answer'])
  void over().then(() => (left += 1))
  await turn()
  expect(left).toBe(2)
})

/** An alarm that rings when told. */
const bell = () => {
  const set = new Map<() => void, number>()
  const alarm: Alarm = (ms, ring) => {
    set.set(ring, ms)
    return () => set.delete(ring)
  }
  return { alarm, set: () => [...set.values()], ring: () => [...set.keys()].forEach((each) => each()) }
}

test('what runs within a time follows the outer end, and leaves nothing behind', async () => {
  const { alarm, set, ring } = bell()
  const outer = new Ending()
  const seen: (Ending | string | number | undefined)[] = []
  await within(alarm, 5, outer, async (ending) => void seen.push(ending, ...set()))
  const [first] = seen as [Ending]
  outer.end('cancelled')
  expect([seen[1], set(), first.reason]).toEqual([5, [], undefined])
  await within(alarm, 5, outer, async (ending) => void seen.push(ending.reason))
  await within(alarm, 5, new Ending(), async (ending) => (ring(), void seen.push(ending.reason)))
  await within(alarm, 5, new Ending(), () => Promise.reject(new Error('failed'))).catch(() => {})
  expect([seen.slice(2), set()]).toEqual([['cancelled', 'timeout'], []])
})

test('calls under one signal are one listener for as long as one of them runs', async () => {
  const { alarm, ring } = bell()
  const inTime = deadline(alarm)
  const caller = new AbortController()
  const listeners = () => getEventListeners(caller.signal, 'abort').length
  const leave: (() => void)[] = []
  const endings: Ending[] = []
  const call = () => inTime(5, caller.signal, (ending) => (endings.push(ending), new Promise<void>((resolve) => leave.push(resolve))))
  const calls = [call(), call()]
  const seen = [listeners()]
  for (const each of leave) {
    each()
    await turn()
    seen.push(listeners())
  }
  calls.push(call())
  caller.abort()
  leave[2]!()
  await Promise.all(calls)
  expect([seen, endings.map(({ reason }) => reason), listeners()]).toEqual([[1, 1, 0], [undefined, undefined, 'cancelled'], 0])
  await inTime(5, caller.signal, async (ending) => void endings.push(ending))
  await inTime(5, undefined, async (ending) => (ring(), void endings.push(ending)))
  expect(endings.slice(3).map(({ reason }) => reason)).toEqual(['cancelled', 'timeout'])
})
