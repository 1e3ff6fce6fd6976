import { type HandleRequestOptions, type JSONRPCMessage, type RequestId, type TransportSendOptions, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server'
import { setImmediate } from 'node:timers/promises'

/** The SDK's transport of one session, which also ends what that leaves open: streams of cancelled requests, and questions nobody will answer. */
export class SessionTransport extends WebStandardStreamableHTTPServerTransport {
  /** What the client was asked and has not answered. */
  readonly #asked = new Set<RequestId>()
  #batches = false
  #ending = false

  override async handleRequest(request: Request, options?: HandleRequestOptions): Promise<Response> {
    const messages = [options?.parsedBody].flat().filter(isRecord)
    if (messages.length > 1) this.#batches = true
    for (const { id, method } of messages) if (method === undefined) this.#asked.delete(id as RequestId) // else the SDK refuses it
    const response = await super.handleRequest(request, options)
    for (const { method, params } of messages) if (method === 'notifications/cancelled' && isRecord(params)) void this.#forget(params.requestId as RequestId)
    return response
  }

  override async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    if ('method' in message && 'id' in message) this.#asked.add(message.id)
    await super.send(message, options)
    if (this.#ending) this.#answerForClient()
  }

  /** Ends the stream of notifications, and tells whoever waits for an answer of the client that there will be none. */
  hangUp(): void {
    this.#ending = true
    this.closeStandaloneSSEStream()
    this.#answerForClient()
  }

  #answerForClient(): void {
    for (const id of this.#asked) this.onmessage?.({ jsonrpc: '2.0', id, error: { code: -32_000, message: 'this session is ending, and nobody can be asked any more; nothing was done' } })
    this.#asked.clear()
  }

  /** A cancelled request gets no answer, so the SDK would keep its stream open. One that carries the answers to a batch is left to the others. */
  async #forget(id: RequestId): Promise<void> {
    await setImmediate() // until then the handler may tell the client that a question is withdrawn
    if (this.#batches) return
    this.closeSSEStream(id)
    await super.send({ jsonrpc: '2.0', id, error: { code: -32_000, message: 'cancelled' } }).catch(() => {}) // read by nobody, but it ends the SDK's account of the request
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
