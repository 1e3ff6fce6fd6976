import type * as z from 'zod'
import type { Paging } from './paging.ts'

/**
 * What running an operation can do to the world. Decided by a person, never by the HTTP verb:
 * `read` changes nothing, `write` changes the workspace, `send` can reach a customer's eyes,
 * `destroy` removes or hides something.
 */
export type Effect = 'read' | 'write' | 'send' | 'destroy'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One endpoint of the Intercom REST API 2.13, as data. Everything else about it is derived from this. */
export interface Operation<
  Name extends string = string,
  In extends z.ZodObject = z.ZodObject,
  Out extends z.ZodType = z.ZodType,
> {
  /** Tool name, handler key, docs anchor and log field. */
  readonly name: Name
  /** Intercom's own `operationId`, spelt as published. */
  readonly operationId: string
  readonly title: string
  readonly description: string
  /** What people say when they want it, beyond title and description: phrases parted by semicolons. Only the finder reads them. */
  readonly asked?: string
  /** Method and path template; a `{name}` in it is the input's field of that name. */
  readonly route: `${Method} /${string}`
  /** The worst this operation can do. */
  readonly effect: Effect
  /** What it does with this very input, where that differs from `effect`: a reply that is only a note. */
  readonly effectOf?: (input: Record<string, unknown>) => Effect
  /** The operation that undoes it, by name, or `never`; absent where that is not known. */
  readonly undoneBy?: string
  /** When that is only `write`, in words that end a sentence: "for a note". */
  readonly milder?: string
  /** True when running it twice leaves the workspace as running it once does. Reads do, unless they say otherwise. */
  readonly idempotent?: boolean
  /** The input field that makes it so: without it every run makes something more. */
  readonly idempotentBy?: string
  /** The permission to tick in Intercom's Developer Hub, in Intercom's own words; several with ` + ` between. */
  readonly permission: string
  /** One flat strict object: path, query and body fields together, under the API's own names. */
  readonly input: In
  readonly output: Out
  /** Input fields that travel in the query string although the method has a body. */
  readonly query?: readonly string[]
  /** Input fields that travel in a body although the method is GET or DELETE. */
  readonly body?: readonly string[]
  readonly paging?: Paging
  readonly search?: import('./search.ts').Searchable
  /** The MCP resource (template) this read answers, with the variable named as in the input. */
  readonly resource?: `intercom://${string}`
  /** Status of a success; 200 unless said otherwise. */
  readonly status?: 202 | 204
  /** A list that changes rarely and that names are looked up in: admins, ticket types. A client may keep it a while. */
  readonly reference?: true
  /** Media type of what it answers instead of JSON; `output` is then {@link File} of shape.ts. */
  readonly file?: string
  /** A body as other versions of the API send it, in this version's words. Only who answers requests needs it. */
  readonly accept?: (body: Record<string, unknown>) => Record<string, unknown>
  /** How to tell whether it happened when its answer was lost. Of several, the first whose `input` finds something to ask. */
  readonly readBack?: ReadBack | readonly ReadBack[]
  /** What it acts on or reaches, where its path does not lead there: reads that show it to a person who is to agree. */
  readonly about?: (input: Record<string, unknown>) => readonly Look[]
  /** Who gets to see it, where those are nobody in particular. Ends "it reaches". */
  readonly audience?: string
}

/** A read of something. */
export interface Look {
  readonly operation: Operation
  readonly input: Record<string, unknown>
}

/** How to find out whether a write whose answer was lost took effect. Intercom has no idempotency key. */
export interface ReadBack {
  /** The read to ask. */
  readonly operation: Operation
  /** Its input; undefined when this write left nothing to look for. */
  readonly input: (written: Record<string, unknown>) => Record<string, unknown> | undefined
  /**
   * Whether what was found shows the write's effect; undefined when it does not tell. `found` is the answer, or one item of
   * it when the read is a list; undefined when nothing is there. `since` is when the write was sent, in unix seconds by the
   * client's clock.
   */
  readonly happened: (
    written: Record<string, unknown>,
    found: Record<string, unknown> | undefined,
    since: number,
  ) => boolean | undefined
  /** What it tells when the list, read to its end, has nothing that shows the effect; nothing by default, since lists and searches may lag. */
  readonly missing?: boolean
  /** What the write would have answered, where that is only a part of what was found, or made of it; all that was found by default. */
  readonly answer?: (found: Record<string, unknown>, written: Record<string, unknown>) => unknown
}

export type Input<O extends Operation> = z.input<O['input']>
export type Output<O extends Operation> = z.output<O['output']>

/** Declares one operation. Returns it unchanged; exists so that its types are inferred. */
export const operation = <const Name extends string, In extends z.ZodObject, Out extends z.ZodType>(
  declaration: Operation<Name, In, Out>,
): Operation<Name, In, Out> => declaration

export const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'operationId' in value

/** The permissions that an operation needs, each in Intercom's own words. */
export const permissionsOf = (permission: string): string[] => permission.split(' + ')

/** What this very call would do. */
export const effectOf = (operation: Operation, input: Record<string, unknown>): Effect =>
  operation.effectOf?.(input) ?? operation.effect
