import type { Effect } from '../contract/operation.ts'
import { adviceFor } from './advice.ts'

/** Everything that can go wrong with a call, from the caller's side to the far side. */
export const codes = [
  'invalid_input', // the input cannot be a request: a path parameter that would reach another endpoint
  'policy_denied', // the operator of this server does not allow it
  'unconfirmed', // a person must confirm it first
  'permission_missing', // the access token lacks a permission
  'unauthorized', // the access token is not accepted
  'plan_restricted', // the workspace's plan does not include it
  'not_found',
  'conflict', // something with these details exists already
  'rejected', // Intercom read the request and refused it
  'rate_limited', // no budget left within the call's time
  'unreachable', // no connection: DNS, TCP or TLS
  'unavailable', // an answer of 408 or 5xx, or a connection that was lost before the answer
  'timeout', // the call's own deadline
  'cancelled', // by the caller
  'too_large', // an answer beyond the limit
  'bad_answer', // truncated, not JSON, or not what the operation answers
  'redirected', // a redirect, which is never followed
] as const
export type Code = (typeof codes)[number]

/**
 * What became of the call's effect. `not_sent`: provably nothing left. `rejected`: Intercom answered that it did not do it.
 * `committed`: it happened, only the answer was lost. `not_committed`: it did not happen (so for a read that was sent, but for a scroll).
 * `unknown`: it may have happened.
 */
export type Outcome = 'not_sent' | 'rejected' | 'committed' | 'not_committed' | 'unknown'

/** What Intercom said about it, as sent. `message` may hold text that customers wrote. */
export interface UpstreamError {
  readonly code?: string
  readonly message?: string
  readonly field?: string
  readonly requestId?: string
}

export interface FailureDetail {
  readonly outcome: Outcome
  /** Name of the operation, and what this call of it would do. */
  readonly operation?: string
  readonly effect?: Effect
  /** Whether running the operation twice does the same as once, and the read that shows whether it happened. */
  readonly idempotent?: boolean
  readonly check?: string
  /** Whether it had an idempotency key, under which it is never sent again. */
  readonly keyed?: boolean
  readonly status?: number
  readonly upstream?: UpstreamError
  /** From when the same call can succeed, in milliseconds since 1970. */
  readonly retryAt?: number
  /** The permission that is missing, in Intercom's words. */
  readonly permission?: string
  /** Id of the object that stands in the way of a `conflict`. */
  readonly existing?: string
  /** A few plain words on this very case, for the advice. */
  readonly note?: string
  /** Whether the same request may well succeed if sent again, as far as this failure tells. */
  readonly transient?: boolean
  readonly cause?: unknown
}

/** The one error a client throws. `message` and `advice` are for people and models; everything else is for programs. */
export class Failure extends Error implements FailureDetail {
  override readonly name = 'Failure'
  readonly code: Code
  readonly outcome: Outcome
  readonly operation?: string
  readonly effect?: Effect
  readonly idempotent?: boolean
  readonly check?: string
  readonly keyed?: boolean
  readonly status?: number
  readonly upstream?: UpstreamError
  readonly retryAt?: number
  readonly permission?: string
  readonly existing?: string
  readonly note?: string
  readonly transient?: boolean

  constructor(code: Code, detail: FailureDetail) {
    super(advice({ code, ...detail }), { cause: detail.cause })
    const { cause: _, ...fields } = detail
    Object.assign(this, fields)
    this.code = code
    this.outcome = detail.outcome
  }

  /** What happened, then what to do next. */
  get advice(): string {
    return this.message
  }

  /** Whether it is certain that the write did not happen. */
  get neverHappened(): boolean {
    return this.outcome !== 'unknown' && this.outcome !== 'committed'
  }

  /** The same failure, with more known about it. */
  with(detail: Partial<FailureDetail>): Failure {
    return new Failure(this.code, { ...this, cause: this.cause, ...detail })
  }
}

/** One or two plain sentences: what happened and what to do next, with whether a write took effect. */
const advice = (failure: FailureDetail & { readonly code: Code }): string =>
  [adviceFor[failure.code](failure), ...(matters(failure) ? [effectOf[failure.outcome](failure)] : [])].join(' ')

const matters = ({ effect, outcome }: FailureDetail): boolean => effect !== undefined && (effect !== 'read' || outcome === 'unknown')

const effectOf: Readonly<Record<Outcome, (failure: FailureDetail) => string>> = {
  not_sent: () => 'Nothing was sent.',
  rejected: () => 'Nothing was changed.',
  committed: () => 'It did take effect: do not repeat it.',
  not_committed: () => 'It did not take effect, as reading back showed.',
  unknown: (failure) => (failure.effect === 'read' ? lostPage : `It may or may not have taken effect. ${howToCheck(failure)}`),
}

/** Of the reads only a scroll can lose something. */
const lostPage = 'The scroll may have moved on without this page: wait a minute, then begin anew.'

const howToCheck = ({ idempotent, check, keyed }: FailureDetail): string => {
  if (keyed) return `${check ? 'Repeat it with the same idempotency key' : 'Look in Intercom'}: with that key it is ${check ? 'looked for, and ' : ''}never sent twice.`
  return idempotent
    ? `${check ? `Look with ${check}, or repeat it` : 'Repeat it'}: running it twice does the same as once.`
    : `Look ${check ? `with ${check}` : 'in Intercom'} before repeating it, since it could happen twice.`
}
