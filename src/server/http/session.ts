import { isLegacyRequest, type Server } from '@modelcontextprotocol/server'
import type { Served } from './callers.ts'
import type { Answering } from './exchange.ts'
import type { SessionTransport } from './session-transport.ts'
import type { Tenant } from './tenant.ts'

/** Whose a session is. */
export interface Owner {
  readonly served: Served
  readonly tenant: Tenant
}

/** What one client of the 2025-11-25 revision began with initialize. */
export class Session implements Answering {
  readonly list
  /** Who began it, whatever they asked for by headers. */
  readonly principal: string
  readonly #owner: Owner
  readonly #server: Server
  readonly #transport: SessionTransport
  readonly #now: () => number
  readonly #under = { calls: 0, streams: 0 }
  #usedAt: number

  constructor(owner: Owner, server: Server, transport: SessionTransport, now: () => number) {
    this.list = owner.served.list
    this.principal = JSON.stringify([owner.tenant.key, owner.served.offer.caller.principal])
    this.#owner = owner
    this.#server = server
    this.#transport = transport
    this.#now = now
    this.#usedAt = now()
  }

  readonly fetch: Answering['fetch'] = async (request, body, over) => {
    if (!(await isLegacyRequest(request, body.parsedBody))) return this.#owner.served.mcp.fetch(request, body)
    this.#count(request.method === 'GET' ? 'streams' : 'calls', over)
    if (request.method === 'GET') this.#transport.closeStandaloneSSEStream() // who asks again has lost the one before
    return this.#transport.handleRequest(request, body)
  }

  /** Whether it is of this caller with these rights, and of the same tenant as it is served now. */
  belongsTo({ served, tenant }: Owner): boolean {
    return this.#owner.served.key === served.key && this.#owner.tenant === tenant
  }

  /** Whether a request of it is being answered. */
  get isCalled(): boolean {
    return this.#under.calls > 0
  }

  /** Whether its client listens for notifications. */
  get isHeard(): boolean {
    return this.#under.streams > 0
  }

  /** When a request of it began or ended last, in milliseconds since 1970. */
  get usedAt(): number {
    return this.#usedAt
  }

  /** Ends the stream of notifications, and what waits for the client to answer. */
  hangUp(): void {
    this.#transport.hangUp()
  }

  end(): Promise<void> {
    return this.#server.close()
  }

  #count(what: 'calls' | 'streams', over: AbortSignal): void {
    const change = (by: number) => {
      this.#under[what] += by
      this.#usedAt = this.#now()
    }
    change(1)
    if (over.aborted) change(-1)
    else over.addEventListener('abort', () => change(-1), { once: true })
  }
}
