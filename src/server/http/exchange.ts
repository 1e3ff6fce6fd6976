import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Pieces } from '../../client/pieces.ts'
import type { ToolList } from './tool-list.ts'

/** Why a request gets no further, as HTTP status and JSON-RPC error. */
export interface Refused {
  readonly status: number
  readonly code?: number
  readonly message: string
  /** What else HTTP says of it: how to be admitted, when to come again. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Who answers requests of one caller. */
export interface Answering {
  readonly list: ToolList
  /** Takes the request with its body as it was parsed, and the signal that is raised when its exchange is over, however it ended. */
  readonly fetch: (request: Request, body: { readonly parsedBody?: unknown }, over: AbortSignal) => Promise<Response>
}

/** Why what a request's body asks for is not done, where its head alone could not tell. */
export type Objection = (body: unknown) => Refused | undefined

/** Largest request, in bytes. */
const largest = 4 * 1024 * 1024

/**
 * One HTTP exchange: node's request in, the handler's web Response out. The SDK's own adapter hands the body on as a
 * stream, to be cloned and read and parsed twice; that costs a tenth of a small request.
 */
export const exchange = async ({ list, fetch }: Answering, incoming: IncomingMessage, outgoing: ServerResponse, objection?: Objection): Promise<void> => {
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort(over)) // without a reason each would get an error with a stack of its own
  const body: Body = incoming.method === 'POST' ? await bodyOf(incoming) : {}
  const refused = body.refused ?? objection?.(body.parsedBody)
  if (refused) return refuse(outgoing, refused)
  const response = await fetch(requestOf(incoming, gone.signal), body, gone.signal)
  response.headers.delete('connection') // the SDK would keep one open that the client, or the end of this server, wants closed
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (incoming.method === 'GET') outgoing.flushHeaders() // it may be long before there is anything to tell
  const filling = asksForTools(body.parsedBody)
  if (isStream(response)) return pour(response.body, outgoing, gone.signal, filling ? filled(list) : asIs)
  if (filling) return void outgoing.end(list.fill(await response.text()))
  outgoing.end(Buffer.from(await response.arrayBuffer()))
}

/** Why work for an exchange ends that is over, if any is left. */
const over = new Error('the exchange is over')

/** Whether a message, or one of a batch, is tools/list. */
const asksForTools = (body: unknown): boolean => [body].flat().some((message) => isRecord(message) && message.method === 'tools/list')

/**
 * Pours a stream out as fast as it is taken, and cancels it when nobody takes it any more. Node's `pipeline` does no more, and costs a
 * twentieth of a small answer.
 */
const pour = async (stream: ReadableStream<Uint8Array>, outgoing: ServerResponse, gone: AbortSignal, shaped: (chunk: Uint8Array) => Uint8Array): Promise<void> => {
  const reader = stream.getReader()
  const cancel = () => void reader.cancel(over).catch(() => {}) // which also ends a read that waits
  if (outgoing.destroyed) return cancel()
  outgoing.once('close', cancel)
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    if (!outgoing.write(shaped(piece.value))) await once(outgoing, 'drain', { signal: gone })
  }
  outgoing.end()
}

const asIs = (chunk: Uint8Array): Uint8Array => chunk

/** Each chunk is one event. */
const filled = (list: ToolList) => (chunk: Uint8Array): Buffer => list.fill(Buffer.from(chunk).toString('utf8'))

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const isStream = (response: Response): response is Response & { body: ReadableStream } =>
  response.body !== null && response.headers.get('content-type')?.startsWith('text/event-stream') === true

/** Ends an exchange with an error that both people and clients can read. */
export const refuse = (outgoing: ServerResponse, { status, code = -32_000, message, headers }: Refused): void => {
  outgoing.writeHead(status, { 'content-type': 'application/json', ...headers })
  const text = JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } })
  if (status === 413) endOnceHeard(outgoing, text)
  else outgoing.end(text)
}

/** Whoever still writes when the connection ends does not get to read why; but they have a second, not more. */
const endOnceHeard = (outgoing: ServerResponse, text: string): void => {
  outgoing.write(text)
  const end = () => void outgoing.end()
  outgoing.req.resume().once('close', end)
  setTimeout(end, 1_000).unref()
}

interface Body {
  readonly parsedBody?: unknown
  readonly refused?: Refused
}

const bodyOf = async (incoming: IncomingMessage): Promise<Body> => {
  if (Number(incoming.headers['content-length']) > largest) return tooLarge
  const body = new Pieces()
  for await (const chunk of incoming.iterator(keepingIt) as AsyncIterable<Buffer>) { // no encoding is set, so chunks are bytes
    body.add(chunk)
    if (body.size > largest) return tooLarge
  }
  return parsed(Buffer.concat(body.all, body.size).toString('utf8'))
}

/** What else comes is to be heard out. */
const keepingIt = { destroyOnReturn: false }

const tooLarge: Body = { refused: { status: 413, message: `Requests are at most ${largest} bytes.` } }

const parsed = (text: string): Body => {
  try {
    return { parsedBody: JSON.parse(text) as unknown }
  } catch {
    return { refused: { status: 400, code: -32_700, message: 'The request is not JSON.' } }
  }
}

const requestOf = ({ method = 'GET', headers, url = '/' }: IncomingMessage, signal: AbortSignal): Request => {
  const entries = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one ?? '']))
  return new Request(`http://${headers.host}${url}`, { method, headers: entries, signal })
}
