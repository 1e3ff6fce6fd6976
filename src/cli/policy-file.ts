import * as z from 'zod'
import { allRules, type Rule } from '../tools/rules.ts'
import { keyOf } from './policy.ts'

const kinds: Readonly<Record<Rule['kind'], z.ZodType>> = {
  switch: z.boolean('use true or false'),
  names: z.array(z.string('use texts'), 'use a list of texts').min(1, 'name at least one'),
  number: z.int('use a whole number'),
  word: z.string('use a text'),
}

/** What a policy file says, by key; also as a part of other files. */
export const PolicyFile = z.strictObject(Object.fromEntries(allRules.map(([, { name, kind }]) => [keyOf(name), kinds[kind].optional()])), 'use one object')
