import { Pool } from 'undici'
import type { Programs } from './bundle.ts'
import { listening } from './child.ts'
import { cpuOf, idOf } from './load.ts'
import { medians } from './medians.ts'
import type { Line } from './report.ts'

const [batch, width] = [300, 8]

type Era = '2025-11-25' | '2026-07-28'

/** CPU of the server for one request over HTTP, keep-alive, in both eras of the protocol. */
export const http = async (programs: Programs, runs: number): Promise<Line[]> => {
  const upstream = await listening(programs.upstream, { observed: false })
  const env = { INTERCOM_BASE_URL: upstream.url, INTERCOM_ACCESS_TOKEN: 'bench', INTERCOM_MCP_TOOLSETS: 'all' }
  const ours = await listening(programs.ours, { observed: true, args: ['http', '--port', '0'], env })
  const bare = await listening(programs.bareHttp, { observed: true, env })
  const [askOurs, askBare] = [requester(ours.url), requester(bare.url)]
  const eras = ['2025-11-25', '2026-07-28'] as const
  const lines: Line[] = []
  for (const era of eras) {
    const cpu = await medians(runs, {
      list: () => cpuOf(ours, batch, width, () => askOurs(era, 'tools/list', {})),
      call: () => cpuOf(ours, batch, width, (serial) => askOurs(era, 'tools/call', callOf(serial))),
      bare: () => cpuOf(bare, batch, width, (serial) => askBare(era, 'tools/call', callOf(serial))),
    })
    lines.push(
      { row: `HTTP ${era}, tools/list, CPU`, unit: 'ms', ours: cpu.list, judged: 'value', bound: { atMost: 1 } },
      { row: `HTTP ${era}, a tool call, CPU`, unit: 'ms', ours: cpu.call, reference: { name: 'bare SDK, same call', value: cpu.bare }, judged: 'ratio', bound: { atMost: 1.5 } },
    )
  }
  await Promise.all([ours.stop(), bare.stop(), upstream.stop()])
  return lines
}

const callOf = (serial: number) => ({ name: 'get_contact', arguments: { id: idOf(serial) } })

/** Posts one JSON-RPC request the way a client of that era does, and throws unless its result is a success. */
const requester = (url: string) => {
  const { origin, pathname: path } = new URL(url)
  const pool = new Pool(origin, { connections: width })
  let id = 0
  return async (era: Era, method: string, params: { name?: string }) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params: era === '2026-07-28' ? { ...params, _meta: envelope } : params })
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': era,
      ...(era === '2026-07-28' && { 'mcp-method': method, ...(params.name && { 'mcp-name': params.name }) }),
    }
    const answer = await pool.request({ method: 'POST', path, headers, body })
    const text = await answer.body.text()
    if (answer.statusCode !== 200 || !text.includes('"result"') || text.includes('"isError":true')) throw new Error(`${url}: ${answer.statusCode} ${text}`)
  }
}

const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
}
