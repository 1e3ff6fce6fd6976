import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { type Answered, filled } from '../tools/stranger.ts'

/** What stands in everything of one tenant's, and in nothing of another's. */
export const canaryOf = (tenant: number): string => `qz${String(tenant).padStart(4, '0')}zq`

/** Its access token. */
export const tokenOf = (tenant: number): string => `secret-${canaryOf(tenant)}`

/** The canaries in a text, each once. */
export const canariesIn = (text: string): string[] => [...new Set(text.match(/qz\d{4}zq/g))]

/** What may befall a request. */
export type Trouble = 'forbidden' | 'late' | 'slow' | 'silent' | 'cut' | 'failed' | 'refused' | 'too many' | 'nonsense'

const json = { 'content-type': 'application/json' }
const errors = (code: string, canary: string) => JSON.stringify({ type: 'error.list', request_id: 'request-7', errors: [{ code, message: `${canary} is to blame` }] })

const befall: Readonly<Record<Trouble, (response: ServerResponse, answer: Answered, canary: string) => unknown>> = {
  forbidden: (response) => response.writeHead(403, json).end(errors('token_unauthorized', 'the scope of the token')),
  late: async (response, answer) => {
    await setTimeout(50)
    give(response, answer)
  },
  slow: async (response, { status, type, body }) => {
    response.writeHead(status, { 'content-type': type })
    for (let at = 0; at < body.length && !response.destroyed; at += Math.ceil(body.length / 10)) {
      response.write(body.slice(at, at + Math.ceil(body.length / 10)))
      await setTimeout(30)
    }
    response.end()
  },
  silent: () => {},
  cut: (response, { status, type, body }) => void response.writeHead(status, { 'content-type': type, 'content-length': body.length + 100 }).write(body, () => response.destroy()),
  failed: (response, _, canary) => response.writeHead(500, json).end(errors('server_error', canary)),
  refused: (response, _, canary) => response.writeHead(422, json).end(errors('parameter_invalid', canary)),
  'too many': (response, _, canary) => response.writeHead(429, json).end(errors('rate_limit_exceeded', canary)),
  nonsense: (response, _, canary) => response.writeHead(200, { 'content-type': 'text/html' }).end(`<h1>${canary}</h1>`),
}

const give = (response: ServerResponse, { status, type, body }: Answered): void => void response.writeHead(status, { 'content-type': type }).end(body)

/** Ids are the same for all tenants. */
const written = (canary: string) => (field: string) => (/(^|_)ids?$|^type$/.test(field) ? '7' : `${field} ${canary}`)

/** As many Intercoms as there are tokens, on one port. Whatever they answer holds the canary of whose token it is; `trouble` is asked what befalls each request. */
export const manyIntercoms = async (trouble: (path: string) => Trouble | undefined) => {
  const answer = await filled()
  const server = createServer((request, response) => {
    const [canary = 'nobody'] = canariesIn(request.headers.authorization ?? '')
    request.resume()
    request.once('end', () => {
      const found = answer(request, { word: written(canary), items: 1 }) ?? { status: 404, type: 'application/json', body: errors('not_found', canary) }
      const what = trouble(request.url ?? '')
      if (what) befall[what](response, found, canary)
      else give(response, found)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port
  const close = async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${port}`, close }
}
