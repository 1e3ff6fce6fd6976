import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Client, LogEvent } from '../../client/client.ts'
import type { Story } from '../story.ts'
import type { Route, Standing } from './serve.ts'

/** Seconds, from a look into a kept list to the most that a call may take. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** Most tenants that are told apart. */
const mostTenants = 100

/**
 * Counts what is told to it, and writes it as Prometheus reads it. What labels hold comes from short lists: names of methods, tools,
 * effects and outcomes, and the tenants that the operator named.
 */
export const metrics = (standing: () => Standing) => {
  const registry = new Registry()
  const count = counters(registry)
  const clients = new Set<Client>()
  const labelOf = tenantLabels()
  collectDefaultMetrics({ register: registry })
  gauges(registry, {
    calls_running: ['MCP requests being answered', () => standing().running],
    calls_waiting: ['MCP requests waiting for their turn', () => standing().waiting],
    subscriptions: ['Streams of notifications', () => standing().streams],
    sessions: ['Sessions of clients that speak 2025-11-25', () => standing().sessions],
    intercom_requests_waiting: ['Requests waiting for a connection or for the rate budget', () => [...clients].reduce((sum, client) => sum + client.waiting(), 0)],
  })
  return {
    registry,
    watch: ({ method, tool, outcome, ms }: Story): void => {
      count.requests.inc({ method, outcome })
      if (tool === undefined) return
      count.calls.inc({ tool, outcome })
      count.callSeconds.observe({ tool }, ms / 1000)
    },
    webhooks: (route: Route): Route => (request, response) => {
      response.once('close', () => count.webhooks.inc({ outcome: webhookOutcomes[response.statusCode] ?? 'not read' }))
      return route(request, response)
    },
    client: (tenant = 'only') => ({
      opened: (client: Client) => void clients.add(client),
      closed: (client: Client) => void clients.delete(client),
      recalled: (kept: boolean) => count.recalls.inc({ answered: kept ? 'kept' : 'asked' }),
      requested: ({ effect, failure, status, ms, left }: LogEvent) => {
        count.upstream.inc({ effect, status: failure ?? String(status) })
        count.upstreamSeconds.observe({ effect }, ms / 1000)
        if (left !== undefined) count.left.set({ tenant: labelOf(tenant) }, left)
      },
    }),
  }
}

const webhookOutcomes: Readonly<Record<number, string>> = { 200: 'accepted', 401: 'refused' }

const prefix = 'intercom_mcp_'

const counters = (registry: Registry) => {
  const of = <L extends string>(name: string, help: string, ...labelNames: L[]) => ({ name: prefix + name, help, labelNames, registers: [registry] })
  return {
    requests: new Counter(of('requests_total', 'MCP requests that are over', 'method', 'outcome')),
    calls: new Counter(of('calls_total', 'Calls of tools that are over', 'tool', 'outcome')),
    callSeconds: new Histogram({ ...of('call_duration_seconds', 'Time a call of a tool took', 'tool'), buckets }),
    upstream: new Counter(of('intercom_requests_total', 'Requests to Intercom', 'effect', 'status')),
    upstreamSeconds: new Histogram({ ...of('intercom_request_duration_seconds', 'Time a request to Intercom took', 'effect'), buckets }),
    recalls: new Counter(of('reference_reads_total', 'Reads of reference lists, by whether what was kept answered them', 'answered')),
    webhooks: new Counter(of('webhooks_total', 'Notifications from Intercom', 'outcome')),
    left: new Gauge(of('rate_limit_left', "Requests left in Intercom's present window, as it told last", 'tenant')),
  }
}

/** What is read when somebody looks. */
const gauges = (registry: Registry, all: Readonly<Record<string, readonly [help: string, read: () => number]>>): void => {
  for (const [name, [help, read]] of Object.entries(all))
    registry.registerMetric(new Gauge({ name: prefix + name, help, registers: [], collect() { this.set(read()) } }))
}

/** Tenants whom callers bring, and all after the first hundred, are one. */
const tenantLabels = () => {
  const known = new Set<string>()
  return (tenant: string): string => {
    if (tenant.startsWith('token:') || (!known.has(tenant) && known.size >= mostTenants)) return 'other'
    known.add(tenant)
    return tenant
  }
}
