import type { Comparison } from '../../contract/search.ts'
import { BadArguments } from '../arguments.ts'
import { suggestion } from '../nearest.ts'

/** What a filter can say of a field. */
export type Word =
  | 'is'
  | 'is_not'
  | 'in'
  | 'not_in'
  | 'contains'
  | 'not_contains'
  | 'starts_with'
  | 'ends_with'
  | 'after'
  | 'before'
  | 'at_least'
  | 'at_most'
  | 'between'
  | 'is_empty'
  | 'is_set'

/** The API's operator for each, where it has one. */
export const comparisonOf: Readonly<Partial<Record<Word, Comparison>>> = {
  is: '=',
  is_not: '!=',
  in: 'IN',
  not_in: 'NIN',
  contains: '~',
  not_contains: '!~',
  starts_with: '^',
  ends_with: '$',
  after: '>',
  before: '<',
  at_least: '>=',
  at_most: '<=',
}

/** Other ways to say them; spaces are underscores here. */
const synonyms: Readonly<Record<Word, string>> = {
  is: '= == eq equals equal is_equal_to on',
  is_not: '!= <> ne not not_equals not_equal does_not_equal isnt is_not_equal_to',
  in: 'is_one_of one_of any_of is_any_of',
  not_in: 'nin none_of is_none_of is_not_in not_any_of',
  contains: '~ includes include has like matches',
  not_contains: '!~ does_not_contain excludes does_not_include',
  starts_with: '^ begins_with prefix',
  ends_with: '$ suffix',
  after: '> gt greater greater_than more_than later_than above',
  before: '< lt less less_than fewer_than earlier_than below',
  at_least: '>= gte greater_or_equal greater_than_or_equal since on_or_after from min',
  at_most: '<= lte less_or_equal less_than_or_equal until on_or_before up_to max',
  between: 'range within',
  is_empty: 'empty is_null null is_unknown unknown missing not_set is_not_set not_exists',
  is_set: 'set exists is_not_null not_null not_empty is_not_empty has_value has_any_value is_known known present',
}

const words = Object.keys(synonyms) as Word[] // Object.keys forgets which they are

const wordOf: ReadonlyMap<string, Word> = new Map(words.flatMap((word) => [word, ...synonyms[word].split(' ')].map((said) => [said, word] as const)))

/** The operator that was said; undefined when none was. Throws BadArguments with those there are. */
export const operatorSaid = (said: string | undefined): Word | undefined => {
  if (said === undefined || said.trim() === '') return undefined
  const word = wordOf.get(said.trim().toLowerCase().replace(/[\s-]+/g, '_'))
  if (!word) throw new BadArguments(`There is no operator ${JSON.stringify(said.slice(0, 64))}.${suggestion(said, words)} Operators: ${words.join(', ')}.`)
  return word
}
