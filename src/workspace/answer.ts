import { channel } from 'node:diagnostics_channel'
import { effectOf, type Operation } from '../contract/operation.ts'
import { Empty, File } from '../contract/shape.ts'
import { type Access, accessOf, type MissingPermission, named, permit } from './access.ts'
import { type Call, type FieldRefusals, type Handler, Rejection } from './handler.ts'
import { admits, sent } from './file-answer.ts'
import { handlers } from './handlers.ts'
import { bodyOf, inputOf } from './incoming.ts'
import { type Budget, exceeded, type RateLimit } from './rate-limit.ts'
import { type Route, type Router, router } from './router.ts'
import { busy } from './sqlite.ts'
import type { TransactionalStore } from './store.ts'
import { served, versionOf } from './version.ts'

/** What answering needs of the workspace. */
export interface Engine {
  readonly store: TransactionalStore
  readonly accesses: () => readonly Access[]
  readonly missingPermission: MissingPermission
  readonly limiter: RateLimit
  readonly maxBodyBytes: number
  /** Unix seconds. */
  readonly now: () => number
  readonly requestId: () => string
  /** The call of a request that came to this origin. Runs inside the request's transaction. */
  readonly call: (origin: string) => Call
  /** Told of what should not have happened; the caller of the API only learns that it did. */
  readonly report: (error: unknown) => void
  /** Stands around the answering of each request: may spoil it, and may write it down. */
  readonly around: (visit: Visit) => Promise<Response>
}

/** One request on its way through the workspace. */
export interface Visit {
  readonly request: Request
  readonly about: About
  readonly answer: () => Promise<Response>
  /** An answer that the workspace would not have given: it is not published. */
  readonly refuse: (error: unknown) => Response
  /** Learns who asks for which operation, without answering. */
  readonly recognise: () => Promise<void>
  /** Reads the body, without answering. */
  readonly read: () => Promise<void>
}

/** One request and what it was answered, as published to whoever in this process subscribed to the channel `intercom-mcp:answer`. */
export interface Exchange {
  /** Absent when the request was refused before it was known what it asks for. */
  readonly operation: Operation | undefined
  readonly request: Request
  readonly status: number
  /** Before it becomes JSON. Absent when the answer is empty or a file. */
  readonly body: unknown
}

const exchanges = channel('intercom-mcp:answer')

/** What is known of a request by then. Its answer's headers tell the first four. */
export interface About {
  readonly requestId: string
  /** When it came: unix seconds of the workspace's clock. */
  readonly at: number
  version: string
  budget: Budget
  access?: Access
  operation?: Operation
  /** Of the request, once it is read. */
  body?: unknown
  /** The answer's JSON, once it is made. */
  text?: string | null
}

interface Outcome {
  readonly status: number
  readonly body?: unknown
  /** Bytes, in place of a body. */
  readonly file?: Buffer<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}

/** Answers every request, whatever happens: what goes wrong inside becomes a 500 in Intercom's shape. */
export const answering = (engine: Engine): ((request: Request) => Promise<Response>) => {
  let routes: Promise<Router> | undefined
  const routeOf = async ({ method, url }: Request) => (await (routes ??= router()))(method === 'HEAD' ? 'GET' : method, new URL(url).pathname)

  const run = async (request: Request, about: About): Promise<Outcome> => {
    const access = accessOf(request.headers.get('authorization'), engine.accesses())
    about.access = access
    about.budget = engine.limiter.spend(access.token, engine.now())
    if (about.budget.exceeded) throw new Rejection(429, 'rate_limit_exceeded', exceeded(about.budget.limit))
    about.version = versionOf(request.headers.get('intercom-version'))
    const { route, methods } = await routeOf(request)
    about.operation = route?.operation
    return route ? perform(engine, request, route, access, about) : otherMethod(request.method, methods, about)
  }

  return (request) => {
    const at = engine.now()
    const about: About = { requestId: engine.requestId(), at, version: served, budget: engine.limiter.untouched(at) }
    const answered = (outcome: Outcome): Response => {
      publish({ operation: about.operation, request, status: outcome.status, body: outcome.body })
      return response(outcome, about, request.method)
    }
    const refused = (error: unknown) => failure(error, about, engine.report)
    return engine.around({
      request,
      about,
      answer: () => run(request, about).then(answered).catch((error: unknown) => answered(refused(error))),
      refuse: (error) => response(refused(error), about, request.method),
      recognise: async () => {
        about.access = named(request.headers.get('authorization'), engine.accesses())
        about.operation = (await routeOf(request).catch(() => undefined))?.route?.operation
      },
      read: async () => {
        about.body = await bodyOf(request, engine.maxBodyBytes).catch(() => undefined)
      },
    })
  }
}

