import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { built, environment, Program, run } from '../cli/program.ts'
import type { Answer, Connected, Framework, Reach } from './framework.ts'

const env = { INTERCOM_MCP_CONFIRM: 'all' }

/** A server with these flags on a simulated workspace of its own, and how to reach it. Headers are for HTTP only, besides the key. */
export type Serve = (flags: readonly string[], headers?: Readonly<Record<string, string>>) => Promise<Reach>

const servers: Program[] = []
const connections: Connected[] = []

const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-frameworks-'))
const file = join(folder, 'keys.json')

/** The key that all agents show, as the command for it makes one. */
let made: Promise<string> | undefined
const makeKey = async (): Promise<string> => {
  const [key, entry] = (await run(['key', '--name', 'agent'])).stdout.split('\n') as [string, string]
  writeFileSync(file, `{"keys": {${entry}}}`)
  return key
}

export const http: Serve = async (flags, headers = {}) => {
  const key = await (made ??= makeKey())
  const server = new Program(['http', '--port', '0', '--keys', file, ...flags], env)
  servers.push(server)
  return { url: await server.said(/serving MCP at (\S+)/), headers: { authorization: `Bearer ${key}`, ...headers } }
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
    rmSync(folder, { recursive: true })
  })
