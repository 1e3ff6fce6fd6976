import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { contact } from './contact.ts'

const list = (key: string, items: readonly object[]) => JSON.stringify({ type: 'list', [key]: items })

/** What the contact mentions by id. A client reads these lists once a minute. */
const lists: Readonly<Record<string, string>> = {
  '/admins': list('admins', [{ type: 'admin', id: '991267', name: 'Mia Chen', email: 'mia@example.com' }]),
  '/tags': list('data', [1000, 1001, 1002].map((id) => ({ type: 'tag', id: String(id), name: `Tag ${id}` }))),
  '/subscription_types': list('data', [{ type: 'subscription', id: '1000', default_translation: { name: 'Product news' } }]),
}

/** An Intercom that answers any other request with the same contact, as fast as Node can. */
const one = JSON.stringify(contact)
const server = createServer((request, response) => {
  const body = lists[request.url ?? ''] ?? one
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
