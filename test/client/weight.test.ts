import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holdsMoreThan, isTooDeep } from '../../src/client/weight.ts'

/** How many commas and brackets stand outside of texts, in the plainest way to say it. */
const weighed = (json: string): number => json.replace(/"(?:[^"\\]|\\.)*"/gs, '""').replace(/[^,[{]/g, '').length

test('JSON weighs as many values as it holds, wherever a text has commas, brackets or quotes', () => {
  const texts = fc.string({ unit: fc.constantFrom('"', '\\', ',', '[', '{', 'a'), maxLength: 6 })
  const values = fc.letrec((tie) => ({ any: fc.oneof(texts, fc.integer(), fc.array(tie('any'), { maxLength: 4 }), fc.dictionary(texts, tie('any'), { maxKeys: 4 })) })).any
  fc.assert(
    fc.property(values, fc.nat(12), (value, most) => {
      const json = JSON.stringify(value)
      const padded = json + ' '.repeat(2 * most + 1) // what is too short is not weighed
      expect(holdsMoreThan(most, Buffer.from(padded))).toBe(weighed(json) > most)
    }),
    { seed: 11, numRuns: 1_000 },
  )
})

test.each([
  ['[,,,', 2, false],
  ['[,,,,', 2, true],
  ['{,,,,', 2, true],
  ['{[{[{[', 3, false],
  ['{[{[{[{', 3, true],
])('%s holds more than %i: %s, since no value takes less than two bytes', (json, most, more) => expect(holdsMoreThan(most, Buffer.from(json))).toBe(more))

test('what is nested deeper than anybody nests is too deep', () => {
  const nested = (levels: number): unknown => (levels === 0 ? 'x' : levels % 2 ? [nested(levels - 1)] : { a: 1, b: nested(levels - 1) })
  expect([isTooDeep(nested(100)), isTooDeep(nested(101)), isTooDeep(null), isTooDeep('x')]).toEqual([false, true, false, false])
  expect([isTooDeep([[1], [2]], 2), isTooDeep([[1], [[]]], 2), isTooDeep({ a: null }, 1)]).toEqual([false, true, false])
})
