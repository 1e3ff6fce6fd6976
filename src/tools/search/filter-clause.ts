import type { Comparison, Query, Searchable } from '../../contract/search.ts'
import { BadArguments } from '../arguments.ts'
import type { Clock } from './dates.ts'
import { dated, type Exact } from './filter-dates.ts'
import { type Field, fieldNamed, type Fields } from './filter-fields.ts'
import { type Directory, isNobody, type Meant } from './filter-names.ts'
import { comparisonOf, operatorSaid, type Word } from './filter-operators.ts'
import { all, any } from './filter-tree.ts'
import { given, valuesOf } from './filter-values.ts'

/** A filter as it was given. */
export interface Filter {
  readonly field: string
  readonly operator?: string | undefined
  readonly value?: unknown
}

/** What filters ask of Intercom, and how they were understood. */
export interface Clause {
  readonly query: Query
  readonly said: string
  /** Whether anything but the very words was understood: a name for an id, a date for "today". */
  readonly interpreted: boolean
  /** Whether it means another query tomorrow. */
  readonly relative: boolean
  /** What must be checked on each that is found, since Intercom cannot. */
  readonly exact: readonly Exact[]
  /** Whether it matches whole days although it says a time. */
  readonly rounded: boolean
}

export interface Reader extends Fields, Directory {
  readonly searchable: Searchable
  readonly clock: () => Promise<Clock>
}

/** The clause of one filter. Throws BadArguments that says what it may say. */
export const clauseOf = async ({ field: said, operator, value: raw }: Filter, reader: Reader): Promise<Clause> => {
  const value = given(raw)
  const field = await fieldNamed(said, reader)
  const word = wordOf(field, operatorSaid(operator), value)
  const clause = await conditioned(field, word, value, reader)
  return { ...clause, interpreted: clause.interpreted || field.renamed === true }
}

const conditioned = async (field: Field, word: Word, value: unknown, reader: Reader): Promise<Clause> => {
  if (word === 'is_empty' || word === 'is_set') return emptiness(field, word, reader.searchable)
  if ((word === 'in' || word === 'not_in') && Array.isArray(value) && value.some((one) => isNobody(one, field))) return amongNobody(field, word, value, reader)
  if ([value].flat().some(isMissing)) throw new BadArguments(`${field.name} ${spokenOf(word)} needs a value; is_empty and is_set need none.`)
  if (field.type !== 'date') return compared(field, word, value, reader)
  return onDates(field, word, value, reader)
}

const isMissing = (value: unknown): boolean => value === undefined || (typeof value === 'string' && value.trim() === '')

/** To be nobody, or empty, is another condition than to be one of those beside it in a list. */
const amongNobody = async (field: Field, word: 'in' | 'not_in', values: readonly unknown[], reader: Reader): Promise<Clause> => {
  const others = values.filter((value) => !isNobody(value, field))
  const nobody = emptiness(field, word === 'in' ? 'is_empty' : 'is_set', reader.searchable)
  return others.length ? together([await conditioned(field, word, others, reader), nobody], word === 'in' ? 'any' : 'all') : nobody
}

const onDates = async (field: Field, word: Word, value: unknown, reader: Reader): Promise<Clause> => {
  if (!dateWords.has(word)) throw new BadArguments(`${field.name} is a date and takes ${[...dateWords].join(', ')}, is_empty, is_set, not ${word}.`)
  const { exact, relative = false, ...date } = dated(field, word, value, reader.searchable, await reader.clock())
  return { ...date, relative, interpreted: true, exact: exact ? [exact] : [], rounded: false }
}

const dateWords: ReadonlySet<Word> = new Set(['is', 'is_not', 'after', 'before', 'at_least', 'at_most', 'between', 'in', 'not_in'])

const forLists: Readonly<Partial<Record<Word, Word>>> = { is: 'in', is_not: 'not_in' }
const forNobody: Readonly<Partial<Record<Word, Word>>> = { is: 'is_empty', is_not: 'is_set' }

/** What the operator means with this value; without one, what one would say. */
const wordOf = (field: Field, said: Word | undefined, value: unknown): Word => {
  const word = said ?? (field.isText ? 'contains' : 'is')
  if (Array.isArray(value) && !(said === undefined && field.isText)) return forLists[word] ?? word
  return (isNobody(value, field) && forNobody[said ?? 'is']) || word
}

const spokenWords: Readonly<Partial<Record<Word, string>>> = { after: '>', before: '<', at_least: '>=', at_most: '<=', in: 'is one of', not_in: 'is none of' }
const spokenOf = (word: Word): string => spokenWords[word] ?? word.replaceAll('_', ' ')

const plainly = { interpreted: false, relative: false, exact: [], rounded: false } as const

