import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { Program } from '../cli/program.ts'

/** One answer, as it came. */
export interface Answered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** One request, byte for byte as said: fetch would not let a test choose its Host. */
export const ask = async (to: string | URL, { method = 'GET', headers = {}, body }: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string } = {}): Promise<Answered> => {
  const asked = request(to, { method, headers, agent: false })
  asked.end(body)
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  return { status: response.statusCode!, headers: response.headers, text: (await response.setEncoding('utf8').toArray()).join('') }
}

/** One MCP message of the 2025-11-25 revision, which needs no more than itself. */
export const post = (to: string | URL, method: string, params: object = {}, headers: Record<string, string> = {}): Promise<Answered> =>
  ask(to, { method: 'POST', headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json', ...headers }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }) })

/** The built server over HTTP, until the test is over. */
export const serving = async (args: readonly string[] = [], env: Record<string, string> = {}) => {
  const program = new Program(['http', '--port', '0', ...args], env)
  onTestFinished(async () => {
    program.child.kill('SIGKILL')
    await program.ended()
  })
  return { program, url: new URL(await program.said(/serving MCP at (http\S+)/)) }
}

/** An HTTP server of a test's own, until the test is over; answers its address. */
export const listen = async (server: Server): Promise<string> => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** An Intercom that holds each read of a contact until it is let go, in `held` with its path, and finds nothing else. */
export const holdingIntercom = async () => {
  const held: { readonly path: string; readonly go: () => void }[] = []
  const intercom = createServer(({ method, url: path = '' }, response) => {
    response.setHeader('content-type', 'application/json')
    if (method === 'GET' && path.startsWith('/contacts/')) held.push({ path, go: () => void response.end('{"type":"contact","id":"5"}') })
    else response.writeHead(404).end('{"type":"error.list","errors":[{"code":"not_found","message":"nothing"}]}')
  })
  return { held, env: { INTERCOM_BASE_URL: await listen(intercom), INTERCOM_ACCESS_TOKEN: 'token' } }
}
