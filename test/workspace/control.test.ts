import { request } from 'node:http'
import { networkInterfaces } from 'node:os'
import { describe, expect, test } from 'vitest'
import { serve } from '../../src/workspace/serve.ts'
import { asking, morning } from './asking.ts'
import { served, withServed } from './served.ts'

const refusal = (status: number, code: string, message: unknown = expect.any(String)) => ({
  status,
  body: { type: 'error.list', errors: [expect.objectContaining({ code, message })] },
})

describe('control', () => {
  test('lists what there is, each with an example that a shell can run', () =>
    withServed({ seed: 'empty' }, async ({ send, server }) => {
      const { body } = await send('GET /_workspace')
      const routes = body.routes.map(({ route }: { route: string }) => route) as string[]
      expect(routes).toEqual(expect.arrayContaining(['POST /_workspace/reset', 'PUT /_workspace/seed', 'POST /_workspace/webhooks/{id}/ping']))
      for (const { example } of body.routes) expect(example).toContain(`${server.url}/_workspace/`)
      expect(body.routes[0].example).toBe(`curl -X POST ${server.url}/_workspace/reset -H 'Content-Type: application/json' -d '{"keep_clock":true}'`)
      const fields = Object.fromEntries(body.routes.map(({ route, takes }: { route: string; takes?: object }) => [route, takes]))
      expect(fields['GET /_workspace/clock']).toBeUndefined()
      expect(fields['POST /_workspace/faults']).toMatchObject({ kind: expect.stringMatching(/^"rate_limited" \| .*, required$/), probability: 'number, 1 when absent', count: 'integer' })
      expect(fields['POST /_workspace/webhooks']).toEqual({ url: 'string, required', topics: '[string, ...], required', secret: 'string' })
    }))

  test('answers HEAD, for whoever waits until it is there', () =>
    withServed({ seed: 'empty' }, async ({ server }) => {
      const asked = async (path: string) => (await fetch(server.url + path, { method: 'HEAD' })).status
      expect([await asked('/_workspace'), await asked('/_workspace/clock'), await asked('/_workspace/reset')]).toEqual([200, 200, 405])
    }))

  test.each([
    ['GET /_workspace/nothing', undefined, 404, 'not_found', expect.stringContaining('GET /_workspace lists')],
    ['GET /_workspace/%zz', undefined, 404, 'not_found', expect.any(String)],
    ['DELETE /_workspace/clock', undefined, 405, 'method_not_allowed', 'Method DELETE is not allowed here; use GET or POST'],
    ['POST /_workspace', {}, 405, 'method_not_allowed', 'Method POST is not allowed here; use GET'],
    ['POST /_workspace/clock', { tiem: 1 }, 400, 'parameter_invalid', 'Unrecognized key: "tiem"'],
    ['POST /_workspace/clock', { advance: -1 }, 400, 'parameter_invalid', 'advance: it must not be negative; `time` sets the clock back'],
    ['POST /_workspace/clock', { advance: '60' }, 400, 'parameter_invalid', 'advance: it must be whole seconds'],
    ['POST /_workspace/clock', { time: 'tomorrow' }, 400, 'parameter_invalid', expect.stringContaining('ISO 8601')],
    ['POST /_workspace/clock', { time: null }, 400, 'parameter_invalid', expect.stringContaining('ISO 8601')],
    ['POST /_workspace/clock', { time: morning * 1000 }, 400, 'parameter_invalid', expect.stringContaining('divide milliseconds by 1000')],
    ['POST /_workspace/clock', '{', 400, 'bad_request', 'Request body is not valid JSON'],
    ['GET /_workspace/requests?limit=0', undefined, 400, 'parameter_invalid', expect.stringContaining('limit: ')],
  ])('%s %j is refused with %i', (route, body, status, code, message) =>
    withServed({ seed: 'empty' }, async ({ send }) => {
      expect(await send(route, body)).toMatchObject(refusal(status, code, message))
    }))

  test('is no part of the API: neither its token nor its rate limit nor its journal is asked', () =>
    withServed({ seed: 'empty', rateLimit: 1 }, async ({ send }) => {
      for (let count = 0; count < 5; count++) expect((await send('GET /_workspace/clock', undefined, { authorization: '' })).status).toBe(200)
      expect((await send('GET /_workspace/requests')).body.requests).toEqual([])
    }))

  test('is not in the fetch that the embedded workspace answers with', async () => {
    const { ask, workspace } = asking({ seed: 'empty' })
    expect(await ask('GET', '/_workspace')).toMatchObject(refusal(400, 'intercom_version_invalid'))
    workspace.close()
  })
})

