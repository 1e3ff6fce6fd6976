import * as z from 'zod'
import type { Client } from '../client/client.ts'
import type { Operation } from '../contract/operation.ts'
import type { View } from '../view/present.ts'
import type { Manner } from '../view/view.ts'
import type { CallContext } from './call.ts'
import type { Tongue } from './search/flat-search.ts'

type Input = Record<string, unknown>

/** What a tool does for the model beyond its operation: takes input in friendlier words, and checks it before the call. */
export interface Refinement {
  /** The operation's input, with the words the tool takes. */
  readonly input: z.ZodObject
  /** The operation's own input. Throws a Failure that says what to change; may read through the client. */
  readonly prepare: (input: Input, client: Client, signal: AbortSignal) => Promise<Input>
  /** What is asked of Intercom, where one call does not do. `note` is what to tell of it. */
  readonly ask?: (prepared: Input, asked: Input, context: CallContext) => Promise<{ readonly output: unknown; readonly note?: string }>
  /** What of the answer the tool's input asks for; all of it when absent. Throws BadArguments. */
  readonly show?: (output: unknown, asked: Input) => unknown
  /** How the answer reads, where it does not as all others do. */
  readonly present?: (output: unknown, asked: Input, manner: Manner) => Promise<View>
}

/** The tools that have one, by operation name. */
const refinements: Readonly<Record<string, (operation: Operation) => Promise<Refinement>>> = {
  create_ticket: async () => (await import('./create-ticket.ts')).createTicketRefinement,
  get_conversation: async (operation) => (await import('./transcript.ts')).transcribed('conversations', operation, (await import('../view/transcript/histories.ts')).conversationHistory),
  get_article: async (operation) => (await import('./articles.ts')).articleRefinement(operation),
  get_internal_article: async (operation) => (await import('./articles.ts')).readOn('internal-articles', operation),
  get_external_page: async (operation) => (await import('./articles.ts')).readOn('ai-content', operation),
  get_news_item: async (operation) => (await import('./articles.ts')).readOn('news', operation),
  search_articles: async (operation) => (await import('./articles.ts')).articleSearchRefinement(operation),
  search_contacts: async (operation) => flatSearch(operation, (await import('./search/contacts.ts')).tongue),
  search_conversations: async (operation) => flatSearch(operation, (await import('./search/conversations.ts')).tongue),
  search_tickets: async (operation) => flatSearch(operation, (await import('./search/tickets.ts')).tongue),
  get_ticket: async (operation) => (await import('./transcript.ts')).transcribed('tickets', operation, (await import('../view/transcript/histories.ts')).ticketHistory),
}

const flatSearch = async (operation: Operation, tongue: Tongue): Promise<Refinement> => (await import('./search/flat-search.ts')).flatSearch(operation, tongue)

/** What every read takes besides: how much to show. */
const showing = z.object({
  detail: z.enum(['summary', 'full']).optional(),
  fields: z.array(z.string().min(1)).min(1).optional().describe('Only these fields.'),
})

/** What every write takes besides. */
const writing = z.object({ idempotency_key: z.string().min(1).max(200).optional().describe('Any text of your own: a repeat with it does nothing twice.') })

/** What takes a person's confirmation besides. */
const confirming = z.object({ confirm_token: z.string().optional().describe('From the preview, once the person agreed.') })

const plain = ({ input }: Operation): Refinement => ({ input, prepare: async (asked) => asked })

/** What a tool does beyond its operation. Made once, since making a schema takes longer than all else a call does here. */
export const refined = (operation: Operation): Promise<Refinement> => {
  const refinement = known.get(operation) ?? refine(operation)
  known.set(operation, refinement)
  return refinement
}

const known = new WeakMap<Operation, Promise<Refinement>>()

const refine = async (operation: Operation): Promise<Refinement> => {
  const refinement = (await refinements[operation.name]?.(operation)) ?? plain(operation)
  return { ...refinement, input: refinement.input.extend(besides(operation)) }
}

const besides = ({ effect, file }: Operation): z.ZodRawShape => {
  if (effect === 'read') return file === undefined ? showing.shape : {}
  return effect === 'write' ? writing.shape : { ...writing.shape, ...confirming.shape }
}

/** How a write is to be made. */
export interface Writing {
  readonly idempotencyKey?: string
  readonly confirmToken?: string
}

export interface Asked {
  readonly asked: Input
  /** Of it what says how to show the answer. */
  readonly manner: Pick<Manner, 'detail' | 'fields'>
  readonly writing: Writing
}

/** Parts what a tool was given into what is asked of Intercom, how to show the answer, and how to write. */
export const parted = ({ effect }: Operation, given: Input): Asked => (effect === 'read' ? readParted(given) : writeParted(given))

const readParted = (given: Input): Asked => {
  const { detail, fields, ...asked } = given as Input & Asked['manner'] // as `showing` parsed them
  return { asked, manner: { detail, fields }, writing: {} }
}

const writeParted = (given: Input): Asked => {
  const { idempotency_key: idempotencyKey, confirm_token: confirmToken, ...asked } = given as Input & Record<'idempotency_key' | 'confirm_token', string | undefined> // as `writing` and `confirming` parsed them
  return { asked, manner: {}, writing: { idempotencyKey, confirmToken } }
}
