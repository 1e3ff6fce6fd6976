import type * as z from 'zod'
import { loosen } from '../contract/wire.ts'
import { isTooDeep, tooDeep } from './depth.ts'
import { suggestion } from './nearest.ts'

/** What is wrong with a tool's arguments, in words a model can act on. Nothing was sent. */
export class BadArguments extends Error {}

/** They do not fit the schema. */
export class UnfitArguments extends BadArguments {}

/** The arguments as the schema wants them. Lists and objects may come as JSON text, numbers as text. */
export const parse = (schema: z.ZodObject, raw: unknown): Record<string, unknown> => {
  const given = loosen(schema, raw ?? {}, 'keep')
  if (isTooDeep(given)) throw new BadArguments(`The arguments are ${tooDeep}.`)
  const result = schema.safeParse(given, { reportInput: true })
  if (result.success) return result.data
  throw new UnfitArguments(result.error.issues.map((issue) => sentence(issue, schema)).join(' '))
}

const sentence = (issue: z.core.$ZodIssue, schema: z.ZodObject): string => {
  const at = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, at, schema)).join(' ')
  if (issue.code === 'invalid_type' && issue.input === undefined) return `${at || 'The arguments'}: required, ${named(issue.expected)}.`
  if (issue.code === 'invalid_type' && isDate(issue.input)) return `${at}: expected Unix seconds, or a date with time and zone, such as 2026-12-24T09:00Z.`
  return `${at ? `${at}: ` : ''}${named(issue.message.replace(/^Invalid input: /, ''))}.`
}

/** What zod calls a record is an object to everyone else. */
const named = (expected: string): string => expected.replace(/\brecord\b/, 'object')

const isDate = (value: unknown): boolean => typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)

const unknownKey = (key: string, at: string, schema: z.ZodObject): string => {
  const valid = at ? [] : Object.keys(schema.shape)
  return `${at ? `${at}.${key}` : key} is not an argument.${suggestion(key, valid)}${valid.length ? ` Valid: ${valid.join(', ')}.` : ''}`
}
