import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createClient } from '../../src/client/client.ts'
import { createContact } from '../../src/contract/contacts.ts'
import { asking, morning } from './asking.ts'
import { type Served, served } from './served.ts'

let room: Served
beforeEach(async () => {
  room = await served({ seed: 'empty' })
})
afterEach(() => room.stop())

const inject = async (fault: object) => (await room.send('POST /_workspace/faults', fault)).body
const lead = () => room.send('POST /contacts', { role: 'lead' })
const people = async (): Promise<number> => (await room.send('GET /contacts')).body.total_count
/** How a raw request ends: its status and body, or why there is none. */
const outcome = async (path = '/me') => {
  try {
    const response = await fetch(room.server.url + path, { headers: { authorization: `Bearer ${room.workspace.token}` } })
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
  } catch (error) {
    return { failed: (error as Error).message }
  }
}

describe('a fault', () => {
  test('429 has its headers, and never ran', async () => {
    await inject({ kind: 'rate_limited', operation: 'create_contact', count: 1 })
    const refused = await lead()
    expect(refused).toMatchObject({ status: 429, body: { type: 'error.list', errors: [{ code: 'rate_limit_exceeded', message: 'Exceeded rate limit of 1667 in 10_seconds' }] } })
    expect(refused.body.request_id).toBe(refused.headers.get('x-request-id'))
    expect(['limit', 'remaining', 'reset'].map((name) => refused.headers.get(`x-ratelimit-${name}`))).toEqual(['1667', '0', String(morning + 10 - (morning % 10))])
    expect(await people()).toBe(0)
  })

  test('429 may come without headers', async () => {
    await inject({ kind: 'rate_limited', rate_headers: false, count: 1 })
    const { headers } = await lead()
    expect([...headers.keys()].filter((name) => name.startsWith('x-ratelimit'))).toEqual([])
  })

  test.each([
    ['server_error', 500, 'server_error'],
    ['unavailable', 503, 'service_unavailable'],
  ])('%s is %i in the usual shape, and never ran', async (kind, status, code) => {
    await inject({ kind, count: 1 })
    expect(await lead()).toMatchObject({ status, body: { type: 'error.list', errors: [{ code }] } })
    expect(await people()).toBe(0)
  })

  test('html is what a proxy answers', async () => {
    await inject({ kind: 'html', count: 1 })
    expect(await outcome()).toEqual({ status: 502, type: 'text/html; charset=utf-8', text: expect.stringContaining('<h1>502 Bad Gateway') })
  })

  test('broken_json and truncated spoil the answer of what ran', async () => {
    await inject({ kind: 'broken_json', operation: 'identify_admin', count: 1 })
    const { text = '' } = await outcome()
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError)
    await inject({ kind: 'truncated', operation: 'create_contact', count: 1 })
    await expect(lead()).rejects.toThrow('terminated')
    expect(await people()).toBe(1)
  })

  test('truncated announces the whole length and sends a half', async () => {
    await inject({ kind: 'truncated', count: 1 })
    const response = await fetch(`${room.server.url}/me`, { headers: { authorization: `Bearer ${room.workspace.token}` } })
    expect([response.status, Number(response.headers.get('content-length'))]).toEqual([200, JSON.stringify((await room.send('GET /me')).body).length])
    await expect(response.text()).rejects.toThrow('terminated')
  })

  test.each([
    ['dropped_before', 0],
    ['dropped_after', 1],
  ])('%s loses the answer; %i contact was made', async (kind, made) => {
    await inject({ kind, operation: 'create_contact', count: 1 })
    await expect(lead()).rejects.toThrow('fetch failed')
    expect(await people()).toBe(made)
    const { requests } = (await room.send('GET /_workspace/requests')).body
    expect(requests[0]).toMatchObject({ operation: 'create_contact', token: 'main', status: null, fault: kind, body: { role: 'lead' } })
  })

  test('slow takes its time, and answers', async () => {
    await inject({ kind: 'slow', ms: 1, count: 1 })
    expect((await lead()).status).toBe(200)
    expect((await room.send('GET /_workspace/requests')).body.requests[0]).toMatchObject({ fault: 'slow', status: 200 })
  })
})

