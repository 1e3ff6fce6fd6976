import type * as z from 'zod'
import { loosen } from '../contract/wire.ts'
import { suggestion } from './nearest.ts'

/** What is wrong with a tool's arguments, in words a model can act on. Nothing was sent. */
export class BadArguments extends Error {}

/** The arguments as the schema wants them. Lists and objects may come as JSON text, numbers as text. */
export const parse = (schema: z.ZodObject, raw: unknown): Record<string, unknown> => {
  const result = schema.safeParse(loosen(schema, raw ?? {}, 'keep'), { reportInput: true })
  if (result.success) return result.data
  throw new BadArguments(result.error.issues.map((issue) => sentence(issue, schema)).join(' '))
}

const sentence = (issue: z.core.$ZodIssue, schema: z.ZodObject): string => {
  const at = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, at, schema)).join(' ')
  if (issue.code === 'invalid_type' && issue.input === undefined) return `${at || 'The arguments'}: required, ${issue.expected}.`
  return `${at ? `${at}: ` : ''}${issue.message.replace(/^Invalid input: /, '')}.`
}

const unknownKey = (key: string, at: string, schema: z.ZodObject): string => {
  const valid = at ? [] : Object.keys(schema.shape)
  const named = at ? `${at}.${key}` : key
  return `${named} is not an argument.${suggestion(key, valid)}${valid.length ? ` Valid: ${valid.join(', ')}.` : ''}`
}
