import { expect, onTestFinished, test, vi } from 'vitest'
import { alarmClock, isWithin } from '../../src/client/alarm.ts'

/** An alarm clock in a time that passes only by `vi`, and what has rung. */
const clock = () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const rung: string[] = []
  const alarm = alarmClock()
  return { rung, set: (ms: number) => alarm(ms, () => rung.push(`${ms}`)) }
}

test('a moment is within so many milliseconds from then on, never before', () => {
  expect([4, 5, 14, 15].map((now) => isWithin(10, 5, now))).toEqual([false, true, true, false])
})

test('alarms ring in their time, in whatever order they were set, by one timer', () => {
  const { rung, set } = clock()
  for (const ms of [30, 10, 20, 40]) set(ms)
  expect(vi.getTimerCount()).toBe(1)
  const heard = [9, 1, 9, 1, 9, 1, 9].map((ms) => (vi.advanceTimersByTime(ms), rung.join(' ')))
  expect(heard).toEqual(['', '10', '10', '10 20', '10 20', '10 20 30', '10 20 30'])
  vi.advanceTimersByTime(1)
  expect([rung.at(-1), vi.getTimerCount()]).toEqual(['40', 0]) // nothing is due, and nothing armed
  set(5)
  vi.advanceTimersByTime(5)
  expect(rung.at(-1)).toBe('5')
})

test('what is due within the same millisecond rings along', () => {
  const { rung, set } = clock()
  set(10)
  set(11)
  vi.advanceTimersByTime(10)
  expect(rung).toEqual(['10', '11'])
})

test('an alarm that was called off never rings, and one without time rings at once', () => {
  const { rung, set } = clock()
  const off = set(10)
  off()
  set(0)
  set(-1)
  expect(rung).toEqual(['0', '-1'])
  vi.advanceTimersByTime(20)
  expect([rung.length, vi.getTimerCount()]).toEqual([2, 0])
})

test('an alarm may be set for longer than a timer runs', () => {
  const { rung, set } = clock()
  const month = 31 * 24 * 3_600_000
  set(month)
  set(Infinity)
  vi.advanceTimersByTime(month - 1)
  expect([rung, vi.getTimerCount()]).toEqual([[], 1])
  vi.advanceTimersByTime(1)
  expect(rung).toEqual([`${month}`])
})