describe('faults', () => {
  test('befall the operation they name, as often as they say; * befalls all, also strangers and unknown paths', async () => {
    await inject({ kind: 'server_error', operation: 'create_contact', count: 2 })
    expect([(await room.send('GET /me')).status, (await lead()).status, (await lead()).status, (await lead()).status]).toEqual([200, 500, 500, 200])
    await inject({ kind: 'unavailable', operation: '*' })
    expect([(await room.send('GET /me')).status, (await room.send('GET /nowhere')).status, (await room.send('GET /me', undefined, { authorization: '' })).status]).toEqual([503, 503, 503])
  })

  test('are listed, spent and taken back', async () => {
    const one = await inject({ kind: 'slow', ms: 5, operation: 'get_contact', probability: 0.5 })
    expect(one).toEqual({ id: 1, kind: 'slow', operation: 'get_contact', probability: 0.5, remaining: null, ms: 5, rate_headers: true })
    const other = await inject({ kind: 'html', count: 2 })
    await outcome()
    expect((await room.send('GET /_workspace/faults')).body.faults).toEqual([one, { ...other, remaining: 1 }])
    expect((await room.send('DELETE /_workspace/faults/1')).body.faults).toEqual([{ ...other, remaining: 1 }])
    expect((await room.send('DELETE /_workspace/faults/1')).status).toBe(404)
    await room.send('DELETE /_workspace/faults')
    expect((await lead()).status).toBe(200)
  })

  test('may name an operation as Intercom does', async () => {
    expect((await inject({ kind: 'server_error', operation: 'CreateContact', count: 1 })).operation).toBe('create_contact')
    expect((await lead()).status).toBe(500)
  })

  test('of a probability come by the chance the workspace was given', async () => {
    const statuses = async () => {
      const { workspace } = asking({ seed: 'empty' })
      const ask = (path: string, body?: object) =>
        new Request(`http://w.localhost${path}`, {
          method: body ? 'POST' : 'GET',
          headers: { authorization: `Bearer ${workspace.token}`, 'content-type': 'application/json' },
          ...(body && { body: JSON.stringify(body) }),
        })
      await workspace.control(ask('/_workspace/faults', { kind: 'server_error', probability: 0.4 }))
      const found = []
      for (let count = 0; count < 50; count++) found.push((await workspace.fetch(ask('/me'))).status)
      workspace.close()
      return found
    }
    const first = await statuses()
    expect(await statuses()).toEqual(first)
    const failed = first.filter((status) => status === 500).length
    expect([failed > 5, failed < 35]).toEqual([true, true])
  })

  test.each([
    [{ kind: 'meteor' }, 'kind: '],
    [{ kind: 'slow', probability: 0 }, 'probability: '],
    [{ kind: 'slow', probability: 1.1 }, 'probability: '],
    [{ kind: 'slow', operation: 'create_contcat' }, 'operation: there is no create_contcat; use * or the name of an operation: create_'],
    [{ kind: 'slow', operation: 'getcontact' }, 'archive_contact'],
  ])('%j is refused', async (fault, message) => {
    expect(await room.send('POST /_workspace/faults', fault)).toMatchObject({ status: 400, body: { errors: [{ message: expect.stringContaining(message) }] } })
  })
})

describe('this server’s own client', () => {
  test('finds out that a write whose answer was lost did happen', async () => {
    await room.send('POST /_workspace/clock', { time: Math.floor(Date.now() / 1000) }) // the client looks at its own
    const client = createClient({ upstream: { baseUrl: room.server.url, token: room.workspace.token } })
    await inject({ kind: 'dropped_after', operation: 'create_contact', count: 1 })
    expect(await client.call(createContact, { role: 'user', email: 'ada@example.com' })).toMatchObject({ type: 'contact', email: 'ada@example.com' })
    expect(await people()).toBe(1)
    await client.close()
  })
})
