import type * as z from 'zod'
import type { Method } from '../../contract/operation.ts'
import type { Workings } from './workings.ts'

/** One thing that can be done to the workspace from outside Intercom's API. */
export interface ControlRoute<S extends z.ZodObject = z.ZodObject> {
  /** A `{name}` in it is the input's field of that name. */
  readonly route: `${Method} /_workspace${string}`
  /** What it does, in one line. */
  readonly does: string
  /** Path, query and body fields together. */
  readonly input: S
  /** An input that shows the use. */
  readonly example: z.input<S>
  /** Throws a Rejection to refuse. What it gives is the answer. */
  readonly handle: (input: z.output<S>, workings: Workings) => object | Promise<object>
}

/** Declares one. Returns it unchanged; exists so that its types are inferred. */
export const controlRoute = <S extends z.ZodObject>(route: ControlRoute<S>): ControlRoute => route
