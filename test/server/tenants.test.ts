import { createHash } from 'node:crypto'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Program, run } from '../cli/program.ts'
import { canariesIn, canaryOf, manyIntercoms, tokenOf, type Trouble } from '../hardening/isolation-intercom.ts'

const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-tenants-'))
const [tenantsFile, keysFile] = [join(folder, 'tenants.json'), join(folder, 'keys.json')]

/** Written beside and renamed, as careful editors and mounted secrets do. */
const filed = (path: string, content: unknown): void => {
  writeFileSync(`${path}.new`, typeof content === 'string' ? content : JSON.stringify(content, undefined, 2))
  renameSync(`${path}.new`, path)
}

let intercom: Awaited<ReturnType<typeof manyIntercoms>>
let trouble: Trouble | undefined
const programs: Program[] = []
const serving = async (args: readonly string[], env: Record<string, string> = {}): Promise<{ readonly url: string; readonly program: Program }> => {
  const program = new Program(['http', '--port', '0', ...args], { INTERCOM_BASE_URL: intercom.url, ...env })
  programs.push(program)
  return { url: await program.said(/serving MCP at (\S+)/), program }
}

beforeAll(async () => {
  intercom = await manyIntercoms(() => trouble)
})
afterAll(async () => {
  for (const { child } of programs) child.kill()
  await Promise.all(programs.map((program) => program.ended()))
  await intercom.close()
  rmSync(folder, { recursive: true })
})

interface Answered {
  readonly status: number
  readonly text: string
}

const posted = async (url: string, headers: Record<string, string>, method: string, params: object): Promise<Answered> => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }) })
  return { status: response.status, text: await response.text() }
}

const called = (url: string, headers: Record<string, string>, name = 'get_contact', args: object = { id: '7' }): Promise<Answered> => posted(url, headers, 'tools/call', { name, arguments: args })

/** All that a subscription to changes of lists is told, as it comes. */
const listening = async (url: string, headers: Record<string, string>): Promise<{ readonly told: () => string; readonly over: () => boolean }> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'subscriptions/listen', params: { notifications: { promptsListChanged: true }, _meta } }),
  })
  let [told, over] = ['', false]
  const read = async () => {
    for await (const chunk of response.body!) told += Buffer.from(chunk as Uint8Array).toString('utf8') // a body of fetch is of bytes
  }
  void read().catch(() => {}).finally(() => (over = true))
  return { told: () => told, over: () => over }
}

const described = { protocolVersion: '2026-07-28', clientInfo: { name: 'test', version: '1' }, clientCapabilities: {} }
const _meta = Object.fromEntries(Object.entries(described).map(([key, value]) => [`io.modelcontextprotocol/${key}`, value]))

/** As soon as it holds, or with the error after a few seconds. */
const soon = async (check: () => Promise<void>, until = Date.now() + 15_000): Promise<void> => {
  await check().catch(async (error: unknown) => {
    if (Date.now() > until) throw error
    await setTimeout(100)
    await soon(check, until)
  })
}

const keyOf = (name: string): string => `key-of-${name}-0123456789-0123456789-0123456789`
const by = (name: string) => ({ authorization: `Bearer ${keyOf(name)}` })
const keys = (tenants: Readonly<Record<string, string | undefined>>) => ({
  keys: Object.fromEntries(Object.entries(tenants).map(([name, tenant]) => [name, { sha256: createHash('sha256').update(keyOf(name)).digest('hex'), tenant }])),
})

const [acme, globex, other] = [1, 2, 3]
const own = (tenant: number) => ({ status: 200, text: expect.stringContaining(canaryOf(tenant)) as string })
const notServed = { status: 403, text: expect.stringContaining('Your credential is for no tenant that is served here.') as string }

