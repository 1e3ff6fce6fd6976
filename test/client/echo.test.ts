import { expect, test } from 'vitest'
import type { Call } from '../../src/client/call.ts'
import { anyone } from '../../src/client/caller.ts'
import { echoes } from '../../src/client/echo.ts'
import { Ending } from '../../src/client/ending.ts'
import { createNote } from '../../src/contract/notes.ts'

const how = { operation: createNote, effect: 'write', method: 'POST', path: '/', expires: Infinity, caller: anyone, fresh: false } as const

const note = (body: string, idempotencyKey?: string): Call => ({ ...how, input: { contact_id: '5', body }, ending: new Ending(), ...(idempotencyKey !== undefined && { idempotencyKey }) })

test('a write is never taken for itself, nor for one with other words', () => {
  const { sound, isAmbiguous } = echoes()
  expect(isAmbiguous(note('Called'), 7)).toBe(false)
  sound(note('Called'), 7)
  expect([isAmbiguous(note('Called'), 7), isAmbiguous(note('Call'), 7), isAmbiguous(note('Call'), 8)]).toEqual([false, false, false])
})

test('without a key, a write is the one that was sent at that very moment', () => {
  const { sound, isAmbiguous } = echoes()
  sound(note('Called'), 7)
  expect([isAmbiguous(note('Called'), 8), isAmbiguous(note('Called', 'k'), 7)]).toEqual([true, true])
})

test('with a key, it is the one under that key, whenever it was sent', () => {
  const { sound, isAmbiguous } = echoes()
  sound(note('Called', 'k'), 7)
  expect([isAmbiguous(note('Called', 'k'), 9), isAmbiguous(note('Called', 'j'), 7), isAmbiguous(note('Called'), 7)]).toEqual([false, true, true])
})

test('of two alike either may have come, unless one is known not to have happened', () => {
  const { sound, isAmbiguous } = echoes()
  sound(note('Called'), 7)
  const forget = sound(note('Called'), 8)
  expect([isAmbiguous(note('Called'), 7), isAmbiguous(note('Called'), 8)]).toEqual([true, true])
  forget()
  expect([isAmbiguous(note('Called'), 7), isAmbiguous(note('Called'), 8)]).toEqual([false, true])
})

test('writes alike ten minutes apart are told apart, and a later one never is', () => {
  const { sound, isAmbiguous } = echoes()
  sound(note('Called', 'k'), 0)
  expect([599_999, 600_000].map((at) => isAmbiguous(note('Called', 'j'), at))).toEqual([true, false])
  expect([0, -700_000].map((at) => isAmbiguous(note('Called', 'j'), at))).toEqual([true, true])
})

test('a thousand writes are remembered', () => {
  const { sound, isAmbiguous } = echoes()
  sound(note('Called', 'k'), 0)
  for (let count = 1; count < 1000; count++) sound(note('Other'), count)
  expect(isAmbiguous(note('Called', 'j'), 1)).toBe(true)
  sound(note('Other'), 1000)
  expect(isAmbiguous(note('Called', 'j'), 1)).toBe(false)
})
