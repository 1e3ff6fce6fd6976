import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import type { Authentication } from '../../src/cli/authentication.ts'
import { httpSettings } from '../../src/cli/http-settings.ts'
import { type Log, logTo } from '../../src/cli/log.ts'
import { settings } from '../../src/cli/settings.ts'
import { openTenancy } from '../../src/cli/tenancy.ts'
import { serveHttp } from '../../src/server/http/serve.ts'

/** A server over HTTP in this process, before an Intercom that has nothing and notes all it is sent. */
export interface Guarded {
  readonly url: URL
  /** Every request to Intercom: head and body. */
  readonly sent: string[]
  /** All that was logged. */
  readonly logged: () => string
  readonly close: () => Promise<void>
}

/** `flags` are those of the command line besides. */
export const guarded = async (admitting: (log: Log) => Promise<Pick<Authentication, 'authenticate' | 'routes'>>, flags: Readonly<Record<string, unknown>> = {}): Promise<Guarded> => {
  const intercom = await recorder()
  const stderr = new PassThrough()
  let logged = ''
  stderr.setEncoding('utf8').on('data', (text: string) => (logged += text))
  const env = { INTERCOM_ACCESS_TOKEN: 'own-token-of-the-server', INTERCOM_BASE_URL: intercom.url }
  const world = { args: [], env, stdin: new PassThrough(), stdout: new PassThrough(), stderr, self: ['node', 'intercom-mcp'] as const, stop: new AbortController().signal }
  const set = httpSettings(flags, world.env)
  const { tenantOf, close } = await openTenancy(settings({ logLevel: 'debug', confirm: 'never', ...flags }, world.env), set, world)
  const { authenticate, routes } = await admitting(logTo(world, { logLevel: 'debug', logFormat: 'text' }))
  const sessions = { most: 100, idle: 60_000, now: Date.now }
  const server = await serveHttp({ port: 0, host: '127.0.0.1', names: [], authenticate, tenantOf, routes, sessions, patience: 100, onError: (error) => (logged += `${String(error)}\n`) })
  return {
    url: new URL(server.url),
    sent: intercom.sent,
    logged: () => logged,
    close: async () => {
      await server.close()
      await close()
      intercom.close()
    },
  }
}

const recorder = async () => {
  const sent: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.once('end', () => {
      sent.push(`${request.method} ${request.url}\n${request.rawHeaders.join('\n')}\n${body}`)
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"type":"error.list","errors":[{"code":"not_found","message":"none"}]}')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    sent,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
