import { request as plain } from 'node:http'
import { request as encrypted } from 'node:https'
import { isLoopback } from '../loopback.ts'

/** What became of a request; without a status, why there is none. */
export type Reply = { readonly status: number } | { readonly status: null; readonly error: string }

/** Intercom posts to https only. Without it, only this machine is told. */
export const isPostable = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  return !username && !password && (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname)))
}

/** Intercom's headers and no others. */
const headers = { 'User-Agent': 'intercom-parrot-service-client/1.0', Accept: 'application/json', 'Content-Type': 'application/json' }

interface Posted {
  readonly body: string
  readonly signature: string
}

/** Posts a notification, or with none asks for the head only. Follows no redirect; gives up after `patience` milliseconds. */
export const post = (url: string, patience: number, posted?: Posted): Promise<Reply> =>
  new Promise((resolve) => {
    const send = new URL(url).protocol === 'https:' ? encrypted : plain
    const own = posted ? { ...headers, 'X-Hub-Signature': posted.signature, 'Content-Length': Buffer.byteLength(posted.body) } : headers
    const fail = (error: Error) => resolve({ status: null, error: error.name === 'AbortError' ? `no answer within ${patience / 1000} seconds` : reason(error) })
    const sent = send(url, { method: posted ? 'POST' : 'HEAD', headers: own, agent: false, signal: AbortSignal.timeout(patience) })
    sent.on('error', fail)
    sent.on('response', (response) => {
      response.on('error', () => {}) // what follows the status does not matter
      response.resume()
      resolve({ status: response.statusCode ?? 0 })
    })
    sent.end(posted?.body)
  })

/** Some of node's errors say nothing but a code. */
const reason = (error: NodeJS.ErrnoException): string => error.message || (error.code ?? 'failed without saying why')
