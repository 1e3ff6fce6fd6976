import { type JSONRPCMessage, parseJSONRPCMessage, type RequestId, type Transport, type TransportSendOptions } from '@modelcontextprotocol/server'
import type { Readable, Writable } from 'node:stream'
import { LineReader } from './line-reader.ts'

/** Bytes of one message. The SDK's own transport closes the connection beyond this; this one answers an error. */
const longest = 10 * 1024 * 1024

/** Bytes of answers that wait for their reader. Beyond this no more requests are read, or who never reads would fill the memory. */
const mostUnread = 16 * 1024 * 1024

const parseError = -32700
const invalidRequest = -32600

/**
 * MCP over a pair of streams, one JSON message a line. Unlike the SDK's transport it survives lines that are no
 * message, and leaves its end to the owner: {@link ended} tells that nothing more will be read, {@link answered}
 * that every request read so far has its answer written.
 */
export class LineTransport implements Transport {
  onmessage?: (message: JSONRPCMessage) => void
  onclose?: () => void
  onerror?: (error: Error) => void

  readonly #input: Readable
  readonly #output: Writable
  readonly #lines = new LineReader(longest, (line) => this.#read(line))
  /** How many requests under an id still lack their answer: more than one when a client uses an id again too soon. */
  readonly #unanswered = new Map<RequestId, number>()
  /** By the id of a question to the client: the request that waits for what it answers. */
  readonly #waiting = new Map<RequestId, RequestId>()
  #whenAnswered: (() => void)[] = []
  #broken = false
  #closed = false

  constructor(input: Readable, output: Writable) {
    this.#input = input
    this.#output = output
  }

  start(): Promise<void> {
    this.#input.on('data', this.#onData)
    this.#output.on('error', this.#onBrokenOutput)
    return Promise.resolve()
  }

  /** Resolves when the input ends or breaks, the output breaks, or `stop` is raised. Nothing is read after it. */
  async ended(stop: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      for (const event of ['end', 'close', 'error']) this.#input.once(event, () => resolve())
      this.#output.once('error', () => resolve())
      stop.addEventListener('abort', () => resolve(), { once: true })
      if (this.#input.readableEnded || this.#input.destroyed || stop.aborted) resolve()
    })
    this.#input.off('data', this.#onData)
    this.#input.pause()
    if (!stop.aborted) this.#lines.flush()
  }

  /** Resolves when no request is left unanswered but those that wait for the client, who is not heard any more, or nobody is left to read an answer. */
  async answered(): Promise<void> {
    for (const waiting of this.#waiting.values()) this.#settle(waiting)
    if (this.#unanswered.size > 0 && !this.#broken) await new Promise<void>((resolve) => this.#whenAnswered.push(resolve))
  }

  async send(message: JSONRPCMessage, { relatedRequestId }: TransportSendOptions = {}): Promise<void> {
    if (this.#closed || this.#broken) return
    if ('method' in message && 'id' in message && relatedRequestId !== undefined) this.#waiting.set(message.id, relatedRequestId)
    await new Promise<void>((resolve) => {
      this.#output.write(`${JSON.stringify(message)}\n`, () => resolve())
      this.#waitForReader()
    })
    if (!('method' in message) && message.id !== undefined) this.#settle(message.id)
  }

  #waitForReader(): void {
    if (this.#output.writableLength <= mostUnread || this.#input.isPaused()) return
    this.#input.pause()
    this.#output.once('drain', () => this.#input.resume())
  }

  close(): Promise<void> {
    if (this.#closed) return Promise.resolve()
    this.#closed = true
    this.#release()
    this.onclose?.()
    return Promise.resolve()
  }

  readonly #onData = (chunk: Buffer): void => this.#lines.push(chunk)

  readonly #onBrokenOutput = (): void => {
    this.#broken = true
    this.#release()
  }

  #read(line: string | undefined): void {
    if (line === undefined) return this.#refuse(null, parseError, `Message longer than ${longest} bytes`)
    const value = parsed(line)
    if (value === undefined) return this.#refuse(null, parseError, 'Not JSON: each line must be one JSON-RPC message')
    const message = messageIn(value)
    if (message === undefined) return this.#refuse(idOf(value), invalidRequest, 'Not a JSON-RPC 2.0 message')
    this.#count(message)
    this.onmessage?.(message)
  }

  #count(message: JSONRPCMessage): void {
    if (!('method' in message)) return void (message.id !== undefined && this.#waiting.delete(message.id))
    // a subscription is answered when the connection closes, so it must not hold the close back
    if ('id' in message && message.method !== 'subscriptions/listen') this.#unanswered.set(message.id, (this.#unanswered.get(message.id) ?? 0) + 1)
    if (message.method === 'notifications/cancelled') this.#settle(message.params?.requestId as RequestId) // its schema says so
  }

  #settle(id: RequestId): void {
    const left = (this.#unanswered.get(id) ?? 0) - 1
    if (left > 0) this.#unanswered.set(id, left)
    else this.#unanswered.delete(id)
    if (this.#unanswered.size === 0) this.#release()
  }

  #release(): void {
    for (const resolve of this.#whenAnswered.splice(0)) resolve()
  }

  #refuse(id: RequestId | null, code: number, message: string): void {
    this.onerror?.(new Error(message))
    if (!this.#closed && !this.#broken) this.#output.write(`${JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } })}\n`)
  }
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const messageIn = (value: unknown): JSONRPCMessage | undefined => {
  try {
    return parseJSONRPCMessage(value)
  } catch {
    return undefined
  }
}

const idOf = (value: unknown): RequestId | null => {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null
  return typeof id === 'string' || typeof id === 'number' ? id : null
}
