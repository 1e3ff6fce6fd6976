import type { Programs } from './bundle.ts'
import { type Child, listening } from './child.ts'
import { keyIn } from './keys.ts'
import { cpuOf, idOf, repeat } from './load.ts'
import { type Figures, loaded } from './load-http.ts'
import { interleaved, median, medians } from './medians.ts'
import type { Line } from './report.ts'
import { type Era, requester } from './requester.ts'

const [batch, width] = [300, 8]

/** How many connections ask at once. */
const widths = [1, 16, 256]

type Server = Child & { readonly url: string }

/** Our server, one that asks for a key, and two to compare with: all before the same upstream. */
interface Servers {
  readonly ours: Server
  readonly keyed: Server
  readonly bare: Server
  readonly node: Server
  readonly key: string
}

/** What a request over HTTP costs, keep-alive. */
export const http = async (programs: Programs, runs: number): Promise<Line[]> => {
  const upstream = await listening(programs.upstream, { observed: false })
  const env = { INTERCOM_BASE_URL: upstream.url, INTERCOM_ACCESS_TOKEN: 'bench', INTERCOM_MCP_TOOLSETS: 'all' }
  const { key, file } = keyIn(programs.folder)
  const args = ['http', '--port', '0']
  const [ours, keyed, bare, node] = await Promise.all([
    listening(programs.ours, { observed: true, args, env }),
    listening(programs.ours, { observed: true, args: [...args, '--keys', file], env }),
    listening(programs.bareHttp, { observed: true, env }),
    listening(programs.bareNode, { observed: true, env }),
  ])
  const servers = { ours, keyed, bare, node, key }
  for (const server of [ours, keyed, bare, node]) await warm(server, key)
  const lines: Line[] = []
  for (const connections of widths) lines.push(...(await at(connections, servers, runs)))
  for (const era of ['2025-11-25', '2026-07-28'] as const) lines.push(...(await inBothEras(servers, era, runs)))
  await Promise.all([ours, keyed, bare, node, upstream].map((server) => server.stop()))
  return lines
}

/** V8 goes on compiling for thousands of calls; none of the servers shall be ahead in that. */
const warm = async ({ url }: Server, key: string): Promise<void> => {
  const { ask, close } = requester(url, width, key)
  await repeat(3_000, width, (serial) => ask({ era: serial % 2 === 0 ? '2026-07-28' : '2025-11-25', ...callOf(serial) }))
  await close()
}

const bareSdk = 'bare SDK, same call'

/** CPU of the two requests clients send most. */
const inBothEras = async ({ ours, bare }: Servers, era: Era, runs: number): Promise<Line[]> => {
  const [askOurs, askBare] = [requester(ours.url, width), requester(bare.url, width)]
  const cpu = await medians(runs, {
    list: () => cpuOf(ours, batch, width, () => askOurs.ask({ era, method: 'tools/list', params: {} })),
    call: () => cpuOf(ours, batch, width, (serial) => askOurs.ask({ era, ...callOf(serial) })),
    bare: () => cpuOf(bare, batch, width, (serial) => askBare.ask({ era, ...callOf(serial) })),
  })
  await Promise.all([askOurs.close(), askBare.close()])
  return [
    { row: `HTTP ${era}, tools/list, CPU`, unit: 'ms', ours: cpu.list, judged: 'value', bound: { atMost: 1 } },
    { row: `HTTP ${era}, a tool call, CPU`, unit: 'ms', ours: cpu.call, reference: { name: bareSdk, value: cpu.bare }, judged: 'ratio', bound: { atMost: 1.5 } },
  ]
}

/** What so many connections at once get from each server, of which each asks again when it is answered. */
const at = async (connections: number, { ours, keyed, bare, node, key }: Servers, runs: number): Promise<Line[]> => {
  const asking = { ours: requester(ours.url, connections), keyed: requester(keyed.url, connections, key), bare: requester(bare.url, connections), node: requester(node.url, connections) }
  const load = (server: Server, { ask }: { ask: typeof asking.ours.ask }) => () => loaded(server, connections, (serial) => ask({ era: '2026-07-28', ...callOf(serial) }))
  const samples = await interleaved(runs, {
    ours: load(ours, asking.ours),
    bare: load(bare, asking.bare),
    keyed: load(keyed, asking.keyed),
    node: load(node, asking.node),
  })
  await Promise.all(Object.values(asking).map(({ close }) => close()))
  return [...rows(`HTTP, ${connections} at once`, samples.ours, samples), ...rows(`HTTP with keys, ${connections} at once`, samples.keyed, samples)]
}

const rows = (what: string, own: readonly Figures[], { bare, node }: Record<'bare' | 'node', Figures[]>): Line[] =>
  figures.map(({ of, unit, name, bound }) => {
    const middle = (taken: readonly Figures[]) => median(taken.map((one) => one[of]))
    return { row: `${what}: ${name}`, unit, ours: middle(own), reference: { name: bareSdk, value: middle(bare) }, beside: { name: 'node:http alone', value: middle(node) }, judged: 'ratio', bound }
  })

const figures: readonly (Pick<Line, 'unit' | 'bound'> & { readonly of: keyof Figures; readonly name: string })[] = [
  { of: 'cpu', name: 'CPU of a tool call', unit: 'ms', bound: { atMost: 1.5 } },
  { of: 'rate', name: 'tool calls', unit: 'a second' },
  { of: 'half', name: 'p50', unit: 'ms' },
  { of: 'most', name: 'p99', unit: 'ms' },
]

const callOf = (serial: number) => ({ method: 'tools/call', params: { name: 'get_contact', arguments: { id: idOf(serial) } } })
