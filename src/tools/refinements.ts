import type * as z from 'zod'
import type { Client } from '../client/client.ts'
import type { Operation } from '../contract/operation.ts'

/** What a tool does for the model beyond its operation: takes input in friendlier words, and checks it before the call. */
export interface Refinement {
  /** The operation's input, with the words the tool takes. */
  readonly input: z.ZodObject
  /** The operation's own input. Throws a Failure that says what to change; may read through the client. */
  readonly prepare: (input: Record<string, unknown>, client: Client, signal: AbortSignal) => Promise<Record<string, unknown>>
  /** What of the answer the tool's input asks for; all of it when absent. Throws BadArguments. */
  readonly show?: (output: unknown, input: Record<string, unknown>) => unknown
}

/** The tools that have one, by operation name. */
const refinements: Readonly<Record<string, (operation: Operation) => Promise<Refinement>>> = {
  create_ticket: async () => (await import('./create-ticket.ts')).createTicketRefinement,
  get_conversation: async (operation) => (await import('./older-parts.ts')).olderParts(operation, 'conversation_parts'),
  get_ticket: async (operation) => (await import('./older-parts.ts')).olderParts(operation, 'ticket_parts'),
}

export const refined = async (operation: Operation): Promise<Refinement> =>
  (await refinements[operation.name]?.(operation)) ?? { input: operation.input, prepare: async (input) => input }
