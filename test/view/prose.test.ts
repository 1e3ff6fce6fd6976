import { expect, test } from 'vitest'
import { plainProse, prose } from '../../src/view/prose.ts'

test.each([prose, plainProse])('of a very long text the beginning is read, and the rest counted', (read) => {
  expect(read('a'.repeat(100_000))).toBe('a'.repeat(100_000))
  expect(read('a'.repeat(101_234))).toBe(`${'a'.repeat(100_000)}… (1,234 more characters are not read)`)
})

test('what ends within a tag still tells what is missing', () => {
  expect(prose(`<p hidden>${'x'.repeat(99_995)}<a href="${'y'.repeat(1000)}">`)).toMatch(/^… \(1,0\d\d more characters are not read\)$/)
})
