import { createMcpHandler, type McpHttpHandler } from '@modelcontextprotocol/server'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { exchange, refuse } from './exchange.ts'
import { factory } from './factory.ts'
import { guard, path } from './guards.ts'
import { tellChanges } from './lack.ts'
import type { Offer } from './offer.ts'
import { selecting } from './selection.ts'
import { toolList } from './tool-list.ts'

export interface HttpOptions {
  /** 0 for any free port. */
  readonly port: number
  readonly host: string
  /** Names besides localhost under which clients may reach this server. */
  readonly names: readonly string[]
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
export const serveHttp = async (offer: Offer, options: HttpOptions): Promise<Listening> => {
  const selection = selecting(offer, (selected) => {
    const list = toolList(selected)
    const mcp = createMcpHandler(factory(selected, () => list.stand), { onerror: options.onError })
    return { mcp, list, offer: selected, told: mcp.notify }
  })
  const stopTelling = tellChanges(offer.permissions, selection.kept)
  const refusal = guard([options.host, ...options.names])
  const flight = new Flight()
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, connectionsCheckingInterval: 5_000 }, (request, response) => {
    const chosen = refusal(request) ?? selection.choose(request.headers)
    flight.add(request, response)
    if ('status' in chosen) return refuse(response, chosen)
    exchange(chosen.mcp, chosen.list, request, response).catch((error: unknown) => {
      if (!response.destroyed) options.onError(error) // else the client has gone, which is no error
      response.destroy()
    })
  })
  server.listen(options.port, options.host)
  await once(server, 'listening')
  return { url: urlOf(server), close: () => close(server, flight, selection.kept().map(({ mcp }) => mcp), options.patience).finally(stopTelling) }
}

const urlOf = (server: Server): string => {
  const { address, port, family } = server.address() as AddressInfo // it listens on a port, not on a pipe
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}${path}`
}

const close = async (server: Server, flight: Flight, served: readonly McpHttpHandler[], patience: number): Promise<void> => {
  const closed = once(server, 'close')
  server.close()
  flight.last()
  await Promise.race([flight.landed(), setTimeout(patience, undefined, { ref: false })])
  await Promise.all(served.map((mcp) => mcp.close())) // ends subscriptions, and what patience did not wait for
  server.closeIdleConnections()
  await Promise.race([closed, setTimeout(500, undefined, { ref: false })])
  server.closeAllConnections()
}

/** The requests being answered. */
class Flight {
  readonly #responses = new Set<ServerResponse>()
  #whenLanded: (() => void) | undefined

  /** Subscriptions do not count: they last until the server ends them. */
  add(request: IncomingMessage, response: ServerResponse): void {
    if (request.headers['mcp-method'] === 'subscriptions/listen') return
    this.#responses.add(response)
    if (this.#whenLanded) response.setHeader('connection', 'close')
    response.once('close', () => {
      this.#responses.delete(response)
      if (this.#responses.size === 0) this.#whenLanded?.()
    })
  }

  /** From here on each answer is the last of its connection. */
  last(): void {
    for (const response of this.#responses) if (!response.headersSent) response.setHeader('connection', 'close')
  }

  async landed(): Promise<void> {
    if (this.#responses.size > 0) await new Promise<void>((resolve) => (this.#whenLanded = resolve))
  }
}
