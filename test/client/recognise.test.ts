import { expect, test } from 'vitest'
import * as z from 'zod'
import { recognise } from '../../src/client/recognise.ts'

const page = z.looseObject({ id: z.string(), name: z.optional(z.string()), owner: z.nullish(z.string()) })
const list = z.object({ data: z.array(page) })
const either = z.object({ found: z.union([page, list]) })

test.each<[string, z.ZodType, unknown, boolean]>([
  ['an object with what it requires', page, { id: 'a' }, true],
  ['values of other types', page, { id: 5, name: 7, owner: [] }, true],
  ['an object without what it requires', page, { name: 'a' }, false],
  ['null for what it requires', page, { id: null }, false],
  ['a list', page, [{ id: 'a' }], false],
  ['null', page, null, false],
  ['a text', page, 'a', false],
  ['nothing', page, undefined, false],
  ['a list of objects, whatever is in them', list, { data: [{}, { id: 'a' }] }, true],
  ['an empty list', list, { data: [] }, true],
  ['a list of something else', list, { data: [{}, 'a'] }, false],
  ['a list of lists', list, { data: [[]] }, false],
  ['an object for a list', list, { data: {} }, false],
  ['no list', list, {}, false],
  ['the first of two', either, { found: { id: 'a' } }, true],
  ['the second of two', either, { found: { data: [] } }, true],
  ['neither', either, { found: {} }, false],
  ['what has no required parts', z.object({}), {}, true],
  ['a text for what has no required parts', z.object({}), 'a', false],
])('%s', (_, schema, value, recognised) => {
  expect(recognise(schema)(value)).toBe(recognised)
})
