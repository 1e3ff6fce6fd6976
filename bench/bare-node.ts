// What the upstream call and HTTP cost by themselves: no protocol, no checks, the answer handed on as it came.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Pool } from 'undici'

const pool = new Pool(process.env.INTERCOM_BASE_URL!)
const headers = { authorization: `Bearer ${process.env.INTERCOM_ACCESS_TOKEN}`, accept: 'application/json', 'intercom-version': '2.13' }

interface Asked {
  readonly id: number
  readonly params: { readonly arguments: { readonly id: string } }
}

const askedIn = async (request: IncomingMessage): Promise<Asked> => {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Asked // the bench sends nothing else
}

const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const asked = await askedIn(request)
  const { body } = await pool.request({ method: 'GET', path: `/contacts/${asked.params.arguments.id}`, headers })
  const text = JSON.stringify(await body.json())
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ jsonrpc: '2.0', id: asked.id, result: { content: [{ type: 'text', text }] } }))
}

const server = createServer((request, response) => void answer(request, response))
server.listen(0, '127.0.0.1', () => console.error(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`))