const publish = (exchange: Exchange): void => {
  if (exchanges.hasSubscribers) exchanges.publish(exchange)
}

/** The path is known, the method is not. OPTIONS asks for just that. [inferred] The code; 405 itself is documented. */
const otherMethod = (method: string, methods: readonly string[], about: About): Outcome => {
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
  if (method === 'OPTIONS') return { status: 204, headers: { allow } }
  const refusal = new Rejection(405, 'method_not_allowed', `Method ${method} is not allowed here; use ${methods.join(' or ')}`)
  return { status: 405, headers: { allow }, body: refusal.body(about.requestId) }
}

const perform = async (engine: Engine, request: Request, { noun, operation }: Route, access: Access, about: About): Promise<Outcome> => {
  permit(access, operation.permission, engine.missingPermission)
  acceptable(request.headers.get('accept'), operation)
  const bodiless = request.method === 'GET' || request.method === 'HEAD'
  const area = await handlers[noun]()
  about.body = bodiless ? undefined : await bodyOf(request, engine.maxBodyBytes)
  const url = new URL(request.url)
  const input = inputOf(operation, url, about.body, refusalsOf(area, operation))
  const answer = handlerOf(area.handlers, operation)
  const reads = effectOf(operation, input) === 'read'
  const body = await engine.store.patiently((store) => transact(engine.store, reads, () => answer(input, { ...engine.call(url.origin), store })))
  const { status = 200, output, file } = operation
  if (file !== undefined) return { status, ...sent(file, File.parse(body)) }
  return status === 200 && output !== Empty ? { status, body } : { status }
}

/** [inferred] The code; 406 itself is documented. */
const acceptable = (accept: string | null, { file: type = 'application/json' }: Operation): void => {
  if (!admits(accept, type)) throw new Rejection(406, 'client_error', `Only ${type} can be answered; send Accept: ${type}`)
}

/** The mapped type of a noun's handlers is by operation; here the operation is known only by its name. */
const handlerOf = (all: object, { name }: Operation): Handler<Operation> => {
  const answer = (all as Record<string, Handler<Operation>>)[name]
  if (!answer) throw new Error(`no handler for ${name}`)
  return answer
}

/** A read that had something to write after all (a snooze that ran out) and met another writer starts over as a write. */
const transact = <T>(store: TransactionalStore, reads: boolean, work: () => T): T => {
  if (!reads) return store.transaction('write', work)
  try {
    return store.transaction('read', work)
  } catch (error) {
    if (!busy(error)) throw error
    return store.transaction('write', work)
  }
}

/** As {@link handlerOf}: here the operation is known only by its name. */
const refusalsOf = ({ refusals = {} }: { readonly refusals?: object }, { name }: Operation): FieldRefusals | undefined =>
  (refusals as Readonly<Record<string, FieldRefusals>>)[name]

const failure = (error: unknown, about: About, report: Engine['report']): Outcome => {
  if (error instanceof Rejection) return { status: error.status, body: error.body(about.requestId) }
  report(error)
  if (busy(error)) return { status: 503, body: new Rejection(503, 'service_unavailable', 'The workspace is busy; try again').body(about.requestId) }
  return { status: 500, body: new Rejection(500, 'server_error', 'Something went wrong inside the workspace').body(about.requestId) }
}

const response = ({ status, body, file, headers }: Outcome, about: About, method: string): Response => {
  const { requestId, at, version, budget } = about
  const text = body === undefined ? null : JSON.stringify(body)
  about.text = text
  return new Response(method === 'HEAD' ? null : (file ?? text), {
    status,
    headers: {
      ...(text !== null && { 'content-type': 'application/json; charset=utf-8' }),
      date: new Date(at * 1000).toUTCString(), // clients compare the end of the window with it
      'x-request-id': requestId,
      'intercom-version': version,
      'x-ratelimit-limit': String(budget.limit),
      'x-ratelimit-remaining': String(budget.remaining),
      'x-ratelimit-reset': String(budget.reset),
      ...headers,
    },
  })
}
