import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fit, LIMIT } from '../../src/view/fit.ts'

const measure = (answer: unknown): number => JSON.stringify(answer).length
const item = fc.record({ id: fc.nat(), name: fc.string({ maxLength: 40 }), body: fc.string({ maxLength: 5_000 }) })

test('a small answer is untouched', () => {
  const answer = { contact: { id: '1', name: 'Ada' } }
  expect(fit(answer, measure)).toEqual({ answer })
})

test('whatever comes, it fits, and what was cut is counted', () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 200 }), fc.string({ maxLength: 30_000 }), (contacts, note) => {
      const { answer, omitted } = fit({ contacts, note }, measure)
      expect(measure(answer)).toBeLessThanOrEqual(LIMIT)
      if (omitted) expect(omitted).toMatchObject({ path: 'contacts', total: contacts.length, shown: (answer.contacts as unknown[]).length })
      else expect((answer.contacts as unknown[]).length).toBe(contacts.length)
    }),
    { numRuns: 60 },
  )
})

test('an object of very many fields is cut too', () => {
  const custom = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`field_${index}`, 'x'.repeat(20)]))
  const { answer } = fit({ contact: custom }, measure)
  expect(measure(answer)).toBeLessThanOrEqual(LIMIT)
  const { omitted_fields, ...shown } = answer.contact as Record<string, unknown>
  expect(Object.keys(shown).length + Number(omitted_fields)).toBe(5_000)
})

test('a cut string says how much is missing and never splits a character', () => {
  const { answer } = fit({ text: '😀'.repeat(20_000) }, measure)
  expect(String(answer.text)).toMatch(/^(😀)+… \([\d,]+ more characters\)$/u)
})