/** Dates matched by day know no "is not"; any date there is comes after 1970. */
const emptiness = ({ name, label, type, names, nobody, operators }: Field, word: 'is_empty' | 'is_set', { dates }: Searchable): Clause => {
  const none = [null, ...(nobody === undefined ? [] : [nobody])]
  const understood = { ...plainly, said: `${label} ${spokenOf(word)}`, interpreted: names !== undefined }
  if (word === 'is_empty') return { ...understood, query: any(...none.map((value) => ({ field: name, operator: '=' as const, value }))) }
  if (type === 'date' && dates === 'day') return { ...understood, query: { field: name, operator: '>', value: 0 } }
  if (!operators.includes('!=')) throw new BadArguments(`${name} does not take is_set.`)
  return { ...understood, query: all(...none.map((value) => ({ field: name, operator: '!=' as const, value }))) }
}

const compared = async (field: Field, word: Word, value: unknown, reader: Reader): Promise<Clause> => {
  const wanted = wordsOf(field)
  if (!wanted.includes(word)) throw new BadArguments(`${field.name} takes ${[...wanted, 'is_empty', 'is_set'].join(', ')}, not ${word}.`)
  const values = (await Promise.all([value].flat().map((one) => valuesOf(one, field, equality.has(word), reader)))).flat()
  if (values.length === 0) throw new BadArguments(`${field.name} ${spokenOf(word)} needs at least one value.`)
  if (word === 'between' && values.length !== 2) throw new BadArguments(`${field.name} between takes two numbers: [1, 5].`)
  return {
    ...plainly,
    query: word === 'between' ? all(...values.map((each, index) => queryOf(field, index === 0 ? 'at_least' : 'at_most', each))) : alternatives(field, word, values),
    said: `${values[0]?.field ?? field.label} ${spokenOf(word)} ${values.map(({ said }) => said).join(word === 'between' ? ' and ' : ', ')}`,
    interpreted: values.some(({ lookedUp }) => lookedUp),
  }
}

const equality: ReadonlySet<Word> = new Set(['is', 'is_not', 'in', 'not_in'])
const order: readonly Word[] = ['after', 'before', 'at_least', 'at_most', 'between']
const substring: readonly Word[] = ['contains', 'not_contains', 'starts_with', 'ends_with']

/** What may be said of a field that is no date. */
const wordsOf = ({ type, names, operators }: Field): readonly Word[] => {
  const numbers = type === 'integer' || type === 'float'
  return [...equality, ...(numbers && !names ? order : []), ...(operators.includes('~') && !names ? substring : [])]
}

const negative: ReadonlySet<Word> = new Set(['is_not', 'not_in', 'not_contains'])

/** One of several is enough; but none may be what it must not be. */
const alternatives = (field: Field, word: Word, values: readonly Meant[]): Query => {
  const alike = values.every((value) => value.field === values[0]!.field)
  const list = word === 'not_in' || word === 'is_not' ? 'NIN' : 'IN'
  if (values.length > 1 && equality.has(word) && alike && field.operators.includes(list)) return { field: values[0]!.field ?? field.name, operator: list, value: values.map(({ value }) => value) }
  return (negative.has(word) ? all : any)(...values.map((value) => queryOf(field, single[word] ?? word, value)))
}

const single: Readonly<Partial<Record<Word, Word>>> = { in: 'is', not_in: 'is_not' }

/** Of whole numbers "more than 3" is "at least 4": whether ">" includes the 3 is not certain everywhere. */
const queryOf = ({ name, type }: Field, word: Word, { value, field = name }: Meant): Query => {
  if (type === 'integer' && word === 'after') return { field, operator: '>=', value: Number(value) + 1 }
  if (type === 'integer' && word === 'before') return { field, operator: '<=', value: Number(value) - 1 }
  const filter = { field, operator: comparisonOf[word] as Comparison, value } // every word that comes here has one
  return type === 'float' && (word === 'after' || word === 'before') ? all(filter, { field, operator: '!=', value }) : filter
}

/** Several clauses as one. */
export const together = (clauses: readonly Clause[], match: 'all' | 'any'): Clause => {
  const alone = match === 'all' || clauses.length === 1
  const said = clauses.map((clause) => clause.said).join(match === 'all' ? '; ' : ' or ')
  return {
    query: (match === 'all' ? all : any)(...clauses.map(({ query }) => query)),
    said: clauses.length > 1 && match === 'any' ? `(${said})` : said,
    interpreted: clauses.some(({ interpreted }) => interpreted),
    relative: clauses.some(({ relative }) => relative),
    // where it is one of several ways to match, what is found may have matched another way
    exact: alone ? clauses.flatMap(({ exact }) => exact) : [],
    rounded: clauses.some(({ rounded, exact }) => rounded || (!alone && exact.length > 0)),
  }
}
