import { type Noun, operationNamed } from '../contract/nouns.ts'
import type { Document, Sort } from '../view/found.ts'
import { fetched } from '../view/fetched.ts'
import { view } from '../view/view.ts'
import { BadArguments, parse } from './arguments.ts'
import { callOperation, type CallContext, mannerOf, type ToolResult } from './call.ts'
import { existing, isOurs, type Named, namedBy, numbered, readObject } from './everything-objects.ts'
import { unlessGone } from './gather.ts'
import { inJson } from './in-json.ts'
import { FetchInput } from './overview-tools.ts'
import { callOverview } from './overview.ts'

/** The whole text of one object, by an id that search gave, or by its link, its resource's address or its bare id. */
export const fetch = async (args: unknown, context: CallContext): Promise<ToolResult> => {
  const { id } = parse(FetchInput, args) as { id: string } // as the schema has it
  const one = await meantBy(id, context)
  const [object, text] = await wholes[one.sort](one.id, context)
  return inJson({ ...fetched(one.sort, object, text, context.place) })
}

/** The one object meant. Where it may be of several sorts, that which exists. */
const meantBy = async (id: string, context: CallContext): Promise<Named> => {
  const named = namedBy(id)
  const [only, ...more] = named
  if (!only) throw new BadArguments(`${shown(id)} is no id. ${whatIds}`)
  if (more.length === 0 && isOurs(id)) return only
  const { there, missing } = await existing(named, context)
  const [first = named.find(({ sort }) => sort === 'contact'), ...others] = there.length > 0 ? there : await numbered(id, context)
  if (!first) throw new BadArguments(`${shown(id)} was not found. ${missing.join(' ')} ${whatIds}`)
  const rivals = others.filter(({ sort }) => !(first.sort === 'conversation' && sort === 'ticket')) // one was made from the other
  if (rivals.length > 0) throw new BadArguments(`${shown(id)} may be any of ${[first, ...rivals].map((each) => `${each.sort}:${each.id}`).join(', ')}. Fetch one of these.`)
  return first
}

const whatIds = 'search finds ids such as contact:5f1e…, conversation:123 or article:7.'

const shown = (id: string): string => JSON.stringify(id.slice(0, 100))

type Text = (id: string, context: CallContext) => Promise<string>

const textOf = ({ content }: ToolResult): string => content.map(({ text }) => text).join('\n')
const ofTool = async (result: Promise<ToolResult>): Promise<string> => textOf(await result)

const ofOperation = (name: string): Text => (id, context) =>
  ofTool(callOperation(context.operations.find(({ tool }) => tool.name === name)!, { id }, context)) // every operation is there

/** An article as its own tool shows it, but as much of it as an answer holds: nobody can read on from here. */
const ofArticle = (sort: Sort, noun: Noun, name: string): Text => async (id, context) => {
  const object = await readObject({ sort, id }, context)
  const operation = (await operationNamed(noun, name))! // the noun declares it
  return (await view(noun, operation, object, { ...(await mannerOf(context, object)), passage: { room: 15_000 } })).text
}

/** An object, and how it reads. */
type Whole = (id: string, context: CallContext) => Promise<[Document, string]>

/** Asked for at once, so that the client makes one request of what both read. */
const together = (sort: Sort, text: Text): Whole => (id, context) => Promise.all([readObject({ sort, id }, context), text(id, context)])

/** A lead that was merged is read as the user it became. */
const contact: Whole = async (id, context) => {
  const [own, told] = await Promise.all([unlessGone(readObject({ sort: 'contact', id }, context)), callOverview('who_is_customer', { customer: id, detail: 'full' }, context)])
  const { customer } = told.structuredContent as { readonly customer?: { readonly id: string } } // as that tool answers
  return [own ?? (await readObject({ sort: 'contact', id: customer?.id ?? id }, context)), textOf(told)]
}

const wholes: Readonly<Record<Sort, Whole>> = {
  contact,
  company: together('company', (company, context) => ofTool(callOverview('get_account', { company, detail: 'full' }, context))),
  conversation: together('conversation', ofOperation('get_conversation')),
  ticket: together('ticket', ofOperation('get_ticket')),
  article: together('article', ofArticle('article', 'articles', 'get_article')),
  internal_article: together('internal_article', ofArticle('internal_article', 'internal-articles', 'get_internal_article')),
}
