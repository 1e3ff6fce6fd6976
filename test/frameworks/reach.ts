import { afterAll } from 'vitest'
import { built, environment, Program } from '../cli/program.ts'
import type { Answer, Connected, Framework, Reach } from './framework.ts'

const env = { INTERCOM_MCP_CONFIRM: 'all' }

/** By transport: a server with these flags on a simulated workspace of its own, and how to reach it. Headers are for HTTP only. */
export type Serve = (flags: readonly string[], headers?: Readonly<Record<string, string>>) => Promise<Reach>

const servers: Program[] = []
const connections: Connected[] = []

const http: Serve = async (flags, headers = {}) => {
  const server = new Program(['http', '--port', '0', ...flags], env)
  servers.push(server)
  return { url: await server.said(/serving MCP at (\S+)/), headers }
}

const stdio: Serve = async (flags) => ({ command: process.execPath, args: [built, ...flags], env: environment(env) })

export const transports: readonly (readonly [string, Serve])[] = [['HTTP', http], ['stdio', stdio]]

/** Connects, until the tests of the file are over. */
export const connect = async (framework: Framework, reach: Reach, person?: Answer): Promise<Connected> => {
  const connected = await framework.connect(reach, person)
  connections.push(connected)
  return connected
}

/** To be called once by a test file. */
export const endAll = (): void =>
  afterAll(async () => {
    await Promise.all(connections.map((connection) => connection.close()))
    for (const server of servers) server.child.kill()
    await Promise.all(servers.map((server) => server.ended()))
  })
