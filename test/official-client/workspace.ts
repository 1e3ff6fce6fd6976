import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { IntercomClient, IntercomError } from 'intercom-client'

/** A workspace served by the command, as its users start it, and Intercom's own client on it. */
export interface Served {
  readonly client: IntercomClient
  readonly url: string
  readonly token: string
  /** Empty where the served token was given its permissions. */
  readonly readOnlyToken: string
  readonly stop: () => Promise<void>
}

/** Starts `intercom-mcp workspace` and waits for its ready lines on stderr. */
export const serve = async (...args: string[]): Promise<Served> => {
  const child = spawn(process.execPath, ['dist/intercom-mcp.js', 'workspace', '--port', '0', ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  const { url, token, readOnlyToken } = await ready(child)
  return { client: official(url, token), url, token, readOnlyToken, stop: () => stop(child) }
}

/** Intercom's client, unchanged but for the address. */
export const official = (url: string, token: string): IntercomClient =>
  new IntercomClient({ token, environment: url, version: '2.13', maxRetries: 0 })

/** How Intercom's client says that a call was refused. Throws when it was not. */
export const failure = async (call: PromiseLike<unknown>): Promise<IntercomError> => {
  try {
    await call
  } catch (error) {
    if (error instanceof IntercomError) return error
    throw error
  }
  throw new Error('the call should have failed')
}

const ready = async (child: ChildProcess): Promise<{ url: string; token: string; readOnlyToken: string }> => {
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stderr! })) {
    lines.push(line)
    const text = lines.join('\n')
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0]
    const token = /token\b[^\n]*?([\w-]{16,})\s*$/im.exec(text)?.[1]
    const readOnlyToken = /read-only[^\n]*?([\w-]{16,})\s*$/im.exec(text)?.[1] ?? ''
    if (url && token && line.includes('curl')) return { url, token, readOnlyToken }
  }
  throw new Error(`the workspace did not start: ${lines.join('\n')}`)
}

const stop = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGTERM')
  if (child.exitCode === null) await once(child, 'exit')
}
