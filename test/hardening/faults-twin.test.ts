import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { encode } from '../../src/contract/wire.ts'
import { bodies } from './faults/bodies.ts'
import { connections } from './faults/connections.ts'
import { statuses } from './faults/statuses.ts'
import { type Kind, ourClient, type Subject, tryOut } from './faults/trial.ts'
import type { Plan } from './faults/upstream.ts'
import { broken } from './faults/verdict.ts'

const elsewhere = createServer((_, response) => void response.end('{"type":"contact","id":"5","name":"Mallory"}'))
await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
afterAll(() => {
  elsewhere.closeAllConnections()
  elsewhere.close()
})

const faults = [...statuses(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`), ...bodies, ...connections] // always one of a TCP server

/** What is wrong with the way many servers ask: redirects are followed, and what cannot be read is taken as it is. */
const trusting = (baseUrl: string): Subject => {
  const ask: Subject['call'] = async (operation, input) => {
    const { method, path, body } = encode(operation, input)
    const response = await fetch(baseUrl + path, { method, body: JSON.stringify(body) })
    const text = await response.text()
    return readable(text) ?? { text }
  }
  return { call: ask, close: async () => {} }
}

const readable = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The same with what is often put around it: whatever fails is sent again, also a write. */
const insisting = (baseUrl: string): Subject => {
  const { close } = trusting(baseUrl)
  const call: Subject['call'] = async (operation, input) => {
    const { method, path, body } = encode(operation, input)
    for (let left = 4; ; left--) {
      const response = await fetch(baseUrl + path, { method, body: JSON.stringify(body) }).catch(() => undefined)
      if (response?.ok) return response.json()
      if (left === 0) throw new Error('it failed')
    }
  }
  return { call, close }
}

const rows: readonly [string, (baseUrl: string) => Subject, Kind, string, Omit<Plan, 'faults'>][] = [
  ['an answer in time', trusting, 'read', 'silence before the answer', { after: 'the same', ran: false }],
  ['an answer in time', trusting, 'create', 'a body byte by byte', { after: 'the same', ran: true }],
  ['no false success', trusting, 'read', '302 to elsewhere', { after: 'the same', ran: false }],
  ['no false success', trusting, 'search', 'half of itself', { after: 'the same', ran: false }],
  ['no false success', trusting, 'update', '503 with Retry-After: 2', { after: 'the same', ran: false }],
  ['no false success', trusting, 'create', '200 with an error list: not_found', { after: 'the same', ran: false }],
  ['a failure of a known kind', trusting, 'read', 'a reset before the answer', { after: 'the same', ran: false }],
  ['at most one run', insisting, 'create', '502', { after: 'health', ran: true }],
  ['requests within bounds', insisting, 'read', '500', { after: 'the same', ran: false }],
]

describe('what does less than our client breaks the rules that it keeps', () => {
  test.concurrent.each(rows)('%s: %o, %s, %s', async (rule, subject, kind, name, plan) => {
    const fault = faults.find((each) => each.name === name)!
    expect(broken(await tryOut(kind, { faults: [fault], ...plan }, ourClient))).toEqual([])
    expect(broken(await tryOut(kind, { faults: [fault], ...plan }, subject))).toContain(rule)
  })
})

test('a client that lies about what became of a write breaks that rule, and so does one that keeps its sockets', async () => {
  const { Failure } = await import('../../src/client/failure.ts')
  const lying = (baseUrl: string): Subject => {
    const ours = ourClient(baseUrl)
    return {
      call: async (...asked) => {
        await ours.call(...asked).catch(() => {})
        throw new Failure('rejected', { outcome: 'rejected', operation: 'create_collection', effect: 'write' })
      },
      close: async () => {},
    }
  }
  const lost = faults.find(({ name }) => name === '502')!
  const rules = broken(await tryOut('create', { faults: [lost], after: 'health', ran: true }, lying))
  expect(rules).toEqual(expect.arrayContaining(['the truth about what became of it', 'health afterwards', 'no socket left']))
})
