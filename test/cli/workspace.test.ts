import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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

test('it can be controlled, and says how', async () => {
  const { url, token, program } = await serve('--empty')
  expect(program.stderr).toContain(`curl ${url}/_workspace`)
  expect((await ask(url, token, '/_workspace/clock', { time: '2030-01-01T00:00:00Z', frozen: true })).status).toBe(200)
  expect((await ask(url, token, '/contacts', { role: 'lead' })).body).toMatchObject({ created_at: 1_893_456_000 })
  expect((await ask(url, token, '/_workspace/requests')).body).toMatchObject({ requests: [{ operation: 'create_contact', token: 'main' }] })
})

test('it can begin with a seed of your own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-'))
  const seed = join(folder, 'seed.json')
  const contact = { id: 'ada', role: 'user', name: 'Ada' }
  writeFileSync(seed, JSON.stringify({ collections: { contact: [contact] } }))
  const { url, token } = await serve('--seed', seed)
  expect((await ask(url, token, '/contacts')).body).toMatchObject({ total_count: 1, data: [{ id: 'ada', name: 'Ada' }] })

  writeFileSync(seed, JSON.stringify({ collections: { contact: [{ ...contact, role: 7 }] } }))
  expect(await run(['workspace', '--port', '0', '--seed', seed])).toMatchObject({
    code: 2,
    stderr: 'intercom-mcp: --seed: collections.contact[0].role: it must be text, such as "user", not a number\n',
  })
  expect((await run(['workspace', '--seed', join(folder, 'none.json')])).stderr).toMatch(/^intercom-mcp: --seed: cannot use \S+none\.json: ENOENT/)
  expect((await run(['workspace', '--seed', seed, '--empty'])).stderr).toContain('leave out one of the two')
  rmSync(folder, { recursive: true })
})

test('a seed that is not laid, since the file has a workspace, is said not to be', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-'))
  const [seed, file] = [join(folder, 'seed.json'), join(folder, 'w.db')]
  writeFileSync(seed, '\ufeff{"collections":{}}')
  const first = await serve('--seed', seed, '--file', file)
  expect(first.program.stderr).not.toContain('not laid')
  first.program.child.kill('SIGKILL')
  await first.program.ended()
  const { program } = await serve('--seed', seed, '--file', file)
  await program.said(/--seed was not laid: \S+w\.db has a workspace already; PUT http\S+seed replaces its data/)
  rmSync(folder, { recursive: true })
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
