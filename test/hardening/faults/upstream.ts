import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { Fault } from './fault.ts'

/** One request that arrived whole. */
interface Request {
  readonly method: string
  readonly path: string
  readonly body: string
}

/** What a faulty Intercom is to do. */
export interface Plan {
  /** One for each request, in order. */
  readonly faults: readonly Fault[]
  /** What comes after those: the last of them for ever, or health. */
  readonly after: 'the same' | 'health'
  /** Whether a write runs before the fault strikes, where it may have. */
  readonly ran: boolean
}

export const healthy: Plan = { faults: [], after: 'health', ran: false }

/** What the smallest Intercom knows: one contact and its collections. The truth that answers are held to. */
export const truth = () => {
  let [name, commits] = ['Ada', 0]
  const contact = () => ({ type: 'contact', id: '5', role: 'user', name, email: 'ada@example.com', custom_attributes: { plan: 'pro' } })
  const write = (commit: boolean, change: () => void) => {
    if (!commit) return
    commits += 1
    change()
  }
  const routes: Readonly<Record<string, (body: { name?: string }, commit: boolean) => unknown>> = {
    'GET /contacts/5': contact,
    'POST /contacts/search': () => ({ type: 'list', data: [contact()], total_count: 1, pages: { type: 'pages', page: 1, per_page: 50, total_pages: 1 } }),
    'PUT /contacts/5': (body, commit) => {
      write(commit, () => (name = body.name ?? name))
      return { ...contact(), ...body }
    },
    'POST /help_center/collections': (body, commit) => {
      write(commit, () => {})
      return { id: '77', name: body.name }
    },
  }
  const answer = ({ method, path, body }: Request, commit: boolean): string | undefined => {
    const given = body === '' ? {} : (JSON.parse(body) as { name?: string }) // only our own client asks
    const said = routes[`${method} ${path.split('?')[0]}`]?.(given, commit)
    return said === undefined ? undefined : JSON.stringify(said)
  }
  return { answer, name: () => name, commits: () => commits }
}

const isRead = ({ method, path }: Request): boolean => method === 'GET' || path.endsWith('/search')

/** An Intercom over real sockets that misbehaves as planned and remembers what it did. */
export const upstream = async (plan: Plan) => {
  const world = truth()
  const sockets = new Set<Socket>()
  const spoilt: Socket[] = []
  const asked: Request[] = []
  let following = plan
  let step = 0

  const next = (): Fault | undefined => following.faults[following.after === 'the same' ? Math.min(step, following.faults.length - 1) : step]
  const answer = (socket: Socket, request: Request): void => {
    asked.push(request)
    const fault = next()
    step += 1
    const commit = !isRead(request) && (!fault || fault.told === 'answer' || (following.ran && !fault.refuses))
    const proper = world.answer(request, commit)
    if (proper === undefined) return void socket.end(message(404, '{}'))
    if (fault) fault.does(socket, proper)
    else socket.write(message(200, proper))
  }
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket))) // resets are what this is about
    if (!next()?.early) return requestsOf(socket, (request) => answer(socket, request))
    next()!.does(socket.resume(), '')
    spoilt.push(socket)
    step += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // always one of a TCP server
    asked,
    world,
    /** Sockets still open. */
    open: () => sockets.size,
    /** From the next request on, by another plan. */
    follow: (other: Plan) => {
      following = other
      step = 0
      for (const socket of spoilt.splice(0)) socket.destroy() // on which nothing would ever be answered
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/** A whole HTTP message. */
export const message = (status: number, body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Buffer => {
  const bytes = Buffer.from(body)
  const fields = { 'content-type': 'application/json', 'content-length': String(bytes.length), ...headers }
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Said\r\n${head.join('')}\r\n`, 'latin1'), bytes])
}

/** Calls `got` with every request on a connection, once it is there to its last byte. */
export const requestsOf = (socket: Socket, got: (request: Request) => void): void => {
  let text = ''
  socket.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
    for (let end = endOf(text); end > 0; end = endOf(text)) {
      const [head, body] = split(text.slice(0, end))
      const [method = '', path = ''] = head.split(' ')
      text = text.slice(end)
      got({ method, path, body })
    }
  })
}

const split = (text: string): [string, string] => {
  const at = text.indexOf('\r\n\r\n')
  return [text.slice(0, at), text.slice(at + 4)]
}

/** Where the first request ends, 0 while it has not. Bodies here are ASCII. */
const endOf = (text: string): number => {
  const [head] = split(text)
  const size = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0)
  const end = head.length + 4 + size
  return text.includes('\r\n\r\n') && text.length >= end ? end : 0
}
