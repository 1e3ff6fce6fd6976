import { once as happening } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { wire } from '../../src/cli/offer.ts'
import { settings } from '../../src/cli/settings.ts'
import type { Authenticate } from '../../src/server/http/identity.ts'
import { serveHttp } from '../../src/server/http/serve.ts'
import { telling, tenant } from '../../src/server/http/tenant.ts'
import { once } from '../../src/server/once.ts'

/** Whoever names themselves in the header is believed. */
export const byName: Authenticate = ({ headers: { 'x-caller': name = 'ada' } }) => ({ principal: String(name), key: String(name) })

export interface Front {
  readonly url: URL
  /** Milliseconds that the server's clock goes on. */
  readonly pass: (milliseconds: number) => void
  /** Changes that every caller may hear of. */
  readonly tell: ReturnType<typeof telling>
  /** Ends what was served, as a change of the operator's file does. */
  readonly endTenant: () => Promise<void>
  readonly close: () => Promise<void>
}

interface Options {
  readonly authenticate?: Authenticate
  readonly most?: number
  readonly idle?: number
  readonly patience?: number
  readonly stalled?: number
  /** As the environment has them. */
  readonly env?: Record<string, string>
}

export const minute = 60_000

/** A server over HTTP in this process, on a simulated workspace unless the environment says otherwise, whose clock a test owns. */
export const front = async ({ authenticate = byName, most = 100, idle = 30 * minute, patience = 5_000, stalled, env = { INTERCOM_MCP_CONFIRM: 'never' } }: Options = {}): Promise<Front> => {
  const world = { args: [], env, stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough().resume(), self: ['node', 'intercom-mcp'] as const, stop: new AbortController().signal }
  const { offer, upstream } = await wire(settings({}, env), world)
  let time = 1_795_369_333_000
  let only = tenant('only', offer)
  const sessions = { most, idle, now: () => time }
  const server = await serveHttp({ port: 0, host: '127.0.0.1', names: [], authenticate, tenantOf: () => only, sessions, patience, stalled, onError: () => {} })
  const close = once(async () => {
    await server.close()
    await upstream.close()
  })
  return {
    url: new URL(server.url),
    close,
    pass: (milliseconds) => void (time += milliseconds),
    tell: telling(only.bus),
    endTenant: async () => {
      const before = only
      only = tenant('only', offer)
      await before.end(1_000)
    },
  }
}

/** An Intercom that leaves every request unanswered until it is told to. */
export const silentIntercom = async () => {
  const held: ServerResponse[] = []
  const server = createServer((_, response) => held.push(response)).listen(0, '127.0.0.1')
  await happening(server, 'listening')
  return {
    env: { INTERCOM_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, INTERCOM_ACCESS_TOKEN: 'token' },
    asked: () => happening(server, 'request'),
    answer: () => held.splice(0).forEach((response) => response.setHeader('content-type', 'application/json').end('{"type":"admin.list","admins":[]}')),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

export type Headers = Readonly<Record<string, string>>

export const accepting = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' }

export const post = (url: URL, message: object, headers: Headers = {}): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { ...accepting, ...headers }, body: JSON.stringify({ jsonrpc: '2.0', ...message }) })

const hello = (capabilities: object) => ({ id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities, clientInfo: { name: 'test', version: '1' } } })

/** Begins a session, and answers the headers of all its requests. */
export const begin = async (url: URL, headers: Headers = {}, capabilities: object = {}): Promise<Headers> => {
  const response = await post(url, hello(capabilities), headers)
  await response.text()
  const id = response.headers.get('mcp-session-id')
  if (id === null) throw new Error(`no session: ${response.status}`)
  const session = { ...headers, 'mcp-session-id': id, 'mcp-protocol-version': '2025-11-25' }
  await post(url, { method: 'notifications/initialized' }, session)
  return session
}

/** What a request is answered without a session. */
export const statusOf = async (url: URL, headers: Headers): Promise<number> => {
  const response = await post(url, { id: 2, method: 'ping' }, headers)
  await response.body?.cancel()
  return response.status
}

/** The messages of a stream, as they come; it ends when the server ends it, or whoever reads stops. */
export async function* messages({ body }: Response): AsyncGenerator<Record<string, unknown>> {
  let text = ''
  for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const events = text.split('\n\n')
    text = events.pop()!
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1]
      if (data !== undefined) yield JSON.parse(data) as Record<string, unknown>
    }
  }
}

/** Opens a session's stream of notifications. */
export const listen = (url: URL, session: Headers, signal?: AbortSignal): Promise<Response> => fetch(url, { headers: { accept: 'text/event-stream', ...session }, signal })
