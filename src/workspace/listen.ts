import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ReadableStream } from 'node:stream/web'
import { isControl, outsider } from './outsider.ts'
import { refused } from './refused.ts'

export interface Listening {
  /** http://127.0.0.1:8214 */
  readonly url: string
  readonly port: number
  /** Takes no new requests, finishes those under way. */
  readonly close: () => Promise<void>
}

type Fetch = (request: Request) => Promise<Response>

interface Where {
  readonly port?: number
  readonly host?: string
  /** Answers what is under /_workspace, to programs of this machine only. */
  readonly control?: Fetch
}

/** Serves a fetch over HTTP. Port 0: any free one. Rejects with node's own error (code EADDRINUSE, EACCES, ...). */
export const listen = async (fetch: Fetch, { port = 0, host = '127.0.0.1', control }: Where = {}): Promise<Listening> => {
  const answer = async (incoming: IncomingMessage): Promise<Response> => {
    const refused = refusal(host, incoming)
    if (refused) return refused
    if (!control || !isControl(incoming)) return fetch(requestOf(incoming))
    return outsider(incoming) ?? control(requestOf(incoming))
  }
  const server = createServer((incoming, outgoing) => {
    const respond = async (): Promise<void> => {
      const response = await answer(incoming)
      await write(response, outgoing, server.listening)
      incoming.resume() // what is left of a refused body is read to its end, or the answer would be lost with the connection
    }
    respond().catch(() => outgoing.destroy()) // the client went away in the middle
  })
  server.listen(port, host)
  await once(server, 'listening')
  const { port: actual } = server.address() as AddressInfo // it listens on a port, not on a pipe
  return { url: `http://${bracketed(host)}:${actual}`, port: actual, close: () => closed(server) }
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)

const closed = async (server: Server): Promise<void> => {
  server.close()
  await once(server, 'close')
}

/** While the server closes, a connection ends with its answer. */
const write = async (response: Response, outgoing: ServerResponse, open: boolean): Promise<void> => {
  if (!open) outgoing.setHeader('connection', 'close')
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  for await (const chunk of response.body ?? []) outgoing.write(chunk) // one at a time, since a fault may end it in the middle
  outgoing.end()
}

/** Methods that a Request cannot have, since no fetch may send them. */
const unspeakable = ['TRACE', 'TRACK', 'CONNECT']

/** The answer to what never reaches the workspace. */
const refusal = (host: string, incoming: IncomingMessage): Response | undefined => {
  const name = hostname(incoming.headers.host)
  if (!isOurs(name, host, incoming))
    return refused(403, 'forbidden', `This workspace does not answer to the host ${name.slice(0, 100) || '(none)'}; use the address it listens on`)
  if (unspeakable.includes(incoming.method ?? '')) return refused(405, 'method_not_allowed', `Method ${incoming.method} is not allowed here`)
  return undefined
}

/** The name in a Host header, without the port. */
const hostname = (header = ''): string => header.replace(/:\d*$/, '').toLowerCase()

/**
 * A web page may point a name of its own at this machine and so read what only programs here should see (DNS
 * rebinding); it cannot do so without that name in the Host header. An address is safe: nobody else can give it out.
 */
const isOurs = (name: string, bound: string, { socket }: IncomingMessage): boolean =>
  ['localhost', bracketed(bound).toLowerCase(), bracketed(socket.localAddress?.replace(/^::ffff:/, '') ?? '')].includes(name) ||
  /^(127(\.\d{1,3}){3}|\[::1\]|[\w-]+\.localhost)$/.test(name)

const requestOf = (incoming: IncomingMessage): Request => {
  const { method = 'GET', headers } = incoming
  const entries = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one ?? '']))
  // a reader that has enough must not end the connection, which still has to carry the answer
  const body = method === 'GET' || method === 'HEAD' ? undefined : ReadableStream.from(incoming.iterator({ destroyOnReturn: false }))
  return new Request(target(incoming), { method, headers: entries, ...(body && { body, duplex: 'half' as const }) })
}

/**
 * The URL a request asks for. A URL collapses dot segments and turns backslashes, so /contacts/../tags would reach
 * another operation than it names: such a path is asked for as one segment, which is no path at all.
 */
const target = ({ url = '/', headers }: IncomingMessage): string => {
  const [path = ''] = url.split(/[?#]/)
  const turns = !path.startsWith('/') || path.includes('\\') || path.split('/').some((part) => /^(\.|%2e){1,2}$/i.test(part))
  return `http://${headers.host ?? 'localhost'}${turns ? `/${encodeURIComponent(path)}` : url}`
}
