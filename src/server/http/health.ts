import type { IncomingMessage, ServerResponse } from 'node:http'
import { pathOf } from './guards.ts'

/**
 * Answers the probes of load balancers, whatever name they use for this server: `/healthz` while the process answers at all,
 * `/readyz` while it may be sent requests, with what else there is to say of its condition. Returns whether the request was one.
 */
export const health = (isReady: () => boolean, condition: () => Condition = () => ({})) => (request: IncomingMessage, response: ServerResponse): boolean => {
  const probe = probes[pathOf(request)]
  if (!probe) return false
  if (request.method === 'GET' || request.method === 'HEAD') say(response, ...probe(isReady(), condition()))
  else say(response.setHeader('allow', 'GET, HEAD'), 405, { status: 'GET or HEAD only' })
  return true
}

/** Words on parts that it can do without for a while. */
export type Condition = Readonly<Record<string, string>>

const probes: Readonly<Record<string, (ready: boolean, condition: Condition) => [status: number, words: Condition]>> = {
  '/healthz': () => [200, { status: 'ok' }],
  '/readyz': (ready, condition) => (ready ? [200, { status: 'ok', ...condition }] : [503, { status: 'ending' }]),
}

const say = (response: ServerResponse, status: number, words: Condition): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(words)) // of a HEAD, node sends the head alone
}
