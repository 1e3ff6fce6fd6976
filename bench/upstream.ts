import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { contact } from './contact.ts'
import { ids } from './load.ts'

const list = (key: string, items: readonly object[]) => JSON.stringify({ type: 'list', [key]: items })

/** What the contact mentions by id. A client reads these lists once a minute. */
const lists: Readonly<Record<string, string>> = {
  '/admins': list('admins', [{ type: 'admin', id: '991267', name: 'Mia Chen', email: 'mia@example.com' }]),
  '/tags': list('data', [1000, 1001, 1002].map((id) => ({ type: 'tag', id: String(id), name: `Tag ${id}` }))),
  '/subscription_types': list('data', [{ type: 'subscription', id: '1000', default_translation: { name: 'Product news' } }]),
}

const one = JSON.stringify(contact)
const none = JSON.stringify({ type: 'error.list', request_id: 'bench', errors: [{ code: 'not_found', message: 'User Not Found' }] })

/** How an Intercom answers that has any contact but one, as fast as Node can, but for one that takes its time. */
const answer = ({ url = '' }: IncomingMessage, response: ServerResponse): void => {
  const missing = url === `/contacts/${ids.missing}`
  const body = missing ? none : (lists[url] ?? one)
  response.writeHead(missing ? 404 : 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-ratelimit-limit': 1_000_000,
    'x-ratelimit-remaining': 999_999,
    'x-ratelimit-reset': Math.floor(Date.now() / 1000) + 10,
    'x-request-id': 'bench',
  })
  response.end(body)
}

const server = createServer((request, response) => {
  request.resume()
  if (request.url === `/contacts/${ids.slow}`) setTimeout(() => answer(request, response), 300)
  else answer(request, response)
})
server.listen(0, '127.0.0.1', () => console.error(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
