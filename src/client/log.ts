import type { Answer, Send } from './call.ts'
import type { Failure } from './failure.ts'

/** One request to Intercom, told after the fact. Nothing in it comes from a customer: no ids, paths, bodies or tokens. */
export interface LogEvent {
  readonly operation: string
  readonly method: string
  readonly ms: number
  /** Of an answer. */
  readonly status?: number
  readonly requestId?: string
  /** Of a request that got none. */
  readonly failure?: string
}

export type Log = (event: LogEvent) => void

/** Tells every single request: repeated ones and read-backs too. */
export const logged = (now: () => number, log: Log) => (next: Send<Answer>): Send<Answer> =>
  async (call) => {
    const start = now()
    const tell = (outcome: Partial<LogEvent>) => attempt(log, { operation: call.operation.name, method: call.method, ms: now() - start, ...outcome })
    try {
      const answer = await next(call)
      tell({ status: answer.status, requestId: String(answer.headers['x-request-id'] ?? '') || undefined })
      return answer
    } catch (error) {
      tell({ failure: (error as Failure).code }) // the wire throws nothing else
      throw error
    }
  }

/** A log that fails must not fail what it tells of: a write would seem lost that was done. */
const attempt = (log: Log, event: LogEvent): void => {
  try {
    log(event)
  } catch {
    // nobody is left to tell
  }
}
