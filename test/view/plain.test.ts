import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plain } from '../../src/view/plain.ts'

test.each([
  ['zero\u200bwidth', 'zerowidth'],
  ['\u202eright to left\u202c', 'right to left'],
  ['\u2066iso\u2069lated\u061c \u200emarks\u200f', 'isolated marks'],
  ['tags \u{e0041}\u{e0042}\u{e0001}', 'tags '],
  ['selec\ufe00tors\ufe0e and\u{e0100} more\u180b', 'selectors and more'],
  ['\ufff9anno\ufffatation\ufffb', 'annotation'],
  ['Hangul\u3164 \u115f\u1160fillers\uffa0', 'Hangul fillers'],
  ['\u206adepre\u206bcated\u206e format', 'deprecated format'],
  ['word\u2060 joiner\ufeff\u034f', 'word joiner'],
  ['\u2061invisible\u2062 times\u{1d173}', 'invisible times'],
  ['non\ufffecharac\uffffter\ue000s\ud800', 'noncharacters'],
  ['\u001b[31mred\u001b[0m\u0000\u009b', '[31mred[0m'],
  ['line\r\nbreak\ttab\rmore', 'line\nbreak\ttab\nmore'],
  ['line\u2028and\u2029paragraph\u0085next\vtab\fpage', 'line\nand\nparagraph\nnext\ntab\npage'],
  ['soft\u00adhyphen', 'softhyphen'],
  ['join\u200der', 'joiner'],
  ['1\ufe0f2\ufe0f', '12'],
  ['e\u0301', 'é'],
  ['q\u0301\u0301\u0301', 'q\u0301\u0301\u0301'],
  [`pile${'\u0301'.repeat(40)}`, `pilé${'\u0301'.repeat(9)}`],
  ['\u0661\u0600\u06dd\u0663', '\u0661\u0600\u06dd\u0663'],
])('%j', (text, expected) => {
  expect(plain(text)).toBe(expected)
})

test.each([
  ['families', '👨‍👩‍👧 👩‍❤️‍💋‍👨 🧑‍🤝‍🧑'],
  ['professions and skin tones', '👍🏽 👩🏿‍🚀 🧑🏻‍❤️‍🧑🏿 🧑‍🦰'],
  ['flags', '🇸🇪 🏳️‍🌈 🏳️‍⚧️ 🏴‍☠️'],
  ['flags of countries in a country', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
  ['keycaps', '1️⃣ #️⃣ *️⃣'],
  ['signs as emoji', '❤️ ☎️ ©️ ⛓️‍💥 🐻‍❄️ 👁️‍🗨️'],
])('%s stay', (_, emoji) => {
  expect(plain(`a ${emoji} b`)).toBe(`a ${emoji} b`)
})

test('other flags spelt with tags hide no text', () => {
  expect(plain('🏴\u{e0068}\u{e0069}\u{e007f}')).toBe('🏴')
})

test('nothing invisible is left, and once is enough', () => {
  const nasty = fc.string({ unit: fc.oneof(fc.constantFrom('\u200b', '\u200d', '\ufe0f', '\u202e', '\u{e0061}', '\u0000', '👩', 'a', '1', '\u20e3', '\u0301'), fc.string({ unit: 'binary', maxLength: 1 })) })
  fc.assert(
    fc.property(nasty, (text) => {
      const shown = plain(text)
      expect(shown).toBe(plain(shown))
      expect(shown.replace(/[\u200d\ufe0f]/g, '')).not.toMatch(/[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Noncharacter_Code_Point}\p{Cs}]|[^\P{Cc}\n\t]/u)
    }),
    { numRuns: 2000 },
  )
})

test('every sign of Unicode that is invisible or turns text around is left out', () => {
  const left: string[] = []
  for (let point = 0; point <= 0x10ffff; point++) {
    const sign = String.fromCodePoint(point)
    if (/[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Variation_Selector}\p{Noncharacter_Code_Point}\p{Cs}]/u.test(sign) && plain(`a${sign}b`) !== 'ab') left.push(point.toString(16))
  }
  expect(left).toEqual([])
})

const length = 2_000_000

test.each(['a', '\u0301\u0316', '\u200d', '\ufe0f', '👨‍👩‍👧', '❤️\u200d', '\u{e0061}', '\u{1f3f4}\u{e0067}\u{e0062}', '\u202e', '\r', '\0', '\ud83d', '\u3164', '5\ufe0f', '\u1100\u1161'])('%j may come millions of times', (sign) => {
  const text = `x${sign.repeat(length / sign.length)}`
  expect(plain(text).length).toBeLessThanOrEqual(text.length)
})
