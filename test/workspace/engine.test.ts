import { afterEach, describe, expect, test } from 'vitest'
import { ErrorList } from '../../src/contract/shape.ts'
import { type Asking, asking, morning } from './asking.ts'

const opened: Asking[] = []
const open = (options: Parameters<typeof asking>[0] = {}): Asking => {
  const one = asking({ seed: 'empty', ...options })
  opened.push(one)
  return one
}
afterEach(() => opened.splice(0).forEach(({ workspace }) => workspace.close()))

const refusal = (status: number, code: string, message: unknown = expect.any(String)) => ({
  status,
  body: { type: 'error.list', request_id: expect.stringMatching(/^[0-9a-v]{20}$/), errors: [expect.objectContaining({ code, message })] },
})

describe('every answer', () => {
  test('names the time, the version, the request and the rate budget', async () => {
    const { ask } = open()
    const { headers } = await ask('GET', '/me')
    expect(Object.fromEntries(headers)).toEqual({
      'content-type': 'application/json; charset=utf-8',
      date: 'Sat, 22 Nov 2025 15:26:40 GMT',
      'intercom-version': '2.13',
      'x-ratelimit-limit': '1667',
      'x-ratelimit-remaining': '1666',
      'x-ratelimit-reset': String(morning + 10 - (morning % 10)),
      'x-request-id': expect.stringMatching(/^[0-9a-v]{20}$/),
    })
  })

  test('to a refused request repeats the request id in its body', async () => {
    const { ask } = open()
    const { headers, body } = await ask('GET', '/contacts/nobody')
    expect(body.request_id).toBe(headers.get('x-request-id'))
    expect(ErrorList.safeParse(body).success).toBe(true)
  })
})

describe('tokens', () => {
  test.each([['missing', ''], ['unknown', 'Bearer wrong'], ['of another scheme', 'Basic abc']])('one that is %s is refused', async (_, authorization) => {
    const { ask } = open()
    expect(await ask('GET', '/me', undefined, { authorization })).toMatchObject(refusal(401, 'unauthorized', 'Access Token Invalid'))
  })

  test('the read-only one reads, and is told which scope a write lacks', async () => {
    const { ask, workspace } = open()
    const authorization = `Bearer ${workspace.readOnlyToken}`
    expect((await ask('GET', '/contacts', undefined, { authorization })).status).toBe(200)
    expect(await ask('POST', '/contacts', { role: 'lead' }, { authorization })).toMatchObject(
      refusal(403, 'forbidden', 'You do not have the required scope (write_users_companies) to access this resource'),
    )
  })

  test('have just the permissions they were given', async () => {
    const { ask, workspace } = open({ tokens: [{ token: 'tickets-only', permissions: ['Read tickets'] }] })
    expect(workspace).toMatchObject({ token: 'tickets-only' })
    expect(workspace.readOnlyToken).toBeUndefined()
    expect((await ask('GET', '/ticket_states')).status).toBe(200)
    expect(await ask('GET', '/me')).toMatchObject(refusal(403, 'forbidden', expect.stringContaining('(read_single_admin)')))
  })

  test('without a permission are answered 401 where the switch says so', async () => {
    const { ask } = open({ tokens: [{ token: 't', permissions: [] }], missingPermission: 401 })
    expect(await ask('GET', '/me')).toMatchObject(refusal(401, 'token_unauthorized', 'Not authorized to access resource'))
  })
})

describe('versions', () => {
  test.each(['1.0', '2.0', '2.13', '2.14', 'Unstable', 'Preview'])('%s is served and echoed', async (version) => {
    const { ask } = open()
    const { status, headers } = await ask('GET', '/me', undefined, { 'intercom-version': version })
    expect([status, headers.get('intercom-version')]).toEqual([200, version])
  })

  test.each(['2.99', 'latest', '2'])('%s could not be found', async (version) => {
    const { ask } = open()
    expect(await ask('GET', '/me', undefined, { 'intercom-version': version })).toMatchObject(
      refusal(400, 'intercom_version_invalid', 'The requested version could not be found'),
    )
  })
})

describe('the rate limit', () => {
  test('counts per token, refuses the rest of the window, and begins again', async () => {
    const { ask, clock, workspace } = open({ rateLimit: 2 })
    const remaining = async () => (await ask('GET', '/me')).headers.get('x-ratelimit-remaining')
    expect([await remaining(), await remaining()]).toEqual(['1', '0'])
    expect(await ask('GET', '/me')).toMatchObject(refusal(429, 'rate_limit_exceeded', 'Exceeded rate limit of 2 in 10_seconds'))
    expect((await ask('GET', '/me', undefined, { authorization: `Bearer ${workspace.readOnlyToken}` })).status).toBe(200)
    clock.seconds += 10
    expect(await remaining()).toBe('1')
  })
})

