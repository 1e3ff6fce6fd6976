import type * as z from 'zod'
import type { TicketTypeAttribute } from '../contract/ticket-type-attribute.ts'

export type Attribute = z.output<typeof TicketTypeAttribute>
type Taken = { value: unknown } | { problem: string }

/** A value as an attribute of this data type takes it, or what is wrong with it. Null leaves the attribute empty. */
export const asAttribute = (attribute: Attribute, value: unknown): Taken => {
  if (value === null) return { value }
  const type = attribute.data_type ?? 'string'
  const taken = (readers[type] ?? readers.string!)(value, attribute)
  return taken === undefined ? { problem: `"${attribute.name ?? ''}" must be ${wanted(type, attribute)}, not ${JSON.stringify(value)}.` } : { value: taken }
}

/** The choices of a list attribute, where Intercom shows them; undefined for other types. */
export const choicesOf = ({ data_type, input_options, ...rest }: Attribute): string[] | undefined => {
  const listed = rest.list_options ?? input_options?.list_options ?? input_options?.list_items
  if (data_type !== 'list' || !Array.isArray(listed)) return undefined
  return listed.map(labelOf)
}

/** Which key holds a choice's words is not documented. */
const labelOf = (choice: unknown): string => {
  if (typeof choice !== 'object' || choice === null) return String(choice)
  const { label, name, value } = choice as Record<string, unknown>
  return String(label ?? name ?? value)
}

const readers: Readonly<Record<string, (value: unknown, attribute: Attribute) => unknown>> = {
  string: (value) => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined),
  list: (value, attribute) => {
    const choices = choicesOf(attribute)
    return choices ? choices.find((choice) => choice.trim().toLowerCase() === String(value).trim().toLowerCase()) : typeof value === 'string' ? value : undefined
  },
  integer: (value) => (Number.isSafeInteger(number(value)) ? number(value) : undefined),
  decimal: (value) => (Number.isFinite(number(value)) ? number(value) : undefined),
  boolean: (value) => ({ true: true, false: false })[String(value)],
  datetime: (value) => (typeof value === 'number' ? inSeconds(value) : seconds(value)),
  files: (value) => (Array.isArray(value) ? value : undefined),
}

const number = (value: unknown): number => (typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : NaN)

/** A time after the year 5000 was given in milliseconds. */
const inSeconds = (value: number): number | undefined => (Number.isSafeInteger(value) && Math.abs(value) < 1e11 ? value : undefined)

const seconds = (value: unknown): number | undefined => {
  if (typeof value !== 'string') return undefined
  const parsed = /^\d{9,10}$/.test(value) ? Number(value) : Date.parse(value) / 1000
  return Number.isFinite(parsed) ? Math.floor(parsed) : undefined
}

const wanted = (type: string, attribute: Attribute): string => {
  const choices = choicesOf(attribute)
  if (choices) return `one of ${choices.join(', ')}`
  return wantedByType[type] ?? 'text'
}

const wantedByType: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  decimal: 'a number',
  boolean: 'true or false',
  datetime: 'a date such as 2026-03-04T15:00Z, or unix seconds',
  files: 'a list of files',
  list: 'one of its choices',
}
