import { type Noun, operationNamed } from '../../contract/nouns.ts'
import type { Document, Sort } from '../../view/found.ts'
import { fetched } from '../../view/fetched.ts'
import { shownOf } from '../../view/redaction/shown.ts'
import { view } from '../../view/view.ts'
import { BadArguments, parse } from '../arguments.ts'
import { type CallContext, mannerOf, type ToolResult } from '../call.ts'
import { existing, isOurs, type Named, namedBy, numbered, readObject } from './objects.ts'
import { remedy, unlessGone } from '../gather.ts'
import { inJson } from './in-json.ts'
import { FetchInput } from '../overview-tools.ts'
import { callOverview } from '../overview.ts'

/** The whole text of one object, by an id that search gave, or by its link, its resource's address or its bare id. */
export const fetch = async (args: unknown, context: CallContext): Promise<ToolResult> => {
  const { id } = parse(FetchInput, args) as { id: string } // as the schema has it
  const one = await meantBy(id, context)
  const [object, text] = await wholes[one.sort](one.id, context)
  return inJson({ ...fetched(one.sort, shownOf(object, context.redact), text, context.place) })
}

/** The one object meant. Where it may be of several sorts, that which exists. */
const meantBy = async (id: string, context: CallContext): Promise<Named> => {
  const named = namedBy(id)
  const [only, ...more] = named
  if (!only) throw new BadArguments(`${shown(id)} is no id. ${whatIds}`)
  if (more.length === 0 && isOurs(id)) return only
  const { there, missing } = await existing(named, context)
  if (there.length + missing.length === 0) there.push(...(await numbered(id, context)))
  const [first = named.find(({ sort }) => sort === 'contact'), ...others] = there
  if (!first) throw new BadArguments(`${shown(id)} was not found. ${unread(missing)}${whatIds}`)
  const rivals = others.filter(({ sort }) => !(first.sort === 'conversation' && sort === 'ticket')) // one was made from the other
  if (rivals.length > 0) throw new BadArguments(`${shown(id)} may be any of ${[first, ...rivals].map((each) => `${each.sort}:${each.id}`).join(', ')}. Fetch one of these.`)
  return first
}

const unread = (missing: readonly string[]): string => (missing.length > 0 ? [`Not all that it may be could be read: ${missing.join('; ')}.`, ...remedy(missing), ''].join(' ') : '')

const whatIds = 'search finds ids such as contact:5f1e…, conversation:123 or article:7.'

const shown = (id: string): string => JSON.stringify(id.slice(0, 100))

/** An object, and how it reads. */
type Whole = (id: string, context: CallContext) => Promise<[Document, string]>

const textOf = ({ content }: ToolResult): string => content.map(({ text }) => text).join('\n')

/** An object as its own tool shows it, but as much of it as an answer holds: nobody can read on from here. */
const atLength = (sort: Sort, noun: Noun, name: string): Whole => async (id, context) => {
  const object = await readObject({ sort, id }, context)
  const operation = (await operationNamed(noun, name))! // the noun declares it
  const manner = { ...(await mannerOf(context, object)), telling: { long: true }, passage: { room: 15_000 } }
  return [object, (await view(noun, operation, shownOf(object, context.redact), manner)).text]
}

/** Both are asked for at once, so that the client makes one request of what both read. */
const company: Whole = async (id, context) => {
  const [object, told] = await Promise.all([readObject({ sort: 'company', id }, context), callOverview('get_account', { company: id, detail: 'full' }, context)])
  return [object, textOf(told)]
}

/** A lead that was merged is read as the user it became. */
const contact: Whole = async (id, context) => {
  const [own, told] = await Promise.all([unlessGone(readObject({ sort: 'contact', id }, context)), callOverview('who_is_customer', { customer: id, detail: 'full' }, context)])
  const { customer } = told.structuredContent as { readonly customer?: { readonly id: string } } // as that tool answers
  return [own ?? (await readObject({ sort: 'contact', id: customer?.id ?? id }, context)), textOf(told)]
}

const wholes: Readonly<Record<Sort, Whole>> = {
  contact,
  company,
  conversation: atLength('conversation', 'conversations', 'get_conversation'),
  ticket: atLength('ticket', 'tickets', 'get_ticket'),
  article: atLength('article', 'articles', 'get_article'),
  internal_article: atLength('internal_article', 'internal-articles', 'get_internal_article'),
}
