import { expect, test } from 'vitest'
import { duration, time } from '../../src/view/time.ts'

test.each([
  [0, '0s'],
  [59, '59s'],
  [60, '1m'],
  [7_500, '2h 5m'],
  [86_399, '23h 59m 59s'],
  [200_000, '2d 7h 33m 20s'],
])('%i seconds last %s', (seconds, expected) => {
  expect(duration(seconds)).toBe(expected)
})

test.each([
  [1_763_629_200, 'minute', '2025-11-20T09:00Z'],
  [1_763_629_200, 'date', '2025-11-20'],
  [9e15, 'minute', 9e15],
] as const)('%i to the %s is %s', (seconds, precision, expected) => {
  expect(time(seconds, precision)).toBe(expected)
})
