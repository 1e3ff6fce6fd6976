import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../src/cli/doctor/report.ts'
import { regionOf } from '../../src/cli/doctor/connection.ts'
import { createClient } from '../../src/client/client.ts'
import { allPermissions } from '../../src/workspace/access.ts'
import { errorList, serve } from '../client/servers.ts'
import { type Served, served } from '../workspace/served.ts'
import { run } from './program.ts'

const everything = await allPermissions()

let room: Served
beforeAll(async () => {
  room = await served({ tokens: [{ token: 'doctors-secret', permissions: everything }] })
})
afterAll(() => room.stop())
const grant = (permissions: readonly string[]) => room.send('PUT /_workspace/tokens/main', { permissions }, {})
beforeEach(() => room.send('DELETE /_workspace/requests'))
afterEach(() => grant(everything))

const here = () => ({ INTERCOM_BASE_URL: room.server.url, INTERCOM_ACCESS_TOKEN: 'doctors-secret' })

/** Without what differs from one run, and one Node, to the next. */
const settled = (text: string): string =>
  text.replaceAll(room.server.url, 'http://workspace').replace(/in \d+ ms/, 'in … ms').replace(/^intercom-mcp \S+ on Node \S+/, 'intercom-mcp … on Node …')

const doctor = async (args: readonly string[], env: Record<string, string> = here()) => {
  const { code, stdout, stderr } = await run(['doctor', ...args], { env: { INTERCOM_MCP_CONFIRM: '', ...env } })
  expect(`${stdout}${stderr}`).not.toMatch(/doctors-secret|\n\s+at /) // neither the token nor a stack
  return { code, text: settled(stdout), stderr }
}

const report = async (args: readonly string[], env?: Record<string, string>) => {
  const { code, text } = await doctor(['--json', ...args], env)
  return { code, ...(JSON.parse(text) as Report) }
}

describe('all is well', () => {
  test('with the simulated workspace', async () => {
    const { code, text } = await doctor([], {})
    expect(code).toBe(0)
    await expect(text).toMatchFileSnapshot('../golden/doctor/simulated.txt')
  })

  test('with a token that may do everything: what is held is found out without writing', async () => {
    const { code, ok, permissions, problems, next, connection } = await report([])
    expect({ code, ok, problems, next }).toEqual({ code: 0, ok: true, problems: [], next: [] })
    expect(connection).toMatchObject({ accepted: true, workspace: { region: 'US' }, admin: { id: expect.any(String) as string }, notes: [] })
    expect(permissions!.map(({ name }) => name)).toEqual(everything)
    expect(permissions!.filter(({ state }) => state === 'missing')).toEqual([])
    const unknown = permissions!.filter(({ state }) => state === 'unknown').map(({ name }) => name)
    expect(unknown.filter((name) => name.startsWith('Read ') && !name.includes('write'))).toEqual([])
    const { requests } = (await room.send('GET /_workspace/requests')).body as { requests: { method: string; status: number }[] }
    expect(requests.map(({ method }) => method)).toEqual(requests.map(() => 'GET'))
    expect(requests.length).toBeLessThanOrEqual(16)
  })

  test('with what the settings switch off: each by the one that does', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'intercom-mcp-'))
    const policy = join(folder, 'policy.json')
    await writeFile(policy, '{"exclude_tools": ["search_tickets"]}')
    const { code, tools, settings } = await report(['--allow', 'write', '--policy', policy], { ...here(), INTERCOM_MCP_READ_ONLY: 'true' })
    await rm(folder, { recursive: true })
    expect(code).toBe(0)
    const off = (name: string) => tools!.off.find((each) => each.tools.includes(name))
    expect(off('search_tickets')).toMatchObject({ by: 'policy', because: `the policy file ${policy}` })
    expect(off('create_contact')).toMatchObject({ by: 'policy', because: 'INTERCOM_MCP_READ_ONLY', next: 'Change INTERCOM_MCP_READ_ONLY to allow them.' })
    expect(off('reply_conversation')).toMatchObject({ because: 'INTERCOM_MCP_READ_ONLY' }) // a note would be left by --allow write
    expect(off('delete_contact')).toMatchObject({ because: 'INTERCOM_MCP_READ_ONLY, --allow' })
    expect(tools!.listed).toContain('search_contacts')
    expect(tools!.listed.length + tools!.reached + tools!.off.flatMap((each) => each.tools).length).toBe(tools!.all)
    expect(settings).toEqual(expect.arrayContaining([{ name: '--allow', value: 'write', from: 'command line' }, { name: 'INTERCOM_MCP_READ_ONLY', value: 'true', from: 'environment' }]))
  })

  test('with tools that nobody chose: they are off for that', async () => {
    const { tools } = await report(['--toolsets', 'tickets,finder'])
    expect(tools!.off).toEqual([{ by: 'policy', because: '--toolsets', next: expect.stringContaining('--toolsets or --tools') as string, tools: expect.arrayContaining(['who_is_customer', 'search']) as string[] }])
  })

  test('as told in a terminal: nothing wider than it', async () => {
    const { text } = await doctor(['--read-only', '--toolsets', 'tickets,finder'], { ...here(), INTERCOM_REGION: 'eu' })
    await expect(text).toMatchFileSnapshot('../golden/doctor/read-only.txt')
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
  })
})

