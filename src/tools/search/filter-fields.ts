import { allowed, type Comparison, type FieldType, type Searchable } from '../../contract/search.ts'
import { BadArguments } from '../arguments.ts'
import type { OwnField } from './filter-attributes.ts'
import { suggestion } from '../nearest.ts'
import { fieldList } from './help.ts'
import type { Named, Vocabulary } from './vocabulary.ts'

/** A field that a filter names, and what its values are. */
export interface Field {
  /** As the API names it. */
  readonly name: string
  /** As people name it. */
  readonly label: string
  readonly type: FieldType
  /** What its ids are of. */
  readonly names?: Named
  /** Its values, each with other words for it. */
  readonly choices?: Readonly<Record<string, string>>
  /** What to say of a value that is none of these. */
  readonly otherwise?: string
  /** A value that means nobody, besides null. */
  readonly nobody?: string | number
  /** Whether one looks for words in it rather than for the very text. */
  readonly isText: boolean
  readonly operators: readonly Comparison[]
  /** Whether it was named by another word. */
  readonly renamed?: boolean
}

export interface Fields {
  readonly searchable: Searchable
  readonly vocabulary: Vocabulary
  readonly own: () => Promise<readonly OwnField[] | undefined>
}

/** The field that is meant: the API's name, another word for it, or the name of one of the workspace's own. Throws BadArguments. */
export const fieldNamed = async (said: string, fields: Fields): Promise<Field> => {
  const explicit = /^(?:custom_attributes?|ticket_attributes?|attributes?)\.(.+)$/i.exec(said.trim())?.[1]
  const name = explicit === undefined ? standard(said, fields) : undefined
  if (name === undefined) return ownNamed(explicit ?? said.trim(), said, explicit !== undefined, fields)
  return { ...described(name, fields.searchable.fields[name]!, fields), renamed: bare(name) !== bare(said) && fields.vocabulary.aliases[bare(said)] === name }
}

const bare = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** By its name, by another word, or by the end of its name where only one ends so: `country`. */
const standard = (said: string, { searchable, vocabulary }: Fields): string | undefined => {
  const known = Object.keys(searchable.fields)
  const asked = bare(said)
  const alias = Object.hasOwn(vocabulary.aliases, asked) ? vocabulary.aliases[asked] : undefined
  const ending = known.filter((name) => name.includes('.') && bare(name.slice(name.indexOf('.'))) === asked)
  return known.find((name) => name === said) ?? known.find((name) => bare(name) === asked) ?? alias ?? (ending.length === 1 ? ending[0] : undefined)
}

const described = (name: string, type: FieldType, { searchable, vocabulary }: Fields): Field => ({
  name,
  label: name,
  type,
  names: vocabulary.names[name],
  choices: vocabulary.choices[name],
  otherwise: vocabulary.otherwise?.[name],
  nobody: vocabulary.nobody?.[name],
  isText: vocabulary.texts.includes(name),
  operators: allowed(searchable, name, type),
})

const ownNamed = async (name: string, said: string, explicit: boolean, fields: Fields): Promise<Field> => {
  const own = await fields.own()
  if (!own && explicit) return described(`${fields.searchable.custom}${name}`, 'string', fields) // Intercom may know it, only we may not ask
  const found = (own ?? []).filter(({ called, name: full }) => full === said || called.some((each) => bare(each) === bare(name)))
  if (found.length > 1) throw new BadArguments(`${quoted(said)} is several fields: ${found.map(({ called, name: full }) => `${quoted(called[1] ?? called[0]!)} (${full})`).join(', ')}. Name one of them.`)
  if (!found[0]) throw new BadArguments(unknown(said, name, fields, own))
  const { type, choices, name: full, called } = found[0]
  if (!type) throw new BadArguments(`${quoted(said)} holds files, which cannot be searched by.`)
  return { ...described(full, type, fields), label: called[1] ?? full, renamed: called[1] !== undefined && full !== said, ...(choices && { choices: Object.fromEntries(choices.map((choice) => [choice, ''])) }) }
}

const unknown = (said: string, name: string, { searchable, vocabulary }: Fields, own: readonly OwnField[] | undefined): string => {
  const instead = Object.hasOwn(vocabulary.absent, bare(said)) ? vocabulary.absent[bare(said)] : undefined
  if (instead) return instead
  const names = [...new Set(own?.map(({ called }) => called[0]!))]
  const candidates = [...Object.keys(searchable.fields), ...Object.keys(vocabulary.aliases), ...names]
  return `${quoted(said)} is not a search field.${suggestion(name, candidates)} ${fieldList(searchable)}${ownList(names, own !== undefined)}`
}

const ownList = (names: readonly string[], areRead: boolean): string => {
  if (!areRead) return " The workspace's own could not be read; name one in full."
  return names.length ? ` Own: ${names.join(', ')}.` : ''
}

const quoted = (text: string): string => JSON.stringify(text.slice(0, 64))
