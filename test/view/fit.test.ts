import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cut as cutText, fit, LIMIT } from '../../src/view/fit.ts'

const measure = (answer: unknown): number => JSON.stringify(answer).length
const cut = (answer: Record<string, unknown>) => fit(answer, { length: measure })
const item = fc.record({ id: fc.nat(), name: fc.string({ maxLength: 40 }), body: fc.string({ maxLength: 5_000 }) })

test('no text is cut of which less is missing than telling so takes', () => {
  expect(cutText('x'.repeat(110), 100)).toBe('x'.repeat(110))
  expect(cutText('x'.repeat(1_300), 100)).toBe(`${'x'.repeat(100)}… (1,200 more characters)`)
})

test('a small answer is untouched', () => {
  const answer = { contact: { id: '1', name: 'Ada' } }
  expect(cut(answer)).toEqual({ answer, omitted: [] })
})

test('whatever comes, it fits, and what was cut is counted', () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 200 }), fc.string({ maxLength: 30_000 }), (contacts, note) => {
      const { answer, omitted } = cut({ contacts, note })
      expect(measure(answer)).toBeLessThanOrEqual(LIMIT)
      if (omitted.length > 0) expect(omitted).toEqual([{ path: 'contacts', total: contacts.length, shown: (answer.contacts as unknown[]).length }])
      else expect((answer.contacts as unknown[]).length).toBe(contacts.length)
    }),
    { numRuns: 60 },
  )
})

test('an object of very many fields is cut too', () => {
  const custom = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`field_${index}`, 'x'.repeat(20)]))
  const { answer } = cut({ contact: custom })
  expect(measure(answer)).toBeLessThanOrEqual(LIMIT)
  const { omitted_fields, ...shown } = answer.contact as Record<string, unknown>
  expect(Object.keys(shown).length + Number(omitted_fields)).toBe(5_000)
})

test('a cut string says how much is missing and never splits a character', () => {
  const { answer } = cut({ text: '😀'.repeat(20_000) })
  expect(String(answer.text)).toMatch(/^(😀)+… \([\d,]+ more characters\)$/u)
})

test('of a page the cursor stays whole', () => {
  const items = Array.from({ length: 500 }, (_, id) => ({ id, body: 'x'.repeat(300) }))
  const { answer, omitted } = cut({ items, next_cursor: 'c'.repeat(1_000) })
  expect(answer.next_cursor).toHaveLength(1_000)
  expect(omitted).toEqual([{ path: 'items', shown: (answer.items as unknown[]).length, total: 500 }])
})

test('where one list is not the trouble alone, all are cut alike', () => {
  const names = (count: number) => Array.from({ length: count }, () => 'x'.repeat(200))
  const { answer, omitted } = cut({ company: { tags: names(150), segments: names(100) }, people: { items: names(20), shown: 20 } })
  const { company, people } = answer as { company: Record<string, string[]>; people: { items: string[]; shown: number } }
  const shown = company.tags!.length
  expect(measure(answer)).toBeLessThanOrEqual(LIMIT)
  expect(measure(answer)).toBeGreaterThan(LIMIT - 3 * 203)
  expect([company.segments!.length, people.items.length]).toEqual([shown, Math.min(20, shown)])
  expect(omitted).toEqual([
    { path: 'company.tags', shown, total: 150 },
    { path: 'company.segments', shown, total: 100 },
  ])
})

test('another limit is kept as well', () => {
  const { answer } = fit({ text: 'x'.repeat(900) }, { length: measure, limit: 600 })
  expect(measure(answer)).toBeLessThanOrEqual(600)
  expect(String(answer.text)).toMatch(/^x+… \(400 more characters\)$/)
})

test('what is far too long is not written out to find that out', () => {
  const measured: number[] = []
  fit({ items: Array.from({ length: 500 }, () => ({ body: 'x'.repeat(10_000) })) }, { length: (answer) => measured[measured.push(measure(answer)) - 1]! })
  expect(Math.max(...measured)).toBeLessThan(2 * LIMIT)
})
