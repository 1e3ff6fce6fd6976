import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { factory } from '../factory.ts'
import { Admission, type AdmissionLimits, usual } from './admission.ts'
import { admitted, watched } from './admitted.ts'
import { endWithCredential, endWithTenant } from './auth/lasting.ts'
import { callers } from './callers.ts'
import { exchange, refuse, type Refused } from './exchange.ts'
import { Flight, isSubscription } from './flight.ts'
import { guard, path, pathOf } from './guards.ts'
import { type Condition, health } from './health.ts'
import { type Authenticate, isRefused } from './identity.ts'
import { type SessionOptions, Sessions } from './sessions.ts'
import type { TenantOf } from './tenant.ts'
import { identified, toolsOf, visitOf, type Watch } from './visit.ts'

/** Answers one request, whatever becomes of it. */
export type Route = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

export interface HttpOptions {
  /** 0 for any free port. */
  readonly port: number
  readonly host: string
  /** Names besides localhost under which clients may reach this server. */
  readonly names: readonly string[]
  readonly authenticate: Authenticate
  readonly tenantOf: TenantOf
  /** What is served at other paths, whoever asks, under names that are allowed. */
  readonly routes?: Readonly<Record<string, Route>>
  /** Of clients that speak an earlier revision than 2026-07-28; none are kept unless this is given. */
  readonly sessions?: Omit<SessionOptions, 'onError'>
  /** Makes servers for callers; another than this product's own in tests. */
  readonly serverFor?: typeof factory
  /** What it takes on at once; `usual` by default. */
  readonly limits?: AdmissionLimits
  /** Told of every MCP request, with the time in milliseconds since 1970. */
  readonly watching?: { readonly watch: Watch; readonly clock: () => number }
  /** What `/readyz` says besides. */
  readonly condition?: () => Condition
  /** Milliseconds without a byte either way after which a connection is given up: longer than any call takes, and than streams are silent. */
  readonly stalled?: number
  /** Milliseconds at the end in which it says that it is not ready, and still takes requests. */
  readonly delay?: number
  /** Milliseconds that requests in flight at the end may still take. */
  readonly patience: number
  readonly onError: (error: unknown) => void
}

export interface Listening {
  /** Where clients connect: `http://127.0.0.1:8213/mcp`. */
  readonly url: string
  readonly standing: () => Standing
  /** Stops accepting, answers what was accepted, then resolves. */
  readonly close: () => Promise<void>
}

/** What is under way. */
export interface Standing {
  readonly running: number
  readonly waiting: number
  readonly streams: number
  readonly sessions: number
}

/**
 * Serves MCP over Streamable HTTP. Without sessions any request may reach any replica. Rejects with Node's error when
 * the address cannot be listened on.
 */
export const serveHttp = async (options: HttpOptions): Promise<Listening> => {
  const { port, host, names, routes = {}, onError } = options
  const served = callers(options.serverFor ?? factory, onError)
  const sessions = new Sessions({ ...(options.sessions ?? noSessions), onError })
  const sweeping = setInterval(() => sessions.sweep(), 30_000).unref()
  const admission = new Admission(options.limits ?? usual, performance.now.bind(performance))
  let isEnding = false
  const isProbe = health(() => !isEnding, options.condition)
  const table: Readonly<Record<string, Route>> = { ...routes, [path]: mcpFor(served, sessions, admission, options) }
  const refusal = guard([host, ...names], Object.keys(table))
  const flight = new Flight()
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    if (isProbe(request, response)) return
    flight.add(request, response)
    const refused = refusal(request)
    if (refused) return refuse(response, refused)
    answer(table[pathOf(request)]!, request, response).catch((error: unknown) => {
      if (response.destroyed) return // the client has gone, which is no error
      onError(error)
      if (response.headersSent || isEnding) response.destroy() // what comes when all is closed was not begun, and may be sent again
      else refuse(response, broken)
    })
  }
  const server = createServer(timeouts, oneByOne(serve))
  server.timeout = options.stalled ?? 180_000 // whoever takes no answer would keep a call's place for ever
  server.listen(port, host)
  await once(server, 'listening')
  return {
    url: urlOf(server),
    standing: () => ({ running: admission.running, waiting: admission.waiting, streams: admission.streams, sessions: sessions.count }),
    close: async () => {
      isEnding = true
      if (options.delay) await setTimeout(options.delay)
      await close({ server, flight, served, sessions, sweeping, patience: options.patience })
    },
  }
}