describe('a web page, a proxy and other machines', () => {
  const raw = (port: number, host: string, headers: Record<string, string>, method = 'POST') =>
    new Promise<{ status: number | undefined; headers: object }>((resolve, reject) => {
      const sent = request({ port, host, path: '/_workspace/reset', method, headers: { host: `127.0.0.1:${port}`, ...headers } })
      sent.on('response', (response) => resolve({ status: response.statusCode, headers: response.resume().headers }))
      sent.on('error', reject).end(method === 'POST' ? '{}' : undefined)
    })

  test.each([
    ['a page elsewhere', { origin: 'http://evil.example', 'content-type': 'application/json' }, 403],
    ['a page without a name', { origin: 'null', 'content-type': 'text/plain' }, 403],
    ['a page whose browser hides the origin', { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' }, 403],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['what does not say that it is JSON', {}, 415],
    ['a name that was rebound to this machine', { host: 'evil.example', 'content-type': 'application/json' }, 403],
    ['whoever is behind a proxy', { 'x-forwarded-for': '203.0.113.9', 'content-type': 'application/json' }, 403],
    ['whoever comes through a tunnel', { 'cf-connecting-ip': '203.0.113.9', 'content-type': 'application/json' }, 403],
    ['a program of this machine', { 'content-type': 'application/json; charset=utf-8' }, 200],
  ])('%s', (_, headers, status) =>
    withServed({ seed: 'empty' }, async ({ server }) => {
      expect((await raw(server.port, '127.0.0.1', headers)).status).toBe(status)
    }))

  test('a browser that asks first is not granted anything', () =>
    withServed({ seed: 'empty' }, async ({ server }) => {
      const asked = await raw(server.port, '127.0.0.1', { origin: 'http://evil.example', 'access-control-request-method': 'POST' }, 'OPTIONS')
      expect(asked.status).toBe(403)
      expect(Object.keys(asked.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }))

  const outside = Object.values(networkInterfaces()).flat().find((address) => address?.family === 'IPv4' && !address.internal)?.address

  test.runIf(outside !== undefined)('an address that is not this machine alone is no way in', async () => {
    const { workspace } = asking({ seed: 'empty' })
    const server = await serve(workspace, { host: '0.0.0.0' })
    const json = { 'content-type': 'application/json' }
    expect((await raw(server.port, '127.0.0.1', json)).status).toBe(200)
    expect((await raw(server.port, outside!, { ...json, host: `${outside}:${server.port}` })).status).toBe(403)
    await server.close()
    workspace.close()
  })
})

describe('the clock', () => {
  test('is told, set, advanced, stopped and let go', () =>
    withServed({ seed: 'empty' }, async ({ send, clock }) => {
      expect((await send('GET /_workspace/clock')).body).toEqual({ time: morning, iso: '2025-11-22T15:26:40.000Z', frozen: false, offset: 0 })
      expect((await send('POST /_workspace/clock', { advance: 90 })).body).toMatchObject({ time: morning + 90, frozen: false, offset: 90 })
      clock.seconds += 10
      expect((await send('POST /_workspace/clock', { frozen: true })).body).toMatchObject({ time: morning + 100, frozen: true })
      clock.seconds += 1000
      expect((await send('POST /_workspace/clock', { advance: 5 })).body).toMatchObject({ time: morning + 105, frozen: true })
      expect((await send('POST /_workspace/clock', { time: morning + 0.9 })).body.time).toBe(morning)
      expect((await send('POST /_workspace/clock', { time: '2030-01-01T00:00:00Z', frozen: false })).body).toMatchObject({ time: 1_893_456_000, frozen: false })
      clock.seconds += 1
      expect((await send('POST /contacts', { role: 'lead' })).body.created_at).toBe(1_893_456_001)
    }))

  test('moves what is timed: the rate window, and a snooze', () =>
    withServed({ rateLimit: 2 }, async ({ send }) => {
      await send('POST /_workspace/clock', { frozen: true })
      const ticket = (await send('POST /tickets/search', { query: { field: 'open', operator: '=', value: true } })).body.tickets[0]
      await send('PUT /tickets/' + ticket.id, { open: true, snoozed_until: morning + 3600 })
      expect((await send('GET /me')).status).toBe(429)
      await send('POST /_workspace/clock', { advance: 3600 })
      const awake = (await send('GET /tickets/' + ticket.id)).body
      expect([awake.snoozed_until, awake.ticket_parts.ticket_parts.at(-1).part_type]).toEqual([undefined, 'timer_unsnooze'])
    }))
})

describe('tokens', () => {
  test('are added, limited, listed and taken back', () =>
    withServed({ seed: 'empty' }, async ({ send, workspace }) => {
      expect((await send('GET /_workspace/tokens')).body.tokens).toEqual([
        { name: 'main', token: workspace.token, permissions: 'all' },
        { name: 'read-only', token: workspace.readOnlyToken, permissions: 'reading' },
      ])
      const added = (await send('POST /_workspace/tokens', { name: 'tickets', permissions: ['Read tickets'], token: 'tickets-only' })).body
      const as = { authorization: `Bearer ${added.token}` }
      expect([(await send('GET /ticket_states', undefined, as)).status, (await send('GET /contacts', undefined, as)).status]).toEqual([200, 403])
      await send('PUT /_workspace/tokens/tickets', { permissions: 'reading' })
      expect((await send('GET /contacts', undefined, as)).status).toBe(200)
      await send('PUT /_workspace/tokens/main', { permissions: [] })
      expect((await send('GET /contacts')).status).toBe(403)
      await send('DELETE /_workspace/tokens/main')
      await send('DELETE /_workspace/tokens/tickets')
      expect([(await send('GET /contacts')).status, (await send('GET /contacts', undefined, as)).status]).toEqual([200, 401])
    }))

  test.each([
    ['POST /_workspace/tokens', { name: 'main' }, 409, expect.stringContaining('PUT /_workspace/tokens/main')],
    ['POST /_workspace/tokens', { name: 'x', permissions: ['Read ticket'] }, 400, expect.stringContaining('no permission "Read ticket"; there are: ')],
    ['POST /_workspace/tokens', { name: 'x', permissions: ['Write conversations + Write tickets'] }, 400, expect.stringContaining('Write conversations, Write data attributes')],
    ['POST /_workspace/tokens', { name: 'x', token: 'the-token' }, 409, expect.stringContaining('PUT /_workspace/tokens/main')],
    ['POST /_workspace/tokens', { name: 'with space' }, 400, expect.stringContaining('name: ')],
    ['PUT /_workspace/tokens/main', { permissions: 'some' }, 400, expect.stringContaining('"all", "reading" or a list')],
    ['PUT /_workspace/tokens/other', { permissions: 'all' }, 404, 'There is no token other; there are: main, token-2'],
  ])('%s %j is refused', (route, body, status, message) =>
    withServed({ seed: 'empty', tokens: [{ token: 'the-token', permissions: 'all' }, { token: 'other-token', permissions: [] }] }, async ({ send }) => {
      expect(await send(route, body)).toMatchObject({ status, body: { errors: [{ message }] } })
    }))

  test('limit what the command was given, without a restart', () =>
    withServed({ seed: 'empty', tokens: [{ token: 'given', permissions: ['Read admins'] }] }, async ({ send }) => {
      expect((await send('GET /contacts')).status).toBe(403)
      await send('PUT /_workspace/tokens/main', { permissions: 'all' })
      expect((await send('GET /contacts')).status).toBe(200)
    }))
})

describe('requests', () => {
  test('are listed newest last, with what they asked and were answered, and nothing of the token', async () => {
    const room = await served({ seed: 'empty' })
    await room.send('GET /me')
    const lead = (await room.send('POST /contacts', { role: 'lead', name: 'Ada' })).body
    await room.send('PUT /contacts/nobody?x=1', { name: 'B' }, { authorization: 'Bearer wrong-secret' })
    await room.send('GET /nowhere')
    const { requests } = (await room.send('GET /_workspace/requests')).body
    expect(requests).toMatchObject([
      { number: 1, at: morning, method: 'GET', path: '/me', operation: 'identify_admin', token: 'main', status: 200, fault: null, body: null },
      { number: 2, method: 'POST', path: '/contacts', operation: 'create_contact', status: 200, body: { role: 'lead', name: 'Ada' }, answer: lead },
      { number: 3, path: '/contacts/nobody?x=1', operation: null, token: null, status: 401, answer: { errors: [{ code: 'unauthorized' }] } },
      { number: 4, path: '/nowhere', operation: null, token: 'main', status: 400 },
    ])
    expect(JSON.stringify(requests)).not.toMatch(new RegExp(`${room.workspace.token}|wrong-secret|authorization`, 'i'))
    const numbers = async (query: string) => (await room.send(`GET /_workspace/requests?${query}`)).body.requests.map(({ number }: { number: number }) => number)
    expect([await numbers('since=2'), await numbers('limit=1'), await numbers('since=1&limit=2')]).toEqual([[3, 4], [4], [3, 4]])
    await room.send('DELETE /_workspace/requests')
    await room.send('GET /me')
    expect(await numbers('')).toEqual([5])
    await room.stop()
  })

  test('are remembered up to a number', () =>
    withServed({ seed: 'empty', remember: 3 }, async ({ send }) => {
      for (let count = 0; count < 5; count++) await send('GET /me')
      expect((await send('GET /_workspace/requests')).body.requests.map(({ number }: { number: number }) => number)).toEqual([3, 4, 5])
    }))

  test('are not remembered unless somebody asked for it', async () => {
    const { workspace } = asking({ seed: 'empty' })
    const response = await workspace.control(new Request('http://w.localhost/_workspace/requests'))
    expect([response.status, ((await response.json()) as { errors: { message: string }[] }).errors[0]!.message]).toEqual([409, expect.stringContaining('remember: 1000')])
    workspace.close()
  })
})
