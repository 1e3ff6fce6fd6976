import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll } from 'vitest'
import { built, environment, Program } from '../cli/program.ts'

/** How a server is reached: what to start it with, or its address. */
export type Target = { readonly args: readonly string[]; readonly env?: Record<string, string> } | { readonly url: string; readonly headers?: Record<string, string> }

/** Both ways to reach the built server; the one over HTTP is started for the test file and ends with it. */
export const transports = (): { readonly targets: Readonly<Record<string, () => Promise<Target>>>; readonly matrix: (...kinds: readonly string[]) => { transport: string; kind: string }[] } => {
  const server = new Program(['http', '--port', '0'])
  afterAll(async () => {
    server.child.kill()
    await server.ended()
  })
  const targets = { stdio: async () => ({ args: [] }), 'Streamable HTTP': async () => ({ url: await server.said(/serving MCP at (\S+)/) }) }
  return { targets, matrix: (...kinds) => Object.keys(targets).flatMap((transport) => kinds.map((kind) => ({ transport, kind }))) }
}

/** What the clients of both SDKs can do, as far as the tests ask. */
export type AnyClient = Client | ClientV1

const identity = { name: 'test', version: '1.0.0' }

const connectV1 = async (target: Target): Promise<ClientV1> => {
  const client = new ClientV1(identity)
  await client.connect('url' in target ? new HttpV1(new URL(target.url), { requestInit: { headers: target.headers } }) : new StdioV1(child(target)))
  return client
}

const connectV2 = (mode: 'legacy' | 'auto' | { pin: '2026-07-28' }) => async (target: Target): Promise<Client> => {
  const client = new Client(identity, { versionNegotiation: { mode } })
  await client.connect('url' in target ? new StreamableHTTPClientTransport(new URL(target.url), { requestInit: { headers: target.headers } }) : new StdioClientTransport(child(target)))
  return client
}

const child = ({ args, env }: Extract<Target, { args: unknown }>) => ({ command: process.execPath, args: [built, ...args], env: environment(env), stderr: 'ignore' as const })

/** A client of each kind there is in the world: both SDKs, both eras of the protocol, and one that finds out. */
export const clients: Readonly<Record<string, (target: Target) => Promise<AnyClient>>> = {
  'SDK v1': connectV1,
  'SDK v2 speaking 2025-11-25': connectV2('legacy'),
  'SDK v2 that asks which': connectV2('auto'),
  'SDK v2 speaking only 2026-07-28': connectV2({ pin: '2026-07-28' }),
}
