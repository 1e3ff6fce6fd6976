import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fit, LIMIT } from '../../src/view/fit.ts'

const measure = (answer: unknown): number => JSON.stringify(answer).length
const cut = (answer: Record<string, unknown>) => fit(answer, { length: measure })
const item = fc.record({ id: fc.nat(), name: fc.string({ maxLength: 40 }), body: fc.string({ maxLength: 5_000 }) })

test('a small answer is untouched', () => {
  const answer = { contact: { id: '1', name: 'Ada' } }
  expect(cut(answer)).toEqual({ answer })
})

test('whatever comes, it fits, and what was cut is counted', () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 200 }), fc.string({ maxLength: 30_000 }), (contacts, note) => {
      const { answer, omitted } = cut({ contacts, note })
      expect(measure(answer)).toBeLessThanOrEqual(LIMIT)
      if (omitted) expect(omitted).toMatchObject({ path: 'contacts', total: contacts.length, shown: (answer.contacts as unknown[]).length })
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

test('of a history that can be asked for in pieces some is shown in full, rather than all in scraps', () => {
  const parts = Array.from({ length: 40 }, (_, id) => ({ id, body: 'x'.repeat(1_500) }))
  const { answer, omitted } = fit({ parts }, { length: measure, newestLast: (key) => key === 'parts' })
  expect((answer.parts as { body: string }[]).every(({ body }) => body.length === 1_500)).toBe(true)
  expect(omitted!.shown).toBeGreaterThan(9)
  const { answer: page, omitted: none } = fit({ parts }, { length: measure })
  expect([(page.parts as unknown[]).length, none]).toEqual([40, undefined])
})

test('of a history the newest part stays, of a page the cursor, whole', () => {
  const parts = Array.from({ length: 500 }, (_, id) => ({ id, body: 'x'.repeat(300) }))
  const { answer, omitted } = fit({ parts, next_cursor: 'c'.repeat(1_000) }, { length: measure, newestLast: (key) => key === 'parts' })
  expect((answer.parts as { id: number }[]).at(-1)!.id).toBe(499)
  expect(omitted).toMatchObject({ since: { id: 500 - omitted!.shown }, total: 500 })
  expect(answer.next_cursor).toHaveLength(1_000)
})
