import { BadArguments } from '../arguments.ts'
import type { Field } from './filter-fields.ts'
import { type Directory, type Meant, named } from './filter-names.ts'
import { suggestion } from '../nearest.ts'

/** What was given; a list also where it came as JSON text. */
export const given = (value: unknown): unknown => {
  if (typeof value !== 'string' || !/^\s*\[.*\]\s*$/s.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}

/** What a value of a filter stands for; several where several have that name. Throws BadArguments. */
export const valuesOf = async (value: unknown, field: Field, compared: boolean, directory: Directory): Promise<Meant[]> => {
  if (field.names) return named(value, field, directory)
  if (field.choices && compared) return [chosen(String(value).trim(), field)]
  const read = readers[field.type](value, field)
  if (read === undefined) throw new BadArguments(`${field.name} takes ${wanted[field.type]}, not ${quoted(value)}.`)
  return [{ value: read, said: String(read) }]
}

const quoted = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 80)

/** One of the values there are. */
const chosen = (said: string, { name, choices = {}, otherwise = '' }: Field): Meant => {
  const asked = said.toLowerCase()
  const found = Object.entries(choices).find(([choice, words]) => choice.toLowerCase() === asked || words.split(' ').includes(asked))?.[0]
  if (found !== undefined) return { value: found, said: found, ...(found.toLowerCase() !== asked && { lookedUp: true }) }
  const known = Object.keys(choices)
  throw new BadArguments([`${name} is one of ${known.join(', ')}, not ${quoted(said)}.${suggestion(said, known)}`, otherwise].filter(Boolean).join(' '))
}

const number = (value: unknown): number => (typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : NaN)

const truths: ReadonlyMap<string, boolean> = new Map([...['true', 'yes', '1'].map((word) => [word, true] as const), ...['false', 'no', '0'].map((word) => [word, false] as const)])

const readers: Readonly<Record<Field['type'], (value: unknown, field: Field) => unknown>> = {
  string: (value, { name }) => {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined
    return name === 'phone' ? String(value).replace(/[\s().-]/g, '') : String(value) // as Intercom keeps them
  },
  integer: (value) => (Number.isSafeInteger(number(value)) ? number(value) : undefined),
  float: (value) => (Number.isFinite(number(value)) ? number(value) : undefined),
  boolean: (value) => truths.get(String(value).trim().toLowerCase()),
  date: (value) => value,
}

const wanted: Readonly<Record<Field['type'], string>> = {
  string: 'text',
  integer: 'a whole number',
  float: 'a number',
  boolean: 'true or false',
  date: 'a date',
}
