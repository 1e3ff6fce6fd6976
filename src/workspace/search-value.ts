import type { Comparison, FieldType } from '../contract/search.ts'
import { Rejection } from './handler.ts'
import { integer, number, truth } from './scalars.ts'

/** A value as SQL compares it. Booleans are 0 and 1, dates unix seconds. */
export type Value = string | number | null

/** Dates of other millennia have no calendar day that every runtime agrees on. */
const latest = 253_402_300_799

/** Operators that null can be compared with: is it empty, is it not. */
const emptiness: readonly Comparison[] = ['=', '!=']

/** The value or, for IN and NIN, values of a filter. A missing value counts as null. Throws 400 for one of another type. */
export const valuesOf = (field: string, type: FieldType, operator: Comparison, value: unknown): readonly Value[] => {
  const manifold = operator === 'IN' || operator === 'NIN'
  if (manifold && !Array.isArray(value)) throw unfit(field, operator, 'a list of values', value)
  if ((value === null || value === undefined) && emptiness.includes(operator)) return [null]
  return (manifold ? (value as unknown[]) : [value]).map((one) => valueOf(field, type, operator, one))
}

const valueOf = (field: string, type: FieldType, operator: Comparison, value: unknown): Value => {
  const found = readers[type](value)
  if (found === undefined) throw unfit(field, operator, wanted[type], value)
  return found
}

const unfit = (field: string, operator: Comparison, expected: string, value: unknown): Rejection =>
  new Rejection(400, 'parameter_invalid', `${field} ${operator} takes ${expected}, not ${described(value)}`, field)

/** Briefly, since the value may be anything of any size. */
const described = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing'
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object'
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 50)) : String(value)
}

const wanted: Readonly<Record<FieldType, string>> = {
  string: 'a string',
  integer: 'an integer',
  float: 'a number',
  boolean: 'true or false',
  date: 'a date in unix seconds',
}

const date = (value: unknown): number | undefined => {
  const read = number(value)
  return read !== undefined && Math.abs(read) <= latest ? Math.floor(read) : undefined
}

const bit = (value: boolean | undefined): number | undefined => (value === undefined ? undefined : Number(value))

const readers: Readonly<Record<FieldType, (value: unknown) => Value | undefined>> = {
  // ids are strings that many callers write as numbers
  string: (value) => (typeof value === 'string' ? value : number(value) === undefined ? undefined : String(value)),
  integer,
  float: number,
  boolean: (value) => bit(truth(value)),
  date,
}
