import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { type ClientOptions, createClient } from '../../src/client/client.ts'

/** A request as it arrived, path unparsed. */
export interface Arrived {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Answer {
  readonly status?: number
  readonly headers?: Record<string, string>
  /** Sent as JSON unless it is text or bytes already. */
  readonly body?: unknown
}

/** What to do with the nth request (from 1): an answer, or undefined when the response was dealt with. */
type Answering = (request: Arrived, count: number, response: ServerResponse) => Answer | undefined | Promise<Answer | undefined>

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

const asBytes = (body: unknown): string | Uint8Array => (typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body))

const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // always one of a TCP server
}

/** An HTTP server that answers as told, and remembers what arrived. Ends with the test. */
export const serve = async (answering: Answering) => {
  const arrived: Arrived[] = []
  const server = createServer((incoming, response) => {
    void (async () => {
      const { method = '', url = '', headers } = incoming
      const request = { method, path: url, headers, body: await bodyOf(incoming) }
      const answer = await answering(request, arrived.push(request), response)
      if (!answer) return
      const { status = 200, headers: more, body = {} } = answer
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...more }).end(asBytes(body))
    })().catch((error: unknown) => response.destroy(error as Error))
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { baseUrl: await listening(server), arrived, server }
}

/** A TCP server for what no HTTP server would do. `talk` gets each connection and how many there have been. */
export const serveSockets = async (talk: (socket: Socket, count: number) => void) => {
  const sockets = new Set<Socket>()
  const server = createSocketServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}) // a reset is what these tests are about
    talk(socket, sockets.size)
  })
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { baseUrl: await listening(server), connections: () => sockets.size }
}

/** A client of that server, whose backoff is never shortened by chance. Ends with the test. */
export const connect = (baseUrl: string, options: Partial<ClientOptions> = {}) => {
  const client = createClient({ upstream: { baseUrl, token: 'token-a' }, random: () => 1, ...options })
  onTestFinished(() => client.close())
  return client
}

/** A clock that stands still but for sleeping, and what was slept. */
export const stillTime = (start = Date.UTC(2026, 0, 1)) => {
  const slept: number[] = []
  let time = start
  return {
    slept,
    pass: (ms: number) => {
      time += ms
    },
    now: () => time,
    sleep: async (ms: number, signal: AbortSignal) => {
      await new Promise((resolve) => setImmediate(resolve))
      if (signal.aborted) throw new Error('woken')
      slept.push(Math.round(ms))
      time += ms
    },
  }
}

/** The failure a call ends with. */
export const failureOf = async (call: Promise<unknown>) => {
  const { Failure } = await import('../../src/client/failure.ts')
  return call.then(
    (answer) => {
      throw new Error(`expected a failure, got ${JSON.stringify(answer)}`)
    },
    (error: unknown) => {
      if (error instanceof Failure) return error
      throw error
    },
  )
}

export const errorList = (code: string, message: string, field?: string) => ({ type: 'error.list', request_id: '000lr8ajoo9irbf28610', errors: [{ code, message, field }] })
