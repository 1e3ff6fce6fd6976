import type { McpServerFactory } from '@modelcontextprotocol/server'
import { serveStdio as serve } from '@modelcontextprotocol/server/stdio'
import type { Readable, Writable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { LineTransport } from './line-transport.ts'

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
export const serveStdio = async (factory: McpServerFactory, { input, output, stop, patience, onError }: StdioOptions): Promise<void> => {
  const transport = new LineTransport(input, output)
  const connection = serve(factory, { transport, onerror: onError })
  await transport.ended(stop)
  await Promise.race([transport.answered(), setTimeout(patience, undefined, { ref: false })])
  await connection.close()
}