describe('tenants of a file', () => {
  let url: string
  let program: Program
  beforeAll(async () => {
    filed(tenantsFile, { tenants: { acme: { token: tokenOf(acme) }, globex: { token_variable: 'GLOBEX', policy: { exclude_tools: ['create_tag'] } } } })
    filed(keysFile, keys({ ann: 'acme', adam: 'acme', gus: 'globex', nobody: undefined }))
    ;({ url, program } = await serving(['--tenants', tenantsFile, '--keys', keysFile, '--log-level', 'info'], { GLOBEX: tokenOf(globex), INTERCOM_MCP_CONFIRM: 'all' }))
  })

  test('each caller uses the Intercom of their tenant, under its policy', async () => {
    expect(await called(url, by('ann'))).toEqual(own(acme))
    expect(await called(url, by('gus'))).toEqual(own(globex))
    expect(canariesIn((await called(url, by('gus'))).text)).toEqual([canaryOf(globex)])
    const tag = { operation: 'create_tag', input: { name: 'VIP' } }
    expect(await called(url, by('ann'), 'call_write_operation', tag)).toEqual(own(acme))
    expect((await called(url, by('gus'), 'call_write_operation', tag)).text).toContain('does not allow create_tag')
  })

  test('a credential that names no tenant uses none of several', async () => {
    expect(await called(url, by('nobody'))).toEqual(notServed)
  })

  test('a confirmation given to one principal or tenant is worth as much to another as one made up', async () => {
    const destroy = { operation: 'delete_contact', input: { id: '7' } }
    const destroying = (name: string, confirm_token?: string) => called(url, by(name), 'call_destructive_operation', confirm_token === undefined ? destroy : { ...destroy, input: { id: '7', confirm_token } })
    const [, token = ''] = /confirm_token \\"([\w-]+)\\"/.exec((await destroying('ann')).text) ?? []
    expect(token).not.toBe('')
    const madeUp = await destroying('adam', 'A'.repeat(token.length))
    expect(madeUp.text).toContain('not for this call')
    for (const name of ['adam', 'gus']) expect((await destroying(name, token)).text).toBe(madeUp.text)
    expect((await destroying('ann', token)).text).toContain('deleted')
  })

  test('an idempotency key of one principal is new to another', async () => {
    const noting = (name: string, body: string) => called(url, by(name), 'call_write_operation', { operation: 'create_note', input: { contact_id: '7', body, idempotency_key: 'one' } })
    expect(await noting('ann', 'hers')).toEqual(own(acme))
    expect((await noting('ann', 'something else')).text).toContain('idempotency key was used before')
    expect(await noting('adam', 'something else')).toEqual(own(acme))
  })

  test('a session of one principal is as unknown to another as one that never was', async () => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...by('ann'), 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } } }),
    })
    await response.text()
    const session = response.headers.get('mcp-session-id')!
    const neverWas = await called(url, { ...by('adam'), 'mcp-session-id': 'never-was' })
    expect(neverWas.status).toBe(404)
    for (const name of ['adam', 'gus']) expect(await called(url, { ...by(name), 'mcp-session-id': session })).toEqual(neverWas)
    expect(await called(url, { ...by('ann'), 'mcp-session-id': session })).toEqual(own(acme))
  })

  test('a change is told to those of its tenant only', async () => {
    const [hers, his] = [await listening(url, by('ann')), await listening(url, by('gus'))]
    const changing = async (name: string) => {
      trouble = 'forbidden'
      await called(url, by(name), 'list_segments', {})
      trouble = undefined
    }
    const times = (text: string) => text.split('list_changed').length - 1
    await changing('gus')
    await soon(async () => expect(times(his.told())).toBe(1))
    await changing('ann')
    await soon(async () => expect(times(hers.told())).toBe(1)) // that of his would have come before
    expect(times(his.told())).toBe(1)
  })

  test('headers bring no token where the operator does not allow it, and it is told', async () => {
    for (const headers of [{ 'intercom-token': tokenOf(other) }, { 'intercom-region': 'eu' }] as Record<string, string>[])
      expect(await called(url, { ...by('ann'), ...headers })).toEqual({ status: 403, text: expect.stringContaining('takes no access tokens from its callers') as string })
  })

  test('what was written under a key is remembered when the policy of its tenant changes', async () => {
    filed(tenantsFile, { tenants: { acme: { token: tokenOf(acme), policy: { max_items: 5 } }, globex: { token_variable: 'GLOBEX' } } })
    await program.said(/read \S*(tenants\.json) again/)
    expect((await called(url, by('ann'), 'call_write_operation', { operation: 'create_note', input: { contact_id: '7', body: 'a third', idempotency_key: 'one' } })).text).toContain('idempotency key was used before')
  })

  test('a broken file changes nothing, and is told with its line', async () => {
    filed(tenantsFile, '{\n  "tenants": {\n    "acme": { "token": "a", "region": "uk" }\n  }\n}')
    await program.said(/(tenants\.json:3: tenants\.acme\.region: use one of us, eu, au; the tenants stay as they were)/)
    expect(await called(url, by('ann'))).toEqual(own(acme))
  })

  test('a secret that was missing when the file was read is found when it is there, and again when it changes', async () => {
    filed(keysFile, keys({ ann: 'acme', gus: 'globex', lena: 'late' }))
    filed(tenantsFile, { tenants: { acme: { token: tokenOf(acme) }, globex: { token_variable: 'GLOBEX' }, late: { token_file: 'late.token' } } })
    await program.said(/(tenants\.late\.token_file: the file cannot be read: ENOENT)/)
    filed(join(folder, 'late.token'), tokenOf(5))
    await soon(async () => expect(await called(url, by('lena'))).toEqual(own(5)))
    filed(join(folder, 'late.token'), `${tokenOf(6)}\r\n`)
    await soon(async () => expect(await called(url, by('lena'))).toEqual(own(6)))
  })

  test('a changed file is read again: what is under way is answered, who is gone is not served, who is new is', async () => {
    filed(keysFile, keys({ ann: 'acme', gus: 'globex', otto: 'other' }))
    const subscriptions = [await listening(url, by('gus')), await listening(url, { ...by('gus'), 'x-mcp-max-items': '2000' })]
    for (let each = 1; each <= 1000; each += 1) await posted(url, { ...by('gus'), 'x-mcp-max-items': String(each) }, 'ping', {}) // what was made for these streams makes room
    trouble = 'slow'
    const underWay = called(url, by('gus'))
    await setTimeout(50)
    trouble = undefined
    filed(tenantsFile, { tenants: { acme: { token: tokenOf(4) }, other: { token: tokenOf(other) } } })
    await soon(async () => expect(await called(url, by('otto'))).toEqual(own(other)))
    expect(await called(url, by('gus'))).toEqual(notServed)
    expect(await underWay).toEqual(own(globex))
    expect(canariesIn((await called(url, by('ann'))).text)).toEqual([canaryOf(4)])
    await soon(async () => expect(subscriptions.map(({ over }) => over())).toEqual([true, true]))
  })
})

