import type { IncomingMessage } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { Pieces } from '../../../client/pieces.ts'

/** Largest notification, in bytes. */
const largest = 1024 * 1024

/** Milliseconds in which it has to have come: Intercom waits five seconds for an answer. */
const patience = 4_000

/** Bytes of all notifications that may be on their way at once: whoever sends them has not shown yet who they are. */
const room = 64 * 1024 * 1024

/** Why a body was not read, as a status of HTTP: it is too large, came too slowly, or too many come at once. */
export type Unread = 413 | 408 | 429

/** Reads bodies, bounded each and all together. What is still on its way then is not kept. */
export const bodies = (): ((incoming: IncomingMessage) => Promise<Buffer | Unread>) => {
  let held = 0
  return async (incoming) => {
    if (Number(incoming.headers['content-length']) > largest) return 413
    const body = new Pieces()
    const over = new AbortController()
    const add = (chunk: Buffer): Unread | undefined => {
      held += chunk.length
      body.add(chunk)
      if (body.size > largest) return 413
      return held > room ? 429 : undefined
    }
    try {
      return await Promise.race([whole(incoming, add, over.signal), setTimeout(patience, 408 as const, { signal: over.signal })]) ?? Buffer.concat(body.all, body.size)
    } finally {
      over.abort()
      held -= body.size
    }
  }
}

/** Resolves at the end of a body, or with why it is not read any further. */
const whole = (incoming: IncomingMessage, add: (chunk: Buffer) => Unread | undefined, over: AbortSignal): Promise<Unread | undefined> =>
  new Promise((resolve) => {
    const take = (chunk: Buffer) => {
      const refused = add(chunk)
      if (refused) resolve(refused)
    }
    incoming.on('data', take).once('end', () => resolve(undefined))
    incoming.once('close', () => resolve(408)) // without an end before it
    over.addEventListener('abort', () => incoming.off('data', take).resume(), { once: true })
  })
