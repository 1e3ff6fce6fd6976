import { isInputRequiredResult, type JSONRPCRequest, ProtocolError, ProtocolErrorCode, type Result, type ServerContext } from '@modelcontextprotocol/server'
import { type Code, codes, Failure } from '../client/failure.ts'
import type { LogEvent } from '../client/log.ts'

/** How a request can end: all that a call can, and what can be wrong before it is one. */
export const outcomes = [...codes, 'ok', 'question', 'bad_arguments', 'bad_request', 'unknown_method', 'unauthenticated', 'forbidden', 'busy', 'left', 'defect'] as const
export type Outcome = (typeof outcomes)[number]

/** What became of one MCP request, told once it is over. Nothing in it comes from a customer, nor from the caller but what is known by name. */
export interface Story {
  /** `tools/call`. */
  readonly method: string
  /** Of a call; `other` where no tool has that name. */
  readonly tool?: string
  /** When it began, in milliseconds since 1970, and how long it took. */
  readonly at: number
  readonly ms: number
  readonly outcome: Outcome
  /** What was asked of Intercom for it. */
  readonly requests: readonly LogEvent[]
  /** The W3C trace context it came with. */
  readonly traceparent?: string
  readonly visit: Visit
}

/** The HTTP request that brought it. */
export interface Visit {
  /** Its `X-Request-Id`, or one made for it. */
  readonly id: string
  readonly principal?: string
  readonly tenant?: string
  readonly protocol?: string
  /** Whether a tool has this name. */
  readonly isTool: (name: unknown) => boolean
  readonly traceparent?: string
  readonly tell: (story: Omit<Story, 'visit'>) => void
  /** Milliseconds since 1970, and parts of them. */
  readonly clock: () => number
}

/** One request under way. */
export interface Telling {
  readonly requested: (event: LogEvent) => void
  readonly failed: (why: Outcome) => void
}

// The SDK carries nothing of ours from a request to its handler, but these two objects.
const visits = new WeakMap<Request, Visit>()
const tellings = new WeakMap<AbortSignal, Telling>()

/** Has the handlers of a request tell what becomes of it. */
export const watch = (request: Request, visit: Visit): void => void visits.set(request, visit)

/** Where to tell what happens during the request of this signal; undefined where nobody watches. */
export const tellingOf = (signal: AbortSignal): Telling | undefined => tellings.get(signal)

/** Runs a handler, and tells how it ended. */
export const told = async (request: JSONRPCRequest, { http, mcpReq }: ServerContext, run: () => Promise<Result>): Promise<Result> => {
  const visit = http?.req && visits.get(http.req)
  if (!visit) return run()
  const [at, requests]: [number, LogEvent[]] = [visit.clock(), []]
  let why: Outcome | undefined
  tellings.set(mcpReq.signal, { requested: (event) => requests.push(event), failed: (reason) => (why = reason) })
  const tell = (outcome: Outcome) => visit.tell({ ...about(request, visit), at, ms: visit.clock() - at, outcome, requests })
  try {
    const result = await run()
    tell(why ?? outcomeOf(result))
    return result
  } catch (error) {
    tell(mcpReq.signal.aborted ? 'left' : reasonOf(error))
    throw error
  }
}

const about = ({ method, params }: JSONRPCRequest, { isTool, traceparent }: Visit) => {
  const name = params?.name
  const given = params?._meta?.traceparent
  return { method, ...(method === 'tools/call' && { tool: isTool(name) ? String(name) : 'other' }), traceparent: isTraceparent(given) ? given : traceparent }
}

const outcomeOf = (result: Result): Outcome => {
  if (isInputRequiredResult(result)) return 'question'
  return result.isError === true ? 'bad_arguments' : 'ok'
}

const reasonOf = (error: unknown): Outcome => {
  const cause = error instanceof Error ? error.cause : undefined
  if (cause instanceof Failure) return cause.code
  return error instanceof ProtocolError ? (reasons[error.code] ?? 'defect') : 'defect'
}

const reasons: Readonly<Record<number, Outcome>> = {
  [ProtocolErrorCode.InvalidParams]: 'bad_request',
  [ProtocolErrorCode.InvalidRequest]: 'bad_request',
  [ProtocolErrorCode.MethodNotFound]: 'unknown_method',
  [ProtocolErrorCode.ResourceNotFound]: 'not_found' satisfies Code,
}

/** Whether it is a W3C trace context: of the version there is, which ends after 55 characters, or of a later one, which may go on. */
export const isTraceparent = (value: unknown): value is string =>
  typeof value === 'string' && /^(?!ff|00.{54})[\da-f]{2}-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}(-|$)/.test(value)
