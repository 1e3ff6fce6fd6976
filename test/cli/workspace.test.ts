import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { Program, run } from './program.ts'

const programs: Program[] = []
afterEach(() => programs.splice(0).forEach(({ child }) => child.kill('SIGKILL')))

const serve = async (...args: string[]) => {
  const program = new Program(['workspace', '--port', '0', ...args])
  programs.push(program)
  const token = await program.said(/access token +(\S+)/)
  await program.said(/With intercom-mcp/)
  const url = /at (http:\/\/\S+)/.exec(program.stderr)![1]!
  const readOnlyToken = /read-only token +(\S+)/.exec(program.stderr)?.[1]
  return { program, url, token, readOnlyToken }
}

const ask = async (url: string, token: string, path: string, body?: object) => {
  const headers = { authorization: `Bearer ${token}`, 'intercom-version': '2.13', 'content-type': 'application/json' }
  const response = await fetch(url + path, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

test('it prints its address, its tokens and how to use them, on stderr', async () => {
  const { program, url, token, readOnlyToken } = await serve()
  expect((await ask(url, token, '/me')).body).toMatchObject({ type: 'admin', name: 'Ines Calloway' })
  expect((await ask(url, readOnlyToken!, '/me')).status).toBe(200)
  expect((await ask(url, readOnlyToken!, '/contacts', { email: 'new@example.com' })).status).toBe(403)
  expect(program.stderr).toContain(`curl -H 'Authorization: Bearer ${token}'`)
  expect(program.stderr).toContain(`new IntercomClient({ token: '${token}', environment: '${url}'`)
  program.child.kill('SIGTERM')
  expect(await program.ended()).toBe(0)
  expect(program.stdout).toBe('')
})

test('the lines it prints connect a server to it', async () => {
  const { url, token, program } = await serve()
  expect(program.stderr).toContain(`INTERCOM_BASE_URL=${url} INTERCOM_ACCESS_TOKEN=${token} intercom-mcp`)
  const input = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_admins","arguments":{}}}\n'
  const { stdout } = await run([], { env: { INTERCOM_BASE_URL: url, INTERCOM_ACCESS_TOKEN: token }, input })
  expect(stdout).toContain('Ines Calloway')
})

test('a token and its permissions can be chosen', async () => {
  const { url, token } = await serve('--token', 'test-token', '--scope', 'Read tickets', '--scope', 'Read admins')
  expect(token).toBe('test-token')
  expect((await ask(url, token, '/admins')).status).toBe(200)
  expect((await ask(url, token, '/contacts')).status).toBe(403)
})

test('an empty workspace has no people', async () => {
  const { url, token } = await serve('--empty')
  expect((await ask(url, token, '/contacts')).body).toMatchObject({ data: [], total_count: 0 })
})

test('a file keeps the workspace and its tokens, also for a server that names it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-'))
  const file = join(folder, 'workspace.db')
  const first = await serve('--file', file)
  await ask(first.url, first.token, '/contacts', { role: 'user', external_id: 'kept-1', name: 'Kept Person' })
  first.program.child.kill('SIGKILL')
  await first.program.ended()

  const input = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_contact_by_external_id","arguments":{"external_id":"kept-1"}}}\n'
  const { stdout } = await run(['--workspace-file', file], { input })
  expect(stdout).toContain('Kept Person')
  const again = await serve('--file', file)
  expect(again.token).toBe(first.token)
  again.program.child.kill()
  await again.program.ended()
  rmSync(folder, { recursive: true })
})
