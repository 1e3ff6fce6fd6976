import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import type { Route, Standing } from '../server/http/serve.ts'
import type { Watch } from '../server/http/visit.ts'
import type { HttpSettings } from './http-settings.ts'
import { listening } from './listening.ts'
import { linesTo, type Log, levels, logTo } from './log.ts'
import { Misuse } from './misuse.ts'
import type { Settings } from './settings.ts'
import { version } from './version.ts'
import type { World } from './world.ts'

/** How the operator watches a server over HTTP. */
export interface Operations {
  /** The world, with whoever counts in it. */
  readonly world: World
  /** Told of every MCP request; undefined where nobody wants to know. */
  readonly watching?: { readonly watch: Watch; readonly clock: () => number }
  /** Counts what becomes of Intercom's notifications at these paths. */
  readonly counted: (routes: Routes) => Routes
  /** Says a sentence to whoever started the program, whatever the log's level. */
  readonly say: (sentence: string) => void
  /** Begins to serve metrics, of a server whose standing this is. Throws Misuse. */
  readonly begin: (standing: () => Standing) => Promise<void>
  /** Sends what is not sent yet, and ends. */
  readonly close: () => Promise<void>
}

type Routes = Readonly<Record<string, Route>>

const mapped = (routes: Routes, change: (route: Route) => Route): Routes => Object.fromEntries(Object.entries(routes).map(([path, route]) => [path, change(route)]))

/** Opens what was set. Nothing is loaded that nobody asked for. */
export const openOperations = async (set: HttpSettings, settings: Settings, world: World): Promise<Operations> => {
  if (set.metricsHost !== undefined && set.metricsPort === undefined) throw new Misuse('--metrics-host says nothing without --metrics-port')
  let standing: () => Standing = () => ({ running: 0, waiting: 0, streams: 0, sessions: 0 })
  const counting = set.metricsPort === undefined ? undefined : (await import('../server/http/metrics.ts')).metrics(() => standing())
  const tracing = wantsTraces(world.env) ? (await import('../server/http/tracing.ts')).tracing(version) : undefined
  const logging = levels.indexOf(settings.logLevel) >= levels.indexOf('info') ? await requestsTo(logTo(world, settings)) : undefined
  const watches = [counting?.watch, tracing?.watch, logging].filter((watch) => watch !== undefined)
  const { line } = linesTo(world, settings)
  let serving: { close(): void } | undefined
  return {
    world: counting ? { ...world, watch: counting.client } : world,
    watching: watches.length > 0 ? { watch: (story) => watches.forEach((watch) => watch(story)), clock } : undefined,
    counted: (routes) => (counting ? mapped(routes, (route) => counting.webhooks(route)) : routes),
    say: (sentence) => line('info', sentence, `intercom-mcp: ${sentence}`),
    begin: async (found) => {
      standing = found
      if (counting) serving = await serveMetrics(counting.registry, set, (url) => line('info', `metrics at ${url}`, `intercom-mcp: metrics at ${url}`))
    },
    close: async () => {
      serving?.close()
      await Promise.race([tracing?.close(), new Promise((resolve) => setTimeout(resolve, patience).unref())]) // a collector may be gone
    },
  }
}

/** Milliseconds that the last spans may take on their way. */
const patience = 1_000

const clock = (): number => performance.timeOrigin + performance.now()

const requestsTo = async (log: Log): Promise<Watch> => {
  const { requestLine } = await import('../server/http/request-log.ts')
  return (story) => log('info', ...requestLine(story))
}

/** Whether the standard variables name a collector. Throws Misuse where they want a protocol that is not spoken here. */
const wantsTraces = (env: World['env']): boolean => {
  const said = (name: string) => env[name]?.trim() ?? ''
  if (said('OTEL_SDK_DISABLED').toLowerCase() === 'true' || said('OTEL_TRACES_EXPORTER') === 'none') return false
  const endpoints = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'].filter(said)
  if (endpoints.length === 0) return false
  const wrong = endpoints.find((each) => !/^https?:\/\//i.test(said(each)) || !URL.canParse(said(each)))
  if (wrong !== undefined) throw new Misuse(`${wrong}: ${JSON.stringify(said(wrong))} is not a URL like http://127.0.0.1:4318`)
  const name = ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL'].find((each) => said(each))
  if (name !== undefined && !said(name).startsWith('http/')) throw new Misuse(`${name}: ${JSON.stringify(said(name))} is not spoken here; use http/json, and the collector's port for HTTP (4318)`)
  return true
}

interface Registry {
  readonly contentType: string
  metrics(): Promise<string>
}

const serveMetrics = async (registry: Registry, { metricsPort: port = 0, metricsHost: host = '127.0.0.1' }: HttpSettings, say: (url: string) => void) => {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    const found = request.url?.split('?')[0] === '/metrics' && (request.method === 'GET' || request.method === 'HEAD')
    if (!found) return void response.writeHead(404).end('Metrics are at /metrics.\n')
    registry.metrics().then((text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text), () => response.writeHead(500).end())
  })
  await listening(host, port, async () => {
    server.listen(port, host)
    await once(server, 'listening')
  }).catch((error: unknown) => {
    throw error instanceof Misuse ? new Misuse(error.message.replaceAll('--port', '--metrics-port').replaceAll('--host', '--metrics-host')) : error
  })
  const { port: chosen } = server.address() as AddressInfo // it listens on a port, not on a pipe
  say(`http://${host.includes(':') ? `[${host}]` : host}:${chosen}/metrics`)
  return { close: () => server.close().closeAllConnections() }
}
