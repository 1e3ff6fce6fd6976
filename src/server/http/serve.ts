import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { callers } from './callers.ts'
import { exchange, refuse } from './exchange.ts'
import { Flight } from './flight.ts'
import { guard, path, pathOf } from './guards.ts'
import { type Authenticate, isRefused } from './identity.ts'
import type { TenantOf } from './tenant.ts'

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
  /** Milliseconds that requests in flight at the end may still take. */
  readonly patience: number
  readonly onError: (error: unknown) => void
}

export interface Listening {
  /** Where clients connect: `http://127.0.0.1:8213/mcp`. */
  readonly url: string
  /** Stops accepting, answers what was accepted, then resolves. */
  readonly close: () => Promise<void>
}

/**
 * Serves MCP over Streamable HTTP, without sessions: any request may reach any replica. Rejects with Node's error
 * when the address cannot be listened on.
 */
export const serveHttp = async (options: HttpOptions): Promise<Listening> => {
  const { port, host, names, routes = {}, onError } = options
  const served = callers(onError)
  const table: Readonly<Record<string, Route>> = { ...routes, [path]: mcpFor(served, options) }
  const refusal = guard([host, ...names], Object.keys(table))
  const flight = new Flight()
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, connectionsCheckingInterval: 5_000 }, (request, response) => {
    flight.add(request, response)
    const refused = refusal(request)
    if (refused) return refuse(response, refused)
    answer(table[pathOf(request)]!, request, response).catch((error: unknown) => {
      if (!response.destroyed) onError(error) // else the client has gone, which is no error
      response.destroy()
    })
  })
  server.listen(port, host)
  await once(server, 'listening')
  return { url: urlOf(server), close: () => close(server, flight, served, options.patience) }
}

const answer = async (route: Route, request: IncomingMessage, response: ServerResponse): Promise<void> => route(request, response)

/** MCP for whoever may use it. */
const mcpFor = ({ served }: Callers, { authenticate, tenantOf }: HttpOptions): Route => async (request, response) => {
  const identity = await authenticate(request)
  if (isRefused(identity)) return refuse(response, identity)
  const tenant = await tenantOf(identity, request.headers)
  if (isRefused(tenant)) return refuse(response, tenant)
  const chosen = served(tenant, identity, request.headers)
  if (isRefused(chosen)) return refuse(response, chosen)
  await exchange(chosen.mcp, chosen.list, request, response)
}

type Callers = ReturnType<typeof callers>

const urlOf = (server: Server): string => {
  const { address, port, family } = server.address() as AddressInfo // it listens on a port, not on a pipe
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}${path}`
}

const close = async (server: Server, flight: Flight, served: Callers, patience: number): Promise<void> => {
  const closed = once(server, 'close')
  server.close()
  flight.last()
  await Promise.race([flight.landed(), setTimeout(patience, undefined, { ref: false })])
  await Promise.all(served.kept().map(({ mcp }) => mcp.close())) // ends subscriptions, and what patience did not wait for
  server.closeIdleConnections()
  await Promise.race([closed, setTimeout(500, undefined, { ref: false })])
  server.closeAllConnections()
}
