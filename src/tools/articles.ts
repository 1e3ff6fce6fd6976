import * as z from 'zod'
import type { Noun } from '../contract/nouns.ts'
import type { Operation } from '../contract/operation.ts'
import { view } from '../view/view.ts'
import { BadArguments } from './arguments.ts'
import type { Refinement } from './refinements.ts'

type Document = Readonly<Record<string, unknown>>

/** Lets a text be read on that is too long to show at once. */
export const readOn = (noun: Noun, operation: Operation): Refinement => ({
  input: operation.input.extend({ text_from: z.int().min(0).optional().describe('Go on from this character of the text.') }),
  prepare: async (asked) => without('text_from', asked),
  present: (output, { text_from }, manner) => view(noun, operation, output, { ...manner, passage: { from: Number(text_from ?? 0) } }),
})

const without = (name: string, asked: Record<string, unknown>) => Object.fromEntries(Object.entries(asked).filter(([key]) => key !== name))

/** Shows an article in one language, by default its own; the others are named. */
export const articleRefinement = (operation: Operation): Refinement => {
  const { input, present, prepare } = readOn('articles', operation)
  return {
    input: input.extend({ locale: z.string().optional().describe('A translation, such as fr.') }),
    prepare: async (asked, client, signal) => prepare(without('locale', asked), client, signal),
    ask: async (prepared, { locale }, { client, signal }) => inLanguage((await client.call(operation, prepared, { signal })) as Document, locale),
    present,
  }
}

const inLanguage = (article: Document, locale: unknown): { output: Document; note?: string } => {
  const translations = (article.translated_content ?? {}) as Document // declared so
  const locales = Object.keys(translations).filter((key) => isLocale(key) && typeof translations[key] === 'object' && translations[key] !== null)
  const own = isLocale(article.default_locale) ? article.default_locale : 'its default'
  if (typeof locale !== 'string' || locale === own) return { output: article, ...(locales.some((each) => each !== own) && { note: 'Translations are only named: read one with its locale.' }) }
  const content = locales.find((each) => each.toLowerCase() === locale.toLowerCase())
  if (!content) throw new BadArguments(`locale: the article is not translated to ${JSON.stringify(locale.slice(0, 20))}. There are: ${[...new Set([own, ...locales])].join(', ')}.`)
  return { output: { ...article, ...(translations[content] as Document) }, note: `Shown in ${content}; its default language is ${own}.` }
}

/** What reads as one may be told. */
const isLocale = (value: unknown): value is string => typeof value === 'string' && /^[a-z]{2,3}(-[a-z]{2,4})?$/i.test(value)

/** Shows where the words are, finds drafts only when asked, and says what else to try where nothing is found. */
export const articleSearchRefinement = (operation: Operation): Refinement => ({
  input: operation.input,
  prepare: async (asked) => ({ state: 'published', highlight: true, ...asked }),
  ask: async (prepared, _, { client, signal }) => {
    const output = (await client.call(operation, prepared, { signal })) as Document
    return { output, ...(output.total_count === 0 && { note: nothing(prepared.state) }) }
  },
})

const nothing = (state: unknown): string =>
  [
    `No ${state === 'all' ? '' : `${String(state)} `}article has these words.`,
    state === 'published' ? 'Try fewer or other words, or state all for drafts too.' : 'Try fewer or other words.',
    'Articles for teammates only are others: list_internal_articles has them all.',
  ].join(' ')
