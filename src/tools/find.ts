import MiniSearch from 'minisearch'
import { stemmer } from 'stemmer'
import { idle } from './idle.ts'
import { nearest } from './nearest.ts'
import type { OperationTool } from './tool.ts'
import { byDefault } from './toolsets.ts'

/** What people call the same thing. The first word of a row is kept for all of them. */
const synonyms = [
  'contact person people customer user client lead member subscriber buyer shopper patient guest someone somebody guy consumer',
  'conversation chat thread dialog dialogue convo discussion',
  'company account organisation organization business firm employer',
  'ticket case',
  'tag label',
  'admin teammate agent rep colleague staff operator coworker',
  'all every each everything complete entire whole list',
  'search find look lookup locate',
  'delete remove erase wipe purge destroy trash bin',
  'create add make new',
  'update change edit modify set correct fix amend adjust',
  'attribute field property',
  'centre center',
]

/** News is a thing of its own; its stem would be new, which means to create. */
const stemOf = (word: string): string => (word === 'news' ? word : stemmer(word))

const kept = new Map(synonyms.flatMap((row) => row.split(' ').map((word, _, [first = '']) => [stemOf(word), stemOf(first)] as const)))

/** The words of a text in lower case. Without ids and numbers, which say with whom, not what. */
const words = (text: string): string[] =>
  text
    .replace(/[\w.+-]*@[\w-]+(\.[\w-]+)+/g, ' email ')
    .replace(/\b\w*\d\w*\b/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}|['’](s|re|ve|ll|d|t|m)?\b/gu, '')
    .split(/[^a-z]+/)
    .filter((word) => word.length > 1 && !idle.has(word))

const term = (word: string): string => {
  const stem = stemOf(word)
  return kept.get(stem) ?? stem
}

interface Index {
  readonly search: MiniSearch
  /** Every word of the indexed texts, to correct misspelt ones by. */
  readonly vocabulary: readonly string[]
  readonly terms: ReadonlySet<string>
}

const indexOf = (tools: readonly OperationTool[]): Index => {
  const search = new MiniSearch({
    fields: ['name', 'title', 'asked', 'description'],
    tokenize: words,
    processTerm: term,
    searchOptions: { boost: { name: 1.5, title: 1.5, asked: 2, description: 0.5 }, bm25: { k: 1.2, b: 0.4, d: 0.5 }, boostDocument: (id) => (byDefault.has(tools[Number(id)]!.tool.name) ? 1.2 : 1) },
  })
  const texts = tools.map(({ tool: { name, title, description }, operationId, asked = '' }) => ({ name: `${name.replaceAll('_', ' ')} ${operationId}`, title, asked, description }))
  search.addAll(texts.map((text, id) => ({ id, ...text })))
  const vocabulary = [...new Set(texts.flatMap((text) => words(Object.values(text).join(' '))))]
  return { search, vocabulary, terms: new Set(vocabulary.map(term)) }
}

const indexes = new WeakMap<readonly OperationTool[], Index>()

/** The operations that best fit a request in plain words, best first. Misspelt words count too; nothing fits when none is known. */
export const find = (request: string, tools: readonly OperationTool[]): OperationTool[] => {
  const index = indexes.get(tools) ?? indexOf(tools)
  indexes.set(tools, index)
  const named = tools.filter(({ tool, operationId }) => [tool.name, operationId.toLowerCase()].includes(request.trim().toLowerCase()))
  const asked = words(request).map((word) => corrected(word, index)).join(' ')
  return [...new Set([...named, ...index.search.search(asked).map(({ id }) => tools[Number(id)]!)])]
}

/** The word itself where it is known; else the known word it was meant to be, if one is near enough. */
const corrected = (word: string, { vocabulary, terms }: Index): string => {
  if (terms.has(term(word)) || word.length < 3) return word
  const near = nearest(word, vocabulary)
  return near && Math.abs(near.length - word.length) <= 1 && near[0] === word[0] ? near : word
}
