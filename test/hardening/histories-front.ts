import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Workspace } from '../../src/workspace/workspace.ts'
import type { VirtualTime } from './histories-time.ts'

/** What befalls one request: whether it runs (late: after its caller has given up), and what is answered. */
export interface Fault {
  readonly runs: 'never' | 'now' | 'late'
  readonly answer: keyof typeof answers
}

/** What befalls one call. Requests beyond those listed fare well. */
export interface Plan {
  /** Connections that are refused before the first is taken. */
  readonly refused: number
  readonly writes: readonly Fault[]
  /** Of the requests that look what became of the write. */
  readonly reads: readonly Fault[]
  /** When the caller leaves: before anything is sent, when the write arrives, when it has run, when it is looked for. */
  readonly cancel?: 'before' | 'arrived' | 'run' | 'looking'
  readonly key?: string
}

/** What really became of one call. */
export interface Truth {
  /** How often its write ran to a 2xx, late runs included. */
  readonly commits: number
  /** What befell its writes, and its reads. */
  readonly writes: readonly Fault[]
  readonly reads: readonly Fault[]
}

interface Reply {
  readonly response: ServerResponse
  /** What the workspace answered; undefined when it was not asked. */
  readonly real?: { readonly status: number; readonly type: string; readonly text: string }
  readonly time: VirtualTime
}

const json = { 'content-type': 'application/json; charset=utf-8' }
const status = (code: number, headers = {}) => ({ response, time }: Reply) => response.writeHead(code, { ...json, ...headers, date: new Date(time.now()).toUTCString() }).end('{"type":"error.list","errors":[{"code":"oops"}]}')

const answers = {
  plain: ({ response, real }: Reply) => response.writeHead(real!.status, { 'content-type': real!.type }).end(real!.text),
  slow: (reply: Reply) => {
    reply.time.pass(1500)
    answers.plain(reply)
  },
  reset: ({ response }: Reply) => response.socket?.resetAndDestroy(),
  hang: ({ time }: Reply) => time.wait(),
  truncated: ({ response, real }: Reply) => {
    const text = real?.text || '{}'
    response.writeHead(200, { ...json, 'content-length': text.length + 9 }).write(text.slice(0, text.length / 2), () => response.destroy())
  },
  '429': status(429),
  '429 with a time': status(429, { 'retry-after': '2' }),
  '408': status(408),
  '500': status(500),
  '502': status(502),
  '503': status(503),
  '504': status(504),
  '303': status(303, { location: '/elsewhere' }),
  '307': status(307, { location: 'http://127.0.0.1:9/elsewhere' }),
  'a web page': ({ response }: Reply) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome to the proxy</html>'),
  nothing: ({ response }: Reply) => response.writeHead(200, json).end(),
  'other JSON': ({ response }: Reply) => response.writeHead(200, json).end('{"hello":"world"}'),
} satisfies Record<string, (reply: Reply) => unknown>

/** Refusals in front of the API, which nothing gets past. */
export const neverRan: readonly Fault['answer'][] = ['429', '429 with a time']

const well: Fault = { runs: 'now', answer: 'plain' }

const textOf = async (incoming: IncomingMessage): Promise<string> => {
  let text = ''
  for await (const chunk of incoming) text += String(chunk)
  return text
}

/** Stands in front of a workspace, over real sockets, spoils what a plan says, and knows what really ran. */
export const frontOf = async (workspace: Workspace, time: VirtualTime) => {
  let plan: Plan = { refused: 0, writes: [], reads: [] }
  let isWrite: (line: string) => boolean = () => false
  let leave = () => {}
  let late: (() => Promise<unknown>)[] = []
  const underWay = new Set<Promise<void>>()
  let truth = { commits: 0, writes: [] as Fault[], reads: [] as Fault[] }

  const run = async (line: string, headers: IncomingMessage['headers'], body: string): Promise<NonNullable<Reply['real']>> => {
    const [method, path] = line.split(' ')
    const { authorization = '', 'content-type': type = 'application/json' } = headers
    const request = new Request(`http://workspace.test${path}`, { method, headers: { authorization, 'content-type': type, 'intercom-version': '2.13' }, body: body || undefined })
    const response = await workspace.fetch(request)
    if (isWrite(line) && response.ok) truth.commits += 1
    return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() }
  }
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [line, body] = [`${incoming.method} ${incoming.url}`, await textOf(incoming)]
    const write = isWrite(line)
    const seen = write ? truth.writes : truth.reads
    const fault = (write ? plan.writes : plan.reads)[seen.length] ?? well
    seen.push(fault)
    const runIt = () => run(line, incoming.headers, body)
    if (plan.cancel === (write ? 'arrived' : 'looking')) leave()
    const real = fault.runs === 'now' ? await runIt() : undefined
    if (fault.runs === 'late') late.push(runIt)
    if (write && plan.cancel === 'run') leave()
    answers[fault.answer]({ response, real, time })
  }
  const server = createServer((incoming, response) => {
    const handled = handle(incoming, response).catch(() => void response.destroy()).finally(() => underWay.delete(handled))
    underWay.add(handled)
  })
  const listen = (port = 0) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen()
  const { port } = server.address() as AddressInfo // always one of a TCP server

  return {
    baseUrl: `http://127.0.0.1:${port}`,
    /** Begins a call. `write` is its request line; `cancel` is how its caller leaves. */
    begin: (next: Plan, write: string, cancel: () => void) => {
      ;[plan, isWrite, leave, late, truth] = [next, (line) => line === write, cancel, [], { commits: 0, writes: [], reads: [] }]
      if (plan.refused > 0) server.close()
    },
    /** Called before each pause of the client: connections are refused so many times, then taken again. */
    paused: async (count: number): Promise<void> => {
      if (!server.listening && count >= plan.refused) await listen(port)
    },
    /** Ends a call: what was late runs now. */
    end: async (): Promise<Truth> => {
      await Promise.all(underWay)
      for (const runIt of late) await runIt()
      if (!server.listening) await listen(port)
      return truth
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