describe('tokens that callers bring', () => {
  let url: string
  beforeAll(async () => {
    ;({ url } = await serving(['--caller-tokens', '--toolsets', 'contacts', '--read-only']))
  })

  test('choose the Intercom of each call, within what the operator allows', async () => {
    expect(await called(url, { 'intercom-token': tokenOf(acme) })).toEqual(own(acme))
    expect(await called(url, { 'intercom-token': `Bearer ${tokenOf(globex)}`, 'intercom-region': 'EU' })).toEqual(own(globex))
    const { text } = await posted(url, { 'intercom-token': tokenOf(acme) }, 'tools/list', {})
    expect(text).toContain('get_contact')
    expect(text).not.toMatch(/create_contact|get_ticket/)
  })

  test.each<[string, Record<string, string>, number, string]>([
    ['no token', {}, 403, 'send that of your Intercom in the header Intercom-Token'],
    ['an empty one', { 'intercom-token': '' }, 400, 'is not an access token'],
    ['one with a space', { 'intercom-token': 'hush hush' }, 400, 'is not an access token'],
    ['another region', { 'intercom-token': 'hush', 'intercom-region': 'hush' }, 400, 'Intercom-Region is one of us, eu, au'],
    ['a region alone', { 'intercom-region': 'eu' }, 400, 'goes with Intercom-Token'],
  ])('%s is refused in words that repeat nothing', async (_, headers, status, words) => {
    const refused = await called(url, headers)
    expect(refused).toEqual({ status, text: expect.stringContaining(words) as string })
    expect(refused.text).not.toContain('hush')
  })
})

test('a credential for one tenant brings no token besides; one for none does, and only so', async () => {
  filed(tenantsFile, { tenants: { acme: { token: tokenOf(acme) } } })
  filed(keysFile, keys({ ann: 'acme', nobody: undefined }))
  const { url } = await serving(['--tenants', tenantsFile, '--keys', keysFile, '--caller-tokens'])
  const bringing = { 'intercom-token': tokenOf(globex) }
  expect(await called(url, by('ann'))).toEqual(own(acme))
  expect(await called(url, { ...by('ann'), ...bringing })).toEqual({ status: 403, text: expect.stringContaining('is for one tenant of this server') as string })
  expect(await called(url, { ...by('nobody'), ...bringing })).toEqual(own(globex))
  expect(await called(url, by('nobody'))).toEqual({ status: 403, text: expect.stringContaining('has no access token for you') as string })
  expect((await called(url, bringing)).status).toBe(401)
})

describe('what cannot be meant', () => {
  test.each<[string[], Record<string, string>, RegExp]>([
    [['--tenants', 'nowhere.json'], {}, /the tenants file cannot be read: ENOENT/],
    [['--caller-tokens'], { INTERCOM_ACCESS_TOKEN: 'a' }, /with --caller-tokens, INTERCOM_ACCESS_TOKEN is not used; leave out one of the two/],
    [['--tenants', 'a.json', '--workspace-file', 'b.db'], {}, /with --tenants, a workspace file is not used; leave out one of the two/],
  ])('%j with %j is refused at the start', async (args, env, words) => {
    const { code, stderr } = await run(['http', '--port', '0', ...args], { env })
    expect(stderr).toMatch(words)
    expect(code).toBe(2)
  })

  test('a key for a tenant that there is not', async () => {
    filed(tenantsFile, { tenants: { acme: { token: 'a' } } })
    filed(keysFile, keys({ ann: 'acme', gus: 'globx' }))
    const { code, stderr } = await run(['http', '--port', '0', '--tenants', tenantsFile, '--keys', keysFile])
    expect(stderr).toMatch(/keys\.json:9: keys\.gus\.tenant: there is no tenant globx/)
    expect(code).toBe(2)
  })
})
