import type { Server } from '@modelcontextprotocol/server'
import { serveStdio as serve } from '@modelcontextprotocol/server/stdio'
import type { Readable, Writable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { factory } from './factory.ts'
import { type Holder, tellChanges } from './lack.ts'
import { LineTransport } from './line-transport.ts'
import type { Offer } from './offer.ts'

export interface StdioOptions {
  readonly input: Readable
  readonly output: Writable
  /** Raised to stop reading: what was read is still answered. */
  readonly stop: AbortSignal
  /** Milliseconds that requests in flight at the end may still take. */
  readonly patience: number
  readonly onError: (error: Error) => void
}

/** Serves one MCP client on a pair of streams. Resolves after the last answer is written, or patience has run out. */
export const serveStdio = async (offer: Offer, { input, output, stop, patience, onError }: StdioOptions): Promise<void> => {
  const transport = new LineTransport(input, output)
  const make = factory(offer)
  let server: Server | undefined // the last one made: a client that first asks which protocol it is leaves one before
  const connection = serve(() => (server = make()), { transport, onerror: onError })
  const stopTelling = tellChanges(offer.permissions, () => (server ? [{ offer, told: tellingOn(server, onError) }] : []))
  await transport.ended(stop)
  await Promise.race([transport.answered(), setTimeout(patience, undefined, { ref: false })])
  stopTelling()
  await connection.close()
}

const tellingOn = (server: Server, onError: StdioOptions['onError']): Holder['told'] => ({
  toolsChanged: () => void server.sendToolListChanged().catch(onError),
  resourcesChanged: () => void server.sendResourceListChanged().catch(onError),
  promptsChanged: () => void server.sendPromptListChanged().catch(onError),
})
