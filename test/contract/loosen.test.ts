import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { Timestamp } from '../../src/contract/shape.ts'
import { loosen } from '../../src/contract/wire.ts'

const schema = z.strictObject({
  text: z.string(),
  maybe: z.string().nullish(),
  whole: z.int().min(1).optional(),
  decimal: z.number().nullable(),
  flag: z.boolean().optional(),
  choice: z.enum(['1', '2']).optional(),
  nested: z.strictObject({ whole: z.int() }).nullish(),
  many: z.array(z.strictObject({ whole: z.int() })),
  names: z.array(z.string()),
  open: z.looseObject({ whole: z.int() }),
  record: z.record(z.string(), z.unknown()),
  byName: z.partialRecord(z.enum(['fr', 'pt-BR']), z.strictObject({ whole: z.int() })),
  unknown: z.unknown(),
})

describe.each(['keep', 'drop'] as const)('scalars, unknown keys: %s', (unknown) => {
  test.each([
    [{ whole: '42' }, { whole: 42 }],
    [{ whole: ' -7 ' }, { whole: -7 }],
    [{ decimal: '3.25' }, { decimal: 3.25 }],
    [{ decimal: null }, { decimal: null }],
    [{ flag: 'true' }, { flag: true }],
    [{ flag: 'false' }, { flag: false }],
    [{ text: 42 }, { text: '42' }],
    [{ text: true }, { text: 'true' }],
    [{ maybe: 7 }, { maybe: '7' }],
    [{ maybe: null }, { maybe: null }],
    [{ nested: { whole: '1' } }, { nested: { whole: 1 } }],
    [{ many: [{ whole: '1' }, { whole: 2 }] }, { many: [{ whole: 1 }, { whole: 2 }] }],
    [{ names: [1, 'b'] }, { names: ['1', 'b'] }],
    [{ open: { whole: '1', other: '2' } }, { open: { whole: 1, other: '2' } }],
    [{ byName: { 'pt-BR': { whole: '1' } } }, { byName: { 'pt-BR': { whole: 1 } } }],
  ])('%j is read as %j', (given, read) => expect(loosen(schema, given, unknown)).toEqual(read))

  test.each([
    { whole: 'forty' }, { whole: '' }, { whole: '1e3' }, { whole: '0x10' }, { whole: 'NaN' }, { whole: '1_000' }, { whole: true },
    { flag: 'yes' }, { flag: 1 }, { flag: 'True' }, { text: null }, { text: { a: 1 } }, { text: '{"a":1}' }, { maybe: 'null' },
    { record: { whole: '42', flag: 'true' } }, { unknown: '42' }, { names: { 0: 'a' } }, { many: 'none' },
  ])('%j is ambiguous, and left to validation', (given) => expect(loosen(schema, given, unknown)).toEqual(given))

  test.each([['text'], [7], [null], [[]], [undefined]])('%j instead of an object is left to validation', (given) =>
    expect(loosen(schema, given, unknown)).toEqual(given))
})

describe('lists and objects as JSON text', () => {
  test.each([
    [{ nested: '{"whole":"1"}' }, { nested: { whole: 1 } }],
    [{ many: '[{"whole":1}]' }, { many: [{ whole: 1 }] }],
    [{ many: ['{"whole":1}'] }, { many: [{ whole: 1 }] }],
    [{ names: '["a"]' }, { names: ['a'] }],
    [{ open: '{"whole":"1","more":"2"}' }, { open: { whole: 1, more: '2' } }],
  ])('%j is read as %j at a tool', (given, read) => expect(loosen(schema, given, 'keep')).toEqual(read))

  test('a whole argument object as text is read too', () => expect(loosen(schema, '{"whole":"1"}', 'keep')).toEqual({ whole: 1 }))

  test.each([{ nested: '{"whole":' }, { names: 'a, b' }, { names: '7' }])('%j is not JSON of a list or object, and stays', (given) =>
    expect(loosen(schema, given, 'keep')).toEqual(given))

  test('over HTTP text is text', () => expect(loosen(schema, { nested: '{"whole":1}' }, 'drop')).toEqual({ nested: '{"whole":1}' }))
})

describe('keys that a strict object does not declare', () => {
  const given = JSON.parse('{"text":"a","txet":"b","nested":{"whole":1,"more":2},"__proto__":{"polluted":true}}') as unknown

  test('are kept at a tool, so that validation can name them', () => {
    expect(loosen(schema, given, 'keep')).toEqual(given)
    expect(schema.safeParse(loosen(schema, given, 'keep')).error?.message).toContain('txet')
  })

  test('are ignored over HTTP, as Intercom does', () =>
    expect(loosen(schema, given, 'drop')).toEqual({ text: 'a', nested: { whole: 1 } }))

  test('nor are names that a record does not have', () => {
    const byName = { fr: { whole: '1', more: 2 }, type: 'list' }
    expect(loosen(schema, { byName }, 'drop')).toEqual({ byName: { fr: { whole: 1 } } })
    expect(loosen(schema, { byName }, 'keep')).toEqual({ byName: { fr: { whole: 1, more: 2 }, type: 'list' } })
  })

  test('never reach a prototype', () => {
    for (const unknown of ['keep', 'drop'] as const) expect(loosen(schema, given, unknown)).not.toHaveProperty('polluted')
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('dates for timestamps', () => {
  const at = z.strictObject({ at: Timestamp.describe('when').nullish(), whole: z.int().optional() })

  test.each([
    [{ at: '2026-12-24T09:00Z' }, { at: 1798102800 }],
    [{ at: '2026-12-24T10:00:00.500+01:00' }, { at: 1798102800 }],
    [{ at: '1798102800' }, { at: 1798102800 }],
    [{ at: '2026-12-24' }, { at: '2026-12-24' }],
    [{ at: '2026-12-24T09:00' }, { at: '2026-12-24T09:00' }],
    [{ at: '2026-13-24T09:00Z' }, { at: '2026-13-24T09:00Z' }],
    [{ whole: '2026-12-24T09:00Z' }, { whole: '2026-12-24T09:00Z' }],
  ])('%j is read as %j', (given, read) => expect(loosen(at, given, 'keep')).toEqual(read))

  test('are no dates to Intercom', () => expect(loosen(at, { at: '2026-12-24T09:00Z' }, 'drop')).toEqual({ at: '2026-12-24T09:00Z' }))
})
