import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Posted {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly raw: Buffer
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look freely into it
  readonly body: any
}

export interface Receiver {
  readonly url: string
  /** What was posted so far; HEAD requests are not. */
  readonly posted: readonly Posted[]
  /** Resolves once so many were posted. */
  readonly until: (count: number) => Promise<void>
  /** What the next posts are answered, one each; then 200. A status, or null to say nothing. */
  readonly next: (...statuses: (number | null)[]) => void
  readonly stop: () => Promise<void>
}

/** Somebody who wants to be told: a server that keeps what it is posted. */
export const receiver = async (headStatus = 200): Promise<Receiver> => {
  const posted: Posted[] = []
  const statuses: (number | null)[] = []
  let arrived = () => {}
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (request.method === 'HEAD') return void response.writeHead(headStatus).end()
      const raw = Buffer.concat(chunks)
      posted.push({ method: request.method ?? '', headers: request.headers, raw, body: JSON.parse(raw.toString()) })
      const status = statuses.length > 0 ? statuses.shift()! : 200
      if (status !== null) response.writeHead(status, { location: '/elsewhere' }).end()
      arrived()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    posted,
    until: async (count) => {
      while (posted.length < count) await new Promise<void>((resolve) => (arrived = resolve))
    },
    next: (...wanted) => void statuses.push(...wanted),
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** As the owner of the app would compute it. */
export const signed = (raw: Buffer, secret: string): string => `sha1=${createHmac('sha1', secret).update(raw).digest('hex')}`
