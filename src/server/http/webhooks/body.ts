import type { IncomingMessage } from 'node:http'
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
    const unread = await whole(incoming, (chunk) => {
      held += chunk.length
      body.add(chunk)
      if (body.size > largest) return 413
      return held > room ? 429 : undefined
    })
    held -= body.size
    return unread ?? Buffer.concat(body.all, body.size)
  }
}

/** Gives a body piece by piece. Resolves at its end, or with why it is not read any further. */
const whole = (incoming: IncomingMessage, add: (chunk: Buffer) => Unread | undefined): Promise<Unread | undefined> =>
  new Promise((resolve) => {
    const end = (unread?: Unread) => {
      clearTimeout(late)
      incoming.off('data', take).resume()
      resolve(unread)
    }
    const take = (chunk: Buffer) => {
      const refused = add(chunk)
      if (refused) end(refused)
    }
    const late = setTimeout(() => end(408), patience)
    incoming.on('data', take).once('end', () => end())
    incoming.once('close', () => end(408)) // without an end before it
  })