describe('paths and methods', () => {
  const unavailable = refusal(400, 'intercom_version_invalid', 'Requested resource is not available in current API version')

  test.each(['/', '/nothing', '/contacts/', '/contacts//archive', '/contacts/a/b/c', '/Contacts'])('%s is not in this version', async (path) => {
    const { ask } = open()
    expect(await ask('GET', path)).toMatchObject(unavailable)
  })

  test('a known path with another method names the methods it has', async () => {
    const { ask } = open()
    const answer = await ask('PATCH', '/contacts/123')
    expect(answer).toMatchObject(refusal(405, 'method_not_allowed'))
    expect(answer.headers.get('allow')).toBe('DELETE, GET, PUT, HEAD, OPTIONS')
  })

  test('a fixed segment is never an id', async () => {
    const { ask } = open()
    expect((await ask('GET', '/contacts/search')).status).toBe(405)
    expect((await ask('DELETE', '/contacts/merge')).status).toBe(405)
  })

  test('HEAD is GET without a body, OPTIONS tells the methods', async () => {
    const { ask } = open()
    const head = await ask('HEAD', '/me')
    expect([head.status, head.body, head.headers.get('content-type')]).toEqual([200, undefined, 'application/json; charset=utf-8'])
    const options = await ask('OPTIONS', '/contacts')
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, GET, HEAD, OPTIONS'])
  })
})

describe('bodies', () => {
  test.each([
    ['not JSON', '{"email":', 400, 'bad_request'],
    ['a list', '[]', 400, 'bad_request'],
    ['a word', '"lead"', 400, 'bad_request'],
  ])('%s is refused', async (_, body, status, code) => {
    const { ask } = open()
    expect(await ask('POST', '/contacts', body)).toMatchObject(refusal(status, code))
  })

  test('bytes that are not UTF-8 are no JSON', async () => {
    const { workspace } = open()
    const headers = { authorization: `Bearer ${workspace.token}`, 'content-type': 'application/json' }
    const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])
    expect((await workspace.fetch(new Request('http://w.localhost/contacts', { method: 'POST', headers, body }))).status).toBe(400)
  })

  test('must be declared as JSON', async () => {
    const { ask } = open()
    expect(await ask('POST', '/contacts', 'role=lead', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject(
      refusal(415, 'unsupported'),
    )
    expect((await ask('POST', '/contacts', { role: 'lead' }, { 'content-type': 'application/json; charset=utf-8' })).status).toBe(200)
  })

  test('have a largest size', async () => {
    const { ask } = open({ maxBodyBytes: 100 })
    expect(await ask('POST', '/contacts', { role: 'lead', name: 'x'.repeat(100) })).toMatchObject(refusal(413, 'client_error'))
  })

  test('only what can be answered may be asked for', async () => {
    const { ask } = open()
    expect((await ask('GET', '/me', undefined, { accept: 'text/html' })).status).toBe(406)
    expect((await ask('GET', '/me', undefined, { accept: 'text/html, */*;q=0.1' })).status).toBe(200)
  })

  test('a missing field is told apart from a wrong one, and both are named', async () => {
    const { ask } = open()
    expect(await ask('POST', '/contacts/merge', { from: 'a' })).toMatchObject(refusal(400, 'parameter_not_found', expect.stringContaining('into')))
    expect(await ask('POST', '/contacts', { role: 'visitor' })).toMatchObject(refusal(400, 'parameter_invalid', expect.stringContaining('role')))
    expect(await ask('GET', '/contacts?per_page=many')).toMatchObject(refusal(400, 'parameter_invalid', expect.stringContaining('per_page')))
  })

  test('a delete may carry one', async () => {
    const { ask } = open()
    const { body: lead } = await ask('POST', '/contacts', { role: 'lead' })
    expect((await ask('DELETE', `/contacts/${lead.id}`, { reason: 'asked' })).body).toMatchObject({ id: lead.id, deleted: true })
    expect((await ask('DELETE', `/contacts/${lead.id}`, '{')).status).toBe(400)
  })

  test('a fraction of a second is dropped, and a number may come as text', async () => {
    const { ask } = open()
    const { body } = await ask('POST', '/contacts', { role: 'lead', signed_up_at: 1_700_000_000.9, last_seen_at: '1700000001' })
    expect(body).toMatchObject({ signed_up_at: 1_700_000_000, last_seen_at: 1_700_000_001 })
  })
})

describe('what goes wrong inside', () => {
  test('is answered as a 500 in the usual shape, and reported', async () => {
    const reported: unknown[] = []
    const { workspace } = open({ report: (error) => reported.push(error) })
    workspace.close()
    const response = await workspace.fetch(new Request('http://w.localhost/me', { headers: { authorization: `Bearer ${workspace.token}` } }))
    opened.pop()
    expect({ status: response.status, body: await response.json() }).toMatchObject(refusal(500, 'server_error'))
    expect(reported).toHaveLength(1)
  })
})
