import { once } from 'node:events'
import type { Replicas } from '../redis/replicas.ts'
import { serveHttp } from '../server/http/serve.ts'
import { openAuthentication } from './authentication.ts'
import { type HttpSettings, httpSettings } from './http-settings.ts'
import { listening } from './listening.ts'
import { complaint } from './misuse.ts'
import { openOperations, type Operations } from './operations.ts'
import { settings } from './settings.ts'
import { openTenancy } from './tenancy.ts'
import { webhookRoutes } from './webhooks.ts'
import type { World } from './world.ts'

/** Milliseconds that requests in flight may take at the end: with all else, the process ends within 10 seconds. */
const patience = 8_000

export interface HttpFlags {
  readonly [name: string]: unknown
  readonly port: number
  readonly host: string
}

/** Serves MCP over HTTP until the process is asked to end. */
export const http = async (flags: HttpFlags, world: World): Promise<void> => {
  const { port, host } = flags
  const set = httpSettings(flags, world.env)
  const { allowHost = [], publicUrl, sessions: most, sessionMinutes } = set
  const sessions = { most, idle: sessionMinutes * 60_000, now: Date.now }
  const elsewhere = set.tenants !== undefined ? '--tenants' : set.callerTokens ? '--caller-tokens' : undefined
  const all = settings(flags, world.env, elsewhere)
  const watched = await openOperations(set, all, world)
  const tenancy = await openTenancy(all, set, watched.world)
  const { tenantOf, name, log, replicas, close } = tenancy
  const routes = await webhookRoutes(tenancy, set.webhookSecret, elsewhere !== undefined)
  const { authenticate, routes: metadata, close: stopAsking } = await openAuthentication(set, host, log, (tenant) => tenancy.tenants?.has(tenant) ?? false)
  const names = [...allowHost, ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])]
  const onError = (error: unknown) => log('debug', complaint(error))
  const served = { authenticate, tenantOf, routes: { ...watched.counted(routes), ...metadata }, sessions, patience, onError, ...operating(set, watched, replicas) }
  const server = await listening(host, port, () => serveHttp({ port, host, names, ...served }))
  await watched.begin(server.standing)
  watched.say(`serving MCP at ${server.url} for ${name}`)
  if (!world.stop.aborted) await once(world.stop, 'abort')
  await server.close()
  stopAsking()
  await close()
  await watched.close()
}

/** Without Redis calls go on, on a part of the budget. So it only tells: else a load balancer would take all replicas away at once. */
const operating = ({ maxConcurrentCalls: perCaller, maxTenantCalls: perTenant, maxCalls: calls, maxWaiting: waiting, maxStreams: streams, drainDelay }: HttpSettings, { watching }: Operations, replicas?: Replicas) => ({
  limits: { perCaller, perTenant, calls, waiting, streams },
  delay: drainDelay * 1000,
  watching,
  condition: replicas && (() => ({ redis: replicas.state().reachable ? 'ok' : 'unreachable' })),
})
