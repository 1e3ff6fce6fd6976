import { connect } from 'node:net'

/** What a request asks for, in one era of the protocol. */
export interface Ask {
  readonly name: string
  readonly verb: 'POST' | 'GET' | 'DELETE'
  readonly headers: readonly string[]
  readonly body?: object
}

const described = { protocolVersion: '2026-07-28', clientInfo: { name: 'test', version: '1' }, clientCapabilities: {} }
const _meta = Object.fromEntries(Object.entries(described).map(([key, value]) => [`io.modelcontextprotocol/${key}`, value]))

type Params = Readonly<Record<string, unknown>>

/** As a client of the 2025-11-25 revision asks it. */
export const before = (method: string, params: Params = {}): Ask => ({
  name: `2025-11-25 ${method}`,
  verb: 'POST',
  headers: ['mcp-protocol-version: 2025-11-25'],
  body: { jsonrpc: '2.0', id: 1, method, params },
})

/** As a client of the 2026-07-28 revision asks it. */
export const since = (method: string, params: Params = {}): Ask => {
  const name = params.name ?? params.uri
  return {
    name: `2026-07-28 ${method}`,
    verb: 'POST',
    headers: ['mcp-protocol-version: 2026-07-28', `mcp-method: ${method}`, ...(typeof name === 'string' ? [`mcp-name: ${name}`] : [])],
    body: { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta } },
  }
}

/** What came back, as far as it tells whether a caller was admitted. */
export interface Came {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** One request, byte for byte as said: no library lets a test send what none should. `query` is put behind the path. */
export const wired = async (url: URL, ask: Ask, said: readonly string[], query = ''): Promise<Came> => {
  const { verb, headers, body } = ask
  const content = body ? JSON.stringify(body) : ''
  const usual = [`host: ${url.host}`, 'accept: application/json, text/event-stream', 'connection: close', ...(body ? ['content-type: application/json', `content-length: ${Buffer.byteLength(content)}`] : [])]
  const socket = connect(Number(url.port), url.hostname)
  socket.write(`${verb} ${url.pathname}${query} HTTP/1.1\r\n${[...usual, ...headers, ...said].join('\r\n')}\r\n\r\n${content}`)
  let text = ''
  for await (const chunk of socket.setEncoding('utf8') as AsyncIterable<string>) {
    text += chunk
    if (isStream(ask) && text.includes('\r\n\r\n')) break
  }
  return cameOf(text)
}

/** Its answer may last until somebody ends it; the head of it tells enough. */
const isStream = ({ verb, name }: Ask): boolean => verb === 'GET' || name.endsWith('subscriptions/listen')

const cameOf = (text: string): Came => {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()])
  return { status: Number(first.split(' ')[1]), headers: Object.fromEntries(headers) as Record<string, string>, text: rest.join('\r\n\r\n') }
}
