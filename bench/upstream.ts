import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { contact } from './contact.ts'

/** An Intercom that answers any request with the same contact, as fast as Node can. */
const body = JSON.stringify(contact)
const server = createServer((request, response) => {
  request.resume()
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-ratelimit-limit': 1_000_000,
    'x-ratelimit-remaining': 999_999,
    'x-ratelimit-reset': Math.floor(Date.now() / 1000) + 10,
    'x-request-id': 'bench',
  })
  response.end(body)
})
server.listen(0, '127.0.0.1', () => console.error(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
