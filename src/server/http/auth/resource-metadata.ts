import type { Route } from '../serve.ts'
import { effectScopes } from './effect-scopes.ts'

/** What clients have to know to get a token, as RFC 9728 has it. */
export interface ProtectedResource {
  /** The URL under which clients use it. */
  readonly resource: string
  readonly issuer: string
}

const root = '/.well-known/oauth-protected-resource'

/** Where a resource's document stands. */
export const metadataUrl = (resource: string): string => {
  const { origin, pathname } = new URL(resource)
  return `${origin}${root}${pathname.replace(/\/$/, '')}`
}

/** The document at the paths where clients look for it, those included that a proxy in front may have left. Whoever asks may read it, also from a page whose Origin is allowed. */
export const metadataRoutes = (described: ProtectedResource): Readonly<Record<string, Route>> => {
  const route = documentRoute(described)
  return Object.fromEntries([root, `${root}/mcp`, new URL(metadataUrl(described.resource)).pathname].map((path) => [path, route]))
}

const documentRoute = ({ resource, issuer }: ProtectedResource): Route => {
  const document = JSON.stringify({ resource, authorization_servers: [issuer], scopes_supported: effectScopes, bearer_methods_supported: ['header'], resource_name: 'Intercom over MCP' })
  const anyPage = { 'access-control-allow-origin': '*', 'access-control-allow-methods': 'GET, HEAD, OPTIONS', 'access-control-allow-headers': '*' }
  return ({ method = '' }, response) => {
    if (method === 'OPTIONS') return void response.writeHead(204, { ...anyPage, 'access-control-max-age': '86400' }).end()
    if (method !== 'GET' && method !== 'HEAD') return void response.writeHead(405, { ...anyPage, allow: 'GET, HEAD, OPTIONS' }).end()
    response.writeHead(200, { ...anyPage, 'content-type': 'application/json', 'cache-control': 'max-age=300', 'content-length': Buffer.byteLength(document) })
    response.end(method === 'HEAD' ? undefined : document)
  }
}