describe('a token that lacks permissions', () => {
  test('is told which, what is off for it and where to tick it', async () => {
    await grant(['Read tickets'])
    const { code, text } = await doctor([])
    expect(code).toBe(0) // the server works
    await expect(text).toMatchFileSnapshot('../golden/doctor/tickets-only.txt')
  })

  const told = everything.filter((name) => /^Read (?!and write)/.test(name) || name === 'Read and write AI content')
  test.each(told)('%s, alone, is named exactly', async (missing) => {
    await grant(everything.filter((name) => name !== missing))
    const { permissions, tools } = await report([])
    expect(permissions!.filter(({ state }) => state === 'missing').map(({ name }) => name)).toEqual([missing])
    expect(tools!.off.map(({ because }) => because)).toEqual([`"${missing}"`])
  })
})

describe('what keeps the server from working ends with 1, and says the next step', () => {
  test('a wrong setting', async () => {
    const { code, problems } = await report(['--region', 'mars'])
    expect({ code, problems }).toEqual({ code: 1, problems: [expect.stringMatching(/^--region: "mars" is not one of us, eu, au/)] })
  })

  test('settings that leave no tool', async () => {
    const { code, problems } = await report(['--read-only', '--tools', 'create_contact'])
    expect({ code, problems }).toEqual({ code: 1, problems: [expect.stringContaining('leave no tool')] })
  })

  test('a token that is not accepted', async () => {
    const { code, stderr, text } = await doctor([], { ...here(), INTERCOM_ACCESS_TOKEN: 'wrong' })
    expect(code).toBe(1)
    expect(stderr).toBe('intercom-mcp: one thing keeps the server from working; the report says which\n')
    await expect(text).toMatchFileSnapshot('../golden/doctor/not-accepted.txt')
  })

  test('nobody there', async () => {
    const { code, connection, problems } = await report([], { ...here(), INTERCOM_BASE_URL: 'http://127.0.0.1:1' })
    expect({ code, problems }).toEqual({ code: 1, problems: [expect.stringContaining('no connection to Intercom')] })
    expect(connection).not.toHaveProperty('accepted')
  })

  test('a page instead of an answer', async () => {
    const { baseUrl } = await serve(() => ({ headers: { 'content-type': 'text/html' }, body: '<html>' }))
    const { code, problems } = await report([], { ...here(), INTERCOM_BASE_URL: baseUrl })
    expect({ code, problems }).toEqual({ code: 1, problems: [expect.stringContaining('web page rather than JSON')] })
  })
})

test.each(['http://user:hidden@127.0.0.1:1', 'http://127.0.0.1:1/?key=hidden', 'http://127.0.0.1:1/#hidden'])('an address that must not hold a secret is shown without it: %s', async (address) => {
  for (const args of [[], ['--json']]) {
    const { code, text } = await doctor(args, { ...here(), INTERCOM_BASE_URL: address })
    expect(code).toBe(1)
    expect(text).toMatch(/leave out user, password, query and fragment/)
    expect(text).not.toContain('hidden')
  }
})

test('names that somebody chose do nothing to a terminal', async () => {
  const { baseUrl } = await serve(() => ({ body: { type: 'admin', id: '1', name: `\u001b[31mIda\u202e ${'x'.repeat(300)}`, app: { name: 'Paddle\n\u001b[2JWorks', id_code: 'abc' } } }))
  const { text } = await doctor([], { ...here(), INTERCOM_BASE_URL: baseUrl })
  expect(text).toContain('workspace  Paddle [2JWorks (abc)')
  expect(text).not.toMatch(/[\u001b\u202e]/)
  expect(text.split('\n').filter((line) => line.length > 96)).toEqual([])
})

test('a flag stands above the environment, which is told', async () => {
  const { settings } = await report(['--log-level', 'error'], { ...here(), INTERCOM_MCP_LOG_LEVEL: 'debug' })
  expect(settings).toEqual(expect.arrayContaining([
    { name: '--log-level', value: 'error', from: 'command line' },
    { name: 'INTERCOM_MCP_LOG_LEVEL', value: 'debug', from: 'environment', overruledBy: '--log-level' },
    { name: 'INTERCOM_ACCESS_TOKEN', value: 'set, and not shown', from: 'environment' },
  ]))
})

test('what takes longer than a moment says so on stderr', async () => {
  await room.send('POST /_workspace/faults', { kind: 'slow', operation: 'identify_admin', ms: 1_500 })
  const { code, stderr } = await doctor([])
  await room.send('DELETE /_workspace/faults')
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'intercom-mcp: asking Intercom what the token may do; this takes a few seconds\n' })
})

describe('the region that accepts a token', () => {
  const answering = async (accepted: boolean) => {
    const { baseUrl } = await serve(() => (accepted ? { body: { type: 'admin', id: '1' } } : { status: 401, body: errorList('unauthorized', 'Access Token Invalid') }))
    return createClient({ upstream: { baseUrl, token: 'a' } })
  }

  test('is named with what to set', async () => {
    expect(await regionOf(new Map([['eu', await answering(false)], ['au', await answering(true)]]))).toBe('The region au accepts it: set INTERCOM_REGION=au.')
  })

  test('is none', async () => {
    expect(await regionOf(new Map([['eu', await answering(false)], ['au', await answering(false)]]))).toBe('No other region accepts it either (eu, au).')
  })
})
