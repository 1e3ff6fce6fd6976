import { isInitializeRequest, isLegacyRequest } from '@modelcontextprotocol/server'
import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Answering, Refused } from './exchange.ts'
import { isWithoutSessions } from './flight.ts'
import { inOnePiece, isInOnePiece, isRequest } from './in-one-piece.ts'
import { type Owner, Session } from './session.ts'
import { SessionTransport } from './session-transport.ts'
import { offerSubscriptions } from './subscriptions.ts'

export interface SessionOptions {
  /** Most that are open at once; 0 for none, so that any request may reach any replica. */
  readonly most: number
  /** Milliseconds after which one ends that nobody uses. */
  readonly idle: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly onError: (error: unknown) => void
}

/** The sessions of clients that speak the 2025-11-25 revision or an earlier one. Whoever comes without one is served without. */
export class Sessions {
  readonly #open = new Map<string, Session>()
  readonly #options: SessionOptions

  constructor(options: SessionOptions) {
    this.#options = options
  }

  /** Who answers a request with these headers. A session of others is as unknown as one that never was. */
  answering(owner: Owner, headers: IncomingHttpHeaders): Answering | Refused {
    const { list, mcp } = owner.served
    if (isWithoutSessions(headers)) return { list, fetch: (request, body) => mcp.fetch(request, body) }
    const id = headers['mcp-session-id']?.toString()
    if (this.#options.most === 0 || id === undefined) return { list, fetch: (...asked) => this.#alone(owner, ...asked) }
    const session = this.#open.get(id)
    return session?.belongsTo(owner) && !this.#isOver(session) ? session : unknown
  }

  /** Answers what comes outside of any session, perhaps by beginning one. */
  async #alone(owner: Owner, ...[request, body, over]: Parameters<Answering['fetch']>): Promise<Response> {
    const { parsedBody } = body
    if (!isRequest(parsedBody) || !(await isLegacyRequest(request, parsedBody))) return owner.served.mcp.fetch(request, body)
    if (this.#options.most > 0 && parsedBody.method === 'initialize' && isInitializeRequest(parsedBody)) return this.#begin(owner, request, body, over)
    return isInOnePiece(parsedBody) ? inOnePiece(owner.served, request, body, over) : owner.served.mcp.fetch(request, body)
  }

  /** How many there are. */
  get count(): number {
    return this.#open.size
  }

  /** Ends those that nobody used for too long. */
  sweep(): void {
    for (const session of this.#open.values()) if (this.#isOver(session)) this.#end(session)
  }

  /** Ends streams of notifications and whatever waits for a client, so that all else can be answered. */
  hangUp(): void {
    for (const session of this.#open.values()) session.hangUp()
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map((session) => session.end()))
  }

  async #begin(owner: Owner, ...asked: Parameters<Answering['fetch']>): Promise<Response> {
    this.sweep()
    if (this.#open.size >= this.#options.most && !this.#makeRoom()) return full(this.#options.most)
    const server = owner.served.make({ era: 'legacy' })
    const { bus, mayWatch } = owner.served.hearing
    const tell = offerSubscriptions(server, mayWatch)
    const transport = new SessionTransport({ sessionIdGenerator: randomUUID, onsessioninitialized: (id) => void this.#open.set(id, session) })
    const session = new Session(owner, server, transport, this.#options.now)
    const stopTelling = bus.subscribe((event) => void tell(event).catch(this.#options.onError))
    server.onerror = this.#options.onError
    const { whenEnding, whenOver } = owner.tenant
    const stopWaiting = [whenEnding(() => session.hangUp()), whenOver(() => this.#end(session))]
    server.onclose = () => {
      stopTelling()
      for (const stop of stopWaiting) stop()
      this.#open.delete(transport.sessionId ?? '')
    }
    await server.connect(transport)
    const response = await session.fetch(...asked)
    if (transport.sessionId === undefined) await server.close() // what it asked for was refused
    return response
  }

  #isOver({ isCalled, isHeard, usedAt }: Session): boolean {
    return !isCalled && !isHeard && this.#options.now() - usedAt > this.#options.idle
  }

  /** Ends one that is not being called: of who has most of them, rather one that nobody listens to, and of those the one not used for longest. */
  #makeRoom(): boolean {
    const counts = new Map<string, number>()
    for (const { principal } of this.#open.values()) counts.set(principal, (counts.get(principal) ?? 0) + 1)
    const sooner = (one: Session, other: Session) =>
      counts.get(other.principal)! - counts.get(one.principal)! || Number(one.isHeard) - Number(other.isHeard) || one.usedAt - other.usedAt
    const idle = [...this.#open.values()].filter(({ isCalled }) => !isCalled)
    if (idle.length > 0) this.#end(idle.reduce((first, one) => (sooner(one, first) < 0 ? one : first)))
    return idle.length > 0
  }

  #end(session: Session): void {
    session.end().catch(this.#options.onError)
  }
}

const unknown: Refused = { status: 404, code: -32_001, message: 'There is no such session, or it is over: initialize again.' }

const full = (most: number): Response =>
  Response.json(
    { jsonrpc: '2.0', id: null, error: { code: -32_000, message: `All ${most} sessions are being used. Try again soon, or ask without initializing: this server answers requests without a session too.` } },
    { status: 503, headers: { 'retry-after': '5' } },
  )
