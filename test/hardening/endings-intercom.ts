import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encode } from '../../src/contract/wire.ts'
import type { Operation } from '../../src/contract/operation.ts'
import { openWorkspace } from '../../src/workspace/workspace.ts'
import { chanceOf } from './histories-chance.ts'
import { type Room, roomOf, seed } from './histories-writes.ts'

/** Where a write stands when something ends: it has arrived; it has run; it has been answered. */
export const boundaries = ['arrived', 'run', 'answered'] as const
export type Boundary = (typeof boundaries)[number]

/** An Intercom over HTTP in which the first write of a kind halts at a boundary until it is let go. */
export interface Halting {
  readonly env: Readonly<Record<string, string>>
  readonly room: Room
  /** How often writes ran to a 2xx. */
  readonly commits: () => number
  /** Watches writes of this operation with this input; the first of them halts. Resolves when it stands there. */
  readonly halt: (operation: Operation, input: Record<string, unknown>, at: Boundary) => Promise<void>
  /** Lets it go on; one that had only arrived may be dropped instead. */
  readonly letGo: (how?: 'on' | 'dropped') => Promise<void>
  readonly close: () => void
}

const textOf = async (incoming: IncomingMessage): Promise<string> => {
  let text = ''
  for await (const chunk of incoming) text += String(chunk)
  return text
}

export const haltingIntercom = async (): Promise<Halting> => {
  const workspace = openWorkspace({ now: Date.now, random: chanceOf(1).next, seed: seed(50), rateLimit: 1_000_000 })
  let commits = 0
  let [watched, at]: [string, Boundary | undefined] = ['', undefined]
  let reached = () => {}
  let go = (_how: 'on' | 'dropped') => {}
  let over: Promise<void> = Promise.resolve()

  const pass = async (boundary: Boundary): Promise<'on' | 'dropped'> => {
    if (at !== boundary) return 'on'
    at = undefined
    const how = new Promise<'on' | 'dropped'>((resolve) => (go = resolve))
    reached()
    return how
  }
  const write = async (run: () => Promise<Response>, response: ServerResponse): Promise<void> => {
    if ((await pass('arrived')) === 'dropped') return void response.destroy()
    const real = await run()
    if (real.ok) commits += 1
    const text = await real.text()
    await pass('run')
    response.writeHead(real.status, Object.fromEntries(real.headers)).end(text)
    await pass('answered')
  }
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await textOf(incoming)
    const headers = { authorization: incoming.headers.authorization ?? '', 'content-type': 'application/json', 'intercom-version': '2.13' }
    const run = () => workspace.fetch(new Request(`http://workspace.test${incoming.url}`, { method: incoming.method, headers, body: body || undefined }))
    if (`${incoming.method} ${incoming.url}` === watched) return (over = write(run, response))
    const real = await run()
    response.writeHead(real.status, Object.fromEntries(real.headers)).end(await real.text())
  }
  const server = createServer((incoming, response) => void handle(incoming, response).catch(() => response.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // always one of a TCP server

  return {
    env: { INTERCOM_BASE_URL: `http://127.0.0.1:${port}`, INTERCOM_ACCESS_TOKEN: workspace.token },
    room: roomOf(workspace, Date.now),
    commits: () => commits,
    halt: (operation, input, boundary) => {
      const { method, path } = encode(operation, input)
      ;[watched, at, commits] = [`${method} ${path}`, boundary, 0]
      return new Promise<void>((resolve) => (reached = resolve))
    },
    letGo: async (how = 'on') => {
      go(how)
      await over.catch(() => {})
    },
    close: () => {
      server.closeAllConnections()
      server.close()
      workspace.close()
    },
  }
}
