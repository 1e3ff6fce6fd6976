import * as z from 'zod'
import { suggestion } from '../tools/nearest.ts'
import { allRules, type Rule } from '../tools/rules.ts'
import { Misuse } from './misuse.ts'
import { keyOf } from './policy.ts'

const kinds: Readonly<Record<Rule['kind'], z.ZodType>> = {
  switch: z.boolean('use true or false'),
  names: z.array(z.string('use texts'), 'use a list of texts').min(1, 'name at least one'),
  number: z.int('use a whole number'),
  word: z.string('use a text'),
}

const keys = allRules.map(([, { name }]) => keyOf(name))

const PolicyFile = z.strictObject(Object.fromEntries(allRules.map(([, { name, kind }]) => [keyOf(name), kinds[kind].optional()])), 'use one object')

/** What a policy file says, by key. Throws {@link Misuse}, which names the file, the key and what it may have meant. */
export const parsePolicy = (path: string, text: string): Readonly<Record<string, unknown>> => {
  const { success, data, error } = PolicyFile.safeParse(parsed(path, text))
  if (success) return data
  throw new Misuse(`${path}: ${complaint(error.issues[0]!)}`) // it failed for one
}

const parsed = (path: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new Misuse(`${path}: it is not JSON`)
  }
}

const complaint = (issue: z.core.$ZodIssue): string => {
  if (issue.code !== 'unrecognized_keys') return [...issue.path, issue.message].join(': ')
  const [key = ''] = issue.keys
  return `unknown key ${JSON.stringify(key.slice(0, 64))}.${suggestion(key, keys)} Keys: ${keys.join(', ')}`
}
