import type { IncomingMessage } from 'node:http'
import { isLoopback } from './loopback.ts'
import { refused } from './refused.ts'

/** Whether a request is for control, not for Intercom's API. */
export const isControl = ({ url = '' }: IncomingMessage): boolean => /^\/_workspace(?=[/?]|$)/.test(url)

/** Headers that proxies and tunnels add: who asks them may be anywhere. */
const forwarded = /^(forwarded|via|x-forwarded-.+|x-real-ip|x-original-.+|cf-.+|true-client-ip)$/

/**
 * Refuses control to whoever is not a program of this machine. Control asks for no token, so a web page open in a browser here
 * must not reach it either: a page cannot leave out the Origin header (or Sec-Fetch-Site) of what it sends elsewhere, nor send
 * JSON without asking first, which is never granted.
 */
export const outsider = (incoming: IncomingMessage): Response | undefined => {
  const { socket, headers, method } = incoming
  if (!isLoopback(socket.remoteAddress?.replace(/^::ffff:/, '') ?? '')) return refused(403, 'forbidden', 'Only programs on the machine of this workspace may control it')
  if (Object.keys(headers).some((name) => forwarded.test(name))) return refused(403, 'forbidden', 'Control does not answer through a proxy; ask the workspace itself')
  if (headers.origin !== undefined || (headers['sec-fetch-site'] ?? 'none') !== 'none') return refused(403, 'forbidden', 'Control does not answer web pages; use curl or a program')
  if ((method === 'POST' || method === 'PUT') && !/^application\/json\b/i.test(headers['content-type'] ?? ''))
    return refused(415, 'unsupported', "Send JSON and say so: -H 'Content-Type: application/json' -d '{}'")
  return undefined
}
