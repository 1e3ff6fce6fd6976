import { Pool } from 'undici'

export type Era = '2025-11-25' | '2026-07-28'

/** One JSON-RPC request as a client of that era sends it. */
export interface Asking {
  readonly era: Era
  readonly method: string
  readonly params: { readonly name?: string; readonly arguments?: object }
}

/** Posts requests over at most `connections` connections, and throws unless a result is a success. */
export const requester = (url: string, connections: number, key?: string) => {
  const { origin, pathname: path } = new URL(url)
  const pool = new Pool(origin, { connections })
  let id = 0
  const ask = async (asking: Asking): Promise<void> => {
    const answer = await pool.request({ method: 'POST', path, headers: headersOf(asking, key), body: bodyOf(asking, ++id) })
    const text = await answer.body.text()
    if (answer.statusCode !== 200 || !text.includes('"result"') || text.includes('"isError":true')) throw new Error(`${url}: ${answer.statusCode} ${text}`)
  }
  return { ask, close: () => pool.close() }
}

export const headersOf = ({ era, method, params }: Asking, key?: string): Record<string, string> => ({
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  'mcp-protocol-version': era,
  ...(era === '2026-07-28' && { 'mcp-method': method, ...(params.name && { 'mcp-name': params.name }) }),
  ...(key && { authorization: `Bearer ${key}` }),
})

export const bodyOf = ({ era, method, params }: Asking, id: number): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params: era === '2026-07-28' ? { ...params, _meta: envelope } : params })

const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
}
