import type { Effect } from '../contract/operation.ts'
import { allowance } from './allowance.ts'
import type { Answer, Send } from './call.ts'
import type { Failure } from './failure.ts'

/** One request to Intercom, told after the fact. Nothing in it comes from a customer: no ids, paths, bodies or tokens. */
export interface LogEvent {
  readonly operation: string
  readonly effect: Effect
  readonly method: string
  /** `GET /contacts/{id}`. */
  readonly route: string
  readonly host: string
  /** When it began, in milliseconds since 1970. */
  readonly at: number
  readonly ms: number
  /** Of an answer. */
  readonly status?: number
  readonly requestId?: string
  /** Requests left in the window, as Intercom tells it. */
  readonly left?: number
  /** Of a request that got none. */
  readonly failure?: string
}

export type Log = (event: LogEvent) => void

/** Tells every single request, repeated ones and read-backs too, to `log` and to whoever listens for its caller. */
export const logged = (now: () => number, { host }: Pick<URL, 'host'>, log?: Log) => (next: Send<Answer>): Send<Answer> =>
  async (call) => {
    const at = now()
    const tell = (outcome: Partial<LogEvent>) => {
      const event = { operation: call.operation.name, effect: call.effect, method: call.method, route: call.operation.route, host, at, ms: now() - at, ...outcome }
      for (const listener of [log, call.caller.log]) if (listener) attempt(listener, event)
    }
    try {
      const answer = await next(call)
      tell({ status: answer.status, requestId: idIn(answer), left: allowance(answer)?.left })
      return answer
    } catch (error) {
      tell({ failure: (error as Failure).code }) // the wire throws nothing else
      throw error
    }
  }

/** An id is a word; what else stands in its place may be anything. */
const idIn = ({ headers }: Answer): string | undefined => /^[\w.-]{1,128}$/.exec(String(headers['x-request-id'] ?? ''))?.[0]

/** A log that fails must not fail what it tells of: a write would seem lost that was done. */
const attempt = (log: Log, event: LogEvent): void => {
  try {
    log(event)
  } catch {
    // nobody is left to tell
  }
}
