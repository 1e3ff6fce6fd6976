import { Failure } from '../../client/failure.ts'
import type { Operation } from '../../contract/operation.ts'
import { allowed, type FieldType, isGroup, type Query, type Searchable } from '../../contract/search.ts'
import { BadArguments } from '../arguments.ts'
import { suggestion } from '../nearest.ts'

/** The call's answer. A refused search says which fields and operators there are. Throws as the call does, or BadArguments. */
export const helped = async <T>(operation: Operation, input: Record<string, unknown>, call: Promise<T>): Promise<T> => {
  try {
    return await call
  } catch (error) {
    const help = error instanceof Failure && error.code === 'rejected' ? searchHelp(operation, input) : ''
    if (!help || !(error instanceof Failure)) throw error
    throw new BadArguments(`${error.advice} ${help}`)
  }
}

/** After Intercom refused a search: which fields it does not know, what each field's operators are. Empty for other operations. */
const searchHelp = ({ search }: Operation, input: Record<string, unknown>): string => {
  if (!search) return ''
  const problems = filters(input.query as Query).map((filter) => problem(search, filter)).filter((sentence) => sentence !== undefined)
  return [...problems, problems.length ? fieldList(search) : ''].filter(Boolean).join(' ')
}

const filters = (query: Query): Exclude<Query, { operator: 'AND' | 'OR' }>[] => (isGroup(query) ? query.value.flatMap(filters) : [query])

const problem = (search: Searchable, { field, operator }: { field: string; operator: string }): string | undefined => {
  const type = search.fields[field]
  if (field.startsWith(search.custom)) return undefined // its type is the workspace's secret
  if (!type) return `"${field}" is not a search field.${suggestion(field, Object.keys(search.fields))}`
  const operators = allowed(search, field, type)
  return operators.some((each) => each === operator) ? undefined : `${field} is a ${type} and takes ${operators.join(' ')}, not ${operator}.`
}

/** Every field with its type. */
export const fieldList = (search: Searchable): string => {
  const of = (type: FieldType) => Object.keys(search.fields).filter((field) => search.fields[field] === type)
  const types: FieldType[] = ['string', 'integer', 'boolean', 'date']
  const listed = types.map((type) => ({ type, names: of(type) })).filter(({ names }) => names.length)
  return `Fields: ${listed.map(({ type, names }) => `${names.join(', ')} (${type})`).join('; ')}; ${search.custom}{${search.custom === 'ticket_attribute.' ? 'id' : 'name'}}.`
}
