import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plain } from '../../src/view/plain.ts'

test.each([
  ['zero\u200bwidth', 'zerowidth'],
  ['\u202eright to left\u202c', 'right to left'],
  ['tags \u{e0041}\u{e0042}', 'tags '],
  ['\u001b[31mred\u001b[0m', '[31mred[0m'],
  ['line\r\nbreak\ttab', 'line\nbreak\ttab'],
  ['line\u2028and\u2029paragraph', 'line\nand\nparagraph'],
  ['soft\u00adhyphen', 'softhyphen'],
  ['family 👨‍👩‍👧 ok', 'family 👨‍👩‍👧 ok'],
  ['flag ❤️ ok', 'flag ❤️ ok'],
  ['join\u200der', 'joiner'],
  ['e\u0301', 'é'],
])('%j', (text, expected) => {
  expect(plain(text)).toBe(expected)
})

test('nothing invisible is left, and once is enough', () => {
  const nasty = fc.string({ unit: fc.oneof(fc.constantFrom('\u200b', '\u200d', '\ufe0f', '\u202e', '\u{e0061}', '\u0000', '👩', 'a'), fc.string({ unit: 'binary', maxLength: 1 })) })
  fc.assert(
    fc.property(nasty, (text) => {
      const shown = plain(text)
      expect(shown).toBe(plain(shown))
      expect(shown.replace(/[\u200d\ufe0f]/g, '')).not.toMatch(/[\p{Default_Ignorable_Code_Point}]|[^\P{Cc}\n\t]/u)
    }),
    { numRuns: 2000 },
  )
})
