import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import type { Budget } from '../../src/client/budget.ts'
import { createClient } from '../../src/client/client.ts'
import { searchContacts } from '../../src/contract/contacts.ts'
import { openReplicas } from '../../src/redis/replicas.ts'
import { listen } from '../../src/workspace/listen.ts'
import { openWorkspace } from '../../src/workspace/workspace.ts'
import { Program } from '../cli/program.ts'
import { until } from '../redis/opened.ts'
import { type RedisServer, redisServer } from '../redis/server.ts'

/** Milliseconds of one rate window. */
export const windowMs = 10_000

/** What one rate window of the workspace saw. */
export interface Seen {
  answered: number
  refused: number
}

/** An Intercom whose clock is hours ahead of ours. */
const intercom = async (rateLimit: number, latency: number) => {
  let ahead = 7 * 3_600_000
  const workspace = openWorkspace({ now: () => Date.now() + ahead, random: Math.random, rateLimit })
  const windows = new Map<string, Seen>()
  const fetch = async (asked: Request): Promise<Response> => {
    const answer = await workspace.fetch(asked)
    const window = answer.headers.get('x-ratelimit-reset') ?? ''
    const seen = windows.get(window) ?? { answered: 0, refused: 0 }
    windows.set(window, seen)
    seen[answer.status === 429 ? 'refused' : 'answered'] += 1
    if (latency > 0) await sleep(latency)
    return answer
  }
  const { url, close } = await listen(fetch)
  return {
    url,
    token: workspace.token,
    windows,
    /** Sets its clock, before anybody has seen it, so that a window begins in so many milliseconds. */
    set: (ms: number) => {
      ahead += windowMs - ms - ((Date.now() + ahead) % windowMs)
    },
    /** Resolves when the next window begins. */
    next: async () => {
      await sleep(windowMs - ((Date.now() + ahead) % windowMs))
      windows.clear()
    },
    close: async () => {
      await close()
      workspace.close()
    },
  }
}

/** A proxy that passes each request to the next in turn, whatever it is. */
const roundRobin = async (urls: readonly string[]) => {
  const agent = new Agent({ keepAlive: true, timeout: 2_000 }) // sooner than a server ends an idle connection
  let turn = 0
  const server = createServer((incoming, outgoing) => {
    const to = new URL(urls[turn++ % urls.length]!)
    const { host: _, ...headers } = incoming.headers
    const passed = request({ agent, host: to.hostname, port: to.port, path: to.pathname, method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(outgoing)
    })
    passed.on('error', () => outgoing.destroy())
    incoming.pipe(passed)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.closeAllConnections()
    server.close()
    agent.destroy()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close } // always one of a TCP server
}

export interface Wanted {
  readonly processes: number
  /** Requests in a window. */
  readonly rateLimit: number
  /** Milliseconds that an answer takes. */
  readonly latency?: number
  /** Without one each process is on its own. */
  readonly redis?: false
}

/** Several who use one Intercom with one token, in turn. */
export interface Replicated {
  readonly upstream: Awaited<ReturnType<typeof intercom>>
  readonly redis: RedisServer
  readonly processes: number
  /** One search that nobody else makes; whether it was answered. */
  readonly call: () => Promise<boolean>
  /** Resolves once all know that Redis is away. */
  readonly alone: () => Promise<unknown>
  readonly close: () => Promise<void>
}

/** As if nobody told what is left. */
const heedless: Budget = { delay: () => 0, spend: () => {}, learn: () => {}, window: () => undefined }

/** Clients of this process, each as a process of its own would have it. */
export const replicatedHere = async ({ processes, rateLimit, redis: shared }: Wanted): Promise<Replicated> => {
  const [upstream, redis] = await Promise.all([intercom(rateLimit, 0), shared === false ? undefined : redisServer()])
  const all = await Promise.all(Array.from({ length: redis ? processes : 0 }, () => openReplicas(redis!.url, { now: Date.now, tell: () => {} })))
  const { url: baseUrl, token } = upstream
  const clients = Array.from({ length: processes }, (_, at) => createClient({ upstream: { baseUrl, token }, budget: all[at]?.of('one', token).budget() ?? heedless }))
  let serial = 0
  return {
    upstream,
    redis: redis as RedisServer,
    processes,
    call: () => {
      const query = { field: 'email', operator: '=', value: `nobody${(serial += 1)}@example.com` } as const
      return clients[serial % processes]!.call(searchContacts, { query }).then(() => true, () => false)
    },
    alone: () => until(() => all.every((each) => !each.state().reachable)),
    close: async () => {
      await Promise.all([...clients, ...all].map((each) => each.close()))
      await Promise.all([upstream.close(), redis?.close()])
    },
  }
}

export interface Served extends Replicated {
  /** The servers' own addresses. */
  readonly urls: readonly string[]
}

/** Several servers behind one proxy. */
export const replicated = async ({ processes, rateLimit, latency = 0, redis: shared }: Wanted): Promise<Served> => {
  const [upstream, redis] = await Promise.all([intercom(rateLimit, latency), shared === false ? undefined : redisServer()])
  const env = { INTERCOM_BASE_URL: upstream.url, INTERCOM_ACCESS_TOKEN: upstream.token, INTERCOM_MCP_CONFIRM: '', ...(redis && { REDIS_URL: redis.url }) }
  const programs = Array.from({ length: processes }, () => new Program(['http', '--port', '0', '--toolsets', 'all'], env))
  const urls = await Promise.all(programs.map((program) => program.said(/serving MCP at (\S+)/)))
  const proxy = await roundRobin(urls)
  const pool = new Pool(proxy.url, { connections: 64 * processes })
  let serial = 0
  return {
    redis: redis as RedisServer,
    urls,
    processes,
    upstream,
    call: async (): Promise<boolean> => {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'search_contacts', arguments: { filters: [{ field: 'email', value: `nobody${(serial += 1)}@example.com` }] } } })
      const { statusCode, body: answer } = await pool.request({ method: 'POST', path: '/mcp', headers, body })
      const text = await answer.text()
      return statusCode === 200 && !text.includes('"isError":true')
    },
    alone: () => Promise.all(programs.map((program) => program.said(/Redis cannot be reached/))),
    close: async () => {
      for (const { child } of programs) child.kill('SIGKILL')
      await Promise.all([...programs.map((program) => program.ended()), pool.destroy()])
      proxy.close()
      await Promise.all([upstream.close(), redis?.close()])
    },
  }
}

/** Resolves once every process has answered, and what it does at first is done. */
export const warm = async ({ call, processes }: Replicated): Promise<void> => {
  for (let round = 0; round < 2; round += 1) await Promise.all(Array.from({ length: 2 * processes }, call))
}

const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2025-11-25' }

/** Keeps so many calls under way for so long, and counts those that were answered well and those that were not. */
export const saturated = async ({ call }: Pick<Replicated, 'call'>, width: number, ms: number) => {
  const end = Date.now() + ms
  const told = { well: 0, ill: 0 }
  const caller = async () => {
    while (Date.now() < end) told[(await call()) ? 'well' : 'ill'] += 1
  }
  const all = Promise.all(Array.from({ length: width }, caller))
  await Promise.race([all, sleep(ms)])
  const within = { ...told }
  all.catch(() => {}) // those that wait for the next window end with the servers
  return within
}

/** What was seen over some windows. */
export const summed = (windows: readonly Seen[]): Seen & { readonly share: number } => {
  const [answered, refused] = (['answered', 'refused'] as const).map((key) => windows.reduce((sum, seen) => sum + seen[key], 0)) as [number, number]
  return { answered, refused, share: refused / (answered + refused) }
}