/** In milliseconds. Most balancers close their idle connections after a minute: were this server first, a call sent at that moment would be lost. */
const timeouts = { requestTimeout: 30_000, headersTimeout: 10_000, connectionsCheckingInterval: 5_000, keepAliveTimeout: 75_000 }

/** Of requests sent one behind the other, each waits until the one before is answered: node would not tell when one is over whose connection is lost before. */
const oneByOne = (serve: RequestListener): RequestListener => (request, response) => {
  if (response.socket) serve(request, response)
  else response.once('socket', () => serve(request, response))
}

const broken: Refused = { status: 500, code: -32_603, message: 'Internal server error' }

const noSessions = { most: 0, idle: 0, now: () => 0 }

const answer = async (route: Route, request: IncomingMessage, response: ServerResponse): Promise<void> => route(request, response)

/** MCP for whoever may use it. */
const mcpFor = ({ served }: Callers, sessions: Sessions, admission: Admission, { authenticate, tenantOf, watching }: HttpOptions): Route => async (request, response) => {
  const id = identified(request, response)
  const visit = watching && visitOf(request, response, id, watching)
  const identity = await authenticate(request)
  if (isRefused(identity)) return refuse(response, identity)
  if (visit) Object.assign(visit, { principal: identity.principal, tenant: identity.tenant })
  const tenant = await tenantOf(identity, request.headers)
  if (isRefused(tenant)) return refuse(response, tenant)
  const whose = { tenant: tenant.key, caller: JSON.stringify([tenant.key, identity.principal]) }
  const objection = isPlainCall(request) ? admission.objection(whose) : undefined
  if (objection) return refuse(response, objection)
  const chosen = served(tenant, identity, request.headers)
  if (isRefused(chosen)) return refuse(response, chosen)
  if (visit) visit.isTool = toolsOf(chosen.offer)
  const answering = sessions.answering({ served: chosen, tenant }, request.headers)
  if (isRefused(answering)) return refuse(response, answering)
  const lasts = isSubscription(request)
  const inTurn = admitted(visit ? watched(answering, visit) : answering, admission, whose, lasts)
  if (lasts) {
    endWithCredential(authenticate, identity, request, response)
    endWithTenant(tenant, response)
  }
  await tenant.during(lasts, () => exchange(inTurn, request, response, chosen.withheld))
}

/** Within a session it may be the answer to a question, for which a call waits. */
const isPlainCall = (request: IncomingMessage): boolean => request.method === 'POST' && request.headers['mcp-session-id'] === undefined && !isSubscription(request)

type Callers = ReturnType<typeof callers>

const urlOf = (server: Server): string => {
  const { address, port, family } = server.address() as AddressInfo // it listens on a port, not on a pipe
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}${path}`
}

interface Closing {
  readonly server: Server
  readonly flight: Flight
  readonly served: Callers
  readonly sessions: Sessions
  readonly sweeping: NodeJS.Timeout
  readonly patience: number
}

const close = async ({ server, flight, served, sessions, sweeping, patience }: Closing): Promise<void> => {
  const closed = once(server, 'close')
  server.close()
  clearInterval(sweeping)
  sessions.hangUp()
  flight.last()
  await Promise.race([flight.landed(), setTimeout(patience, undefined, { ref: false })])
  await Promise.all([sessions.close(), ...served.kept().map(({ mcp }) => mcp.close())]) // ends subscriptions, and what patience did not wait for
  server.closeIdleConnections()
  await Promise.race([closed, setTimeout(500, undefined, { ref: false })])
  server.closeAllConnections()
}
