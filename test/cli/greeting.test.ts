import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { hello } from './program.ts'

const started = async ({ isTTY, env = {}, args = [] }: { isTTY?: boolean; env?: Record<string, string>; args?: string[] }) => {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough().setEncoding('utf8'), new PassThrough().setEncoding('utf8')]
  const stop = new AbortController().signal
  const code = main({ args, env, stdin: Object.assign(stdin, { isTTY }), stdout, stderr, self: ['/opt/node/bin/node', '/opt/intercom mcp/intercom-mcp.js'], stop })
  stdin.end(`${JSON.stringify({ jsonrpc: '2.0', ...hello })}\n`)
  return { code: await code, stdout: stdout.read() as string | null, stderr: stderr.read() as string | null }
}

const pasted = (greeting: string) =>
  JSON.parse(greeting.slice(greeting.indexOf('{'), greeting.lastIndexOf('}') + 1)) as { mcpServers: { intercom: { env?: object } } }

test('a person who starts the server by hand reads what it waits for, and a configuration to paste', async () => {
  const { code, stdout, stderr } = await started({ isTTY: true })
  expect(stderr).toMatch(/waits here for an MCP client/)
  expect(stderr).toMatch(/the simulated workspace \(in memory, nothing is kept\); set INTERCOM_ACCESS_TOKEN to use your own/)
  expect(pasted(stderr!)).toEqual({ mcpServers: { intercom: { command: '/opt/node/bin/node', args: ['/opt/intercom mcp/intercom-mcp.js'] } } })
  expect(JSON.parse(stdout!)).toMatchObject({ id: 1, result: {} })
  expect(code).toBe(0)
})

test.each([
  [{ INTERCOM_ACCESS_TOKEN: 'secret-token' }, 'Intercom (us, https://api.intercom.io)'],
  [{ INTERCOM_ACCESS_TOKEN: 'secret-token', INTERCOM_REGION: 'eu' }, 'Intercom (eu, https://api.eu.intercom.io)'],
  [{ INTERCOM_ACCESS_TOKEN: 'secret-token', INTERCOM_BASE_URL: 'http://localhost:8214/' }, 'the workspace at http://localhost:8214'],
])('%j is greeted with which Intercom answers, and never with the token', async (env, upstream) => {
  const { stderr } = await started({ isTTY: true, env })
  expect(stderr).toContain(`It answers from ${upstream}.`)
  expect(stderr).not.toContain('secret-token')
  expect(pasted(stderr!).mcpServers.intercom.env).toEqual({ ...env, INTERCOM_ACCESS_TOKEN: '<your token>' })
})

test('a file is shown by its whole path, for a client starts in a folder of its own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-'))
  const file = join(folder, 'w.db')
  const near = relative(process.cwd(), file)
  for (const args of [['--workspace-file', near, '--region', 'us'], [`--workspace-file=${near}`]]) {
    const { stderr } = await started({ isTTY: true, args })
    expect(pasted(stderr!).mcpServers.intercom).toMatchObject({ args: ['/opt/intercom mcp/intercom-mcp.js', ...args.map((word) => word.replace(near, file))] })
  }
  const { stderr } = await started({ isTTY: true, env: { INTERCOM_WORKSPACE_FILE: near } })
  expect(pasted(stderr!).mcpServers.intercom.env).toEqual({ INTERCOM_WORKSPACE_FILE: file })
  rmSync(folder, { recursive: true })
})

test('a client is not greeted', async () => {
  expect(await started({})).toMatchObject({ code: 0, stderr: null })
})
