import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { Program } from '../cli/program.ts'

/** An Intercom that takes its time, and keeps what was written. */
export const slowIntercom = async (delay: () => number) => {
  const written = new Set<string>()
  const server = createServer((asked, response) => {
    const answer = async () => {
      const body = await text(asked)
      if (asked.method === 'POST') written.add((JSON.parse(body) as { body: string }).body)
      await setTimeout(delay())
      const [status, value] = answerTo(asked.method, asked.url ?? '')
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    }
    answer().catch(() => response.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    /** The bodies of notes that arrived. */
    written,
    env: { INTERCOM_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, INTERCOM_ACCESS_TOKEN: 'token' },
    close: () => server.close().closeAllConnections(),
  }
}

const answerTo = (method: string | undefined, url: string): [status: number, value: object] => {
  if (method === 'POST' && url.endsWith('/notes')) return [200, { type: 'note', id: '17', body: '<p>noted</p>', created_at: 1_700_000_000 }]
  if (method === 'GET' && url.startsWith('/contacts/')) return [200, { type: 'contact', id: '5' }]
  return [404, { type: 'error.list', errors: [{ code: 'not_found', message: 'nothing' }] }]
}

/** What a caller saw of one call. */
export interface Seen {
  /** Of a write, what it wrote. */
  readonly note?: string
  /** `answered` in full, `refused` without a byte, or `cut` in between. */
  readonly end: 'answered' | 'refused' | 'cut'
}

const kinds = ['read 2025-11-25', 'write 2025-11-25', 'read 2026-07-28', 'write 2026-07-28'] as const

const meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' }, 'io.modelcontextprotocol/clientCapabilities': {} }

/** Calls a tool once. */
const callOnce = (url: URL, kind: (typeof kinds)[number], note: string, agent: Agent | false): Promise<Seen> => {
  const [does, era] = kind.split(' ')
  const name = does === 'read' ? 'get_contact' : 'create_note'
  const args = does === 'read' ? { id: '5' } : { contact_id: '5', body: note }
  const isModern = era === '2026-07-28'
  const headers = { accept: 'application/json, text/event-stream', 'content-type': 'application/json', ...(isModern && { 'mcp-protocol-version': era, 'mcp-method': 'tools/call', 'mcp-name': name }) }
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args, ...(isModern && { _meta: meta }) } })
  return new Promise((resolve) => {
    const seen = (end: Seen['end']) => resolve({ end, ...(does === 'write' && { note }) })
    const asked = request(url, { method: 'POST', headers, agent }, (response) => {
      text(response).then((answer) => seen(response.statusCode === 200 && answer.includes('"structuredContent"') ? 'answered' : 'cut'), () => seen('cut'))
    })
    asked.once('error', () => seen('refused')).end(body)
  })
}

/** What is wrong with how calls ended, by what arrived at Intercom. */
export const unanswered = (all: readonly Seen[], written: ReadonlySet<string>): string[] =>
  all.flatMap(({ end, note }) => {
    if (end === 'cut') return ['an answer was cut']
    return end === 'refused' && note !== undefined && written.has(note) ? ['a write was done, and not answered'] : []
  })

/** How a server ended while it was called. */
export interface Ended {
  readonly calls: readonly Seen[]
  readonly code: number | null
  readonly ms: number
}

/** Calls a server over and over on several connections, some of them new for each call, and ends it `after` so many milliseconds. */
export const endWhileCalled = async (env: Record<string, string>, { after, signal, trial }: { readonly after: number; readonly signal: NodeJS.Signals; readonly trial: number }): Promise<Ended> => {
  const program = new Program(['http', '--port', '0', '--toolsets', 'all'], env)
  const url = new URL(await program.said(/serving MCP at (http\S+)/))
  await Promise.all(kinds.map((kind, index) => callOnce(url, kind, `note ${trial}/${index}`, false))) // what a first call takes long for is loaded
  const calls: Promise<Seen>[] = []
  let over = false
  const caller = async (index: number, agent: Agent | false) => {
    for (let turn = 0; !over; turn++) {
      const call = callOnce(url, kinds[(index + turn) % kinds.length]!, `note ${trial}/${index}/${turn}`, agent)
      calls.push(call)
      if ((await call).end === 'refused') return
    }
  }
  const kept = new Agent({ keepAlive: true, maxSockets: 4 })
  const callers = Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((index) => caller(index, index % 2 === 0 ? kept : false)))
  await setTimeout(after)
  const began = performance.now()
  program.child.kill(signal)
  const code = await program.ended()
  const ms = performance.now() - began
  over = true
  await callers
  kept.destroy()
  return { calls: await Promise.all(calls), code, ms }
}
