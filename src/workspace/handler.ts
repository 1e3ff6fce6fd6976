import type * as z from 'zod'
import type { Noun, OperationOf } from '../contract/nouns.ts'
import type { Operation } from '../contract/operation.ts'
import type { AdminDocument, AppDocument } from './admins.ts'
import type { Store } from './store.ts'
import type { Topic } from './topics.ts'

/** What a handler knows besides its input. */
export interface Call {
  readonly store: Store
  /** Unix seconds. */
  readonly now: number
  /** 24 hexadecimal characters. */
  readonly newId: () => string
  /** The teammate the token acts for. */
  readonly admin: AdminDocument
  /** The workspace itself. */
  readonly app: AppDocument
  /** Absolute URL of this workspace, for `url` and `pages.next`. */
  readonly url: (path: string) => string
  /** Tells whoever subscribed to the topic, once this request is committed. `item` is made only if somebody did. */
  readonly notify: (topic: Topic, item: () => object) => void
}

/** Answers one operation. Input is validated; runs in one transaction, which a {@link Rejection} rolls back. */
export type Handler<O extends Operation> = (input: z.output<O['input']>, call: Call) => z.input<O['output']>

/** A handler for every operation of a noun: one that is missing does not compile. */
export type Handlers<N extends Noun> = { readonly [O in OperationOf<N> as O['name']]: Handler<O> }

/** What is said of an input field that is missing or wrong, where Intercom has words of its own for it. Told the body as it came. */
export type FieldRefusals = Readonly<Record<string, (sent: unknown) => Rejection>>

/** {@link FieldRefusals} of a noun's operations. */
export type Refusals<N extends Noun> = {
  readonly [O in OperationOf<N> as O['name']]?: { readonly [F in keyof O['input']['shape']]?: FieldRefusals[string] }
}

/** Intercom's refusal. */
export class Rejection extends Error {
  readonly status: number
  readonly code: string
  readonly field: string | undefined

  constructor(status: number, code: string, message: string, field?: string) {
    super(message)
    this.status = status
    this.code = code
    this.field = field
  }

  /** What is answered; a few operations have a shape of their own. */
  body(requestId: string | null): object {
    const { code, message, field } = this
    return { type: 'error.list', request_id: requestId, errors: [{ code, message, ...(field !== undefined && { field }) }] }
  }
}
