import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { type Answer, open } from '../tools/session.ts'
import { bodies } from './faults/bodies.ts'
import { connections } from './faults/connections.ts'
import type { Fault } from './faults/fault.ts'
import { statuses } from './faults/statuses.ts'
import { type Kind, kinds } from './faults/trial.ts'
import { healthy, upstream } from './faults/upstream.ts'
import { cases, tally } from './figures.ts'

const figure = tally('The same faults, met by an MCP client over stdio: an answer in time that says what became of it')

let visitors = 0
const elsewhere = createServer((_, response) => {
  visitors += 1
  response.end('{"type":"contact","id":"5","name":"Mallory"}')
})
await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
afterAll(() => elsewhere.close())

const faults = [...statuses(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`), ...bodies, ...connections] // always one of a TCP server

/** Some of each layer. */
const few = [
  '400', '404 with a web page', '500', '502 with a web page', '302 to elsewhere', '307 to elsewhere', '200 with an error list: not_found', '204 without the answer', '103 fifty times before the answer',
  '"<html>"', '"{}"', 'half of itself', 'Latin-1', 'the needed part renamed', 'gzip with a byte changed', 'a gzip bomb', 'a length of 157 MB', 'chunks for ever', 'fields nobody declared', 'a body for ever, of no length',
  'a reset before the request', 'a reset before the answer', 'a close within the headers', 'a reset within the body', 'a close before the last byte', 'noise', 'a header of 20 KB', 'an answer in single bytes',
] // prettier-ignore

/** What makes a call wait longer than a minute, or is remembered for half of one, is tried where time can be given. */
const lasting = /50 minutes|permission|token_unauthorized/

const tried = faults.filter(({ name }) => !lasting.test(name) && (cases(0, 1) || few.includes(name)))

const asked: Readonly<Record<Kind, [string, Record<string, unknown>]>> = {
  read: ['get_contact', { id: '5' }],
  search: ['search_contacts', { filters: [{ field: 'email', value: 'ada@example.com' }] }],
  update: ['update_contact', { id: '5', name: 'Eve' }],
  create: ['create_collection', { name: 'New' }],
}

/** What an error says of a write, as the times that it ran. */
const said: readonly (readonly [RegExp, readonly number[]])[] = [
  [/may or may not have/, [0, 1]],
  [/did take effect/, [1]],
  [/Nothing was (sent|changed)|did not (run|take effect)/, [0]],
]

const expectTruth = (kind: Kind, answer: Answer, runs: number, name: string) => {
  const writes = kind === 'update' || kind === 'create'
  expect(answer.text).not.toMatch(/Mallory|failed unexpectedly/)
  if (!answer.isError) {
    expect(runs).toBe(writes ? 1 : 0)
    return expect(answer.text).toContain(kind === 'create' ? 'New' : name)
  }
  expect(answer.text.length).toBeGreaterThan(20)
  expect(answer.text.length).toBeLessThan(1000)
  if (writes) expect(said.find(([words]) => words.test(answer.text))?.[1], answer.text).toContain(runs)
}

/** One session that meets faults one after another, and is healthy after each. */
const expectToOutlive = async (faults: readonly Fault[]) => {
  const intercom = await upstream(healthy)
  const session = await open(['--toolsets', 'all'], { INTERCOM_BASE_URL: intercom.baseUrl, INTERCOM_ACCESS_TOKEN: 'token-a' })
  const meet = async (fault: Fault, kind: Kind, ran: boolean) => {
    const before = intercom.world.commits()
    intercom.follow({ faults: [fault], after: 'the same', ran })
    const answer = await session.call(...asked[kind])
    expectTruth(kind, answer, intercom.world.commits() - before, intercom.world.name())
    intercom.follow(healthy)
    expect(await session.call('get_contact', { id: '5' }), fault.name).toMatchObject({ isError: false, text: expect.stringContaining(intercom.world.name()) })
  }
  for (const [index, fault] of faults.entries())
    for (const ran of cases(0, 1) && !fault.hangs ? [true, false] : [index % 2 === 0])
      for (const kind of kinds) await figure.during(() => meet(fault, kind, ran))
  await session.close()
  intercom.close()
}

const sessions = cases(4, 12)

test('sessions over stdio outlive what they meet, and are told the truth', async () => {
  const parts = Array.from({ length: sessions }, (_, part) => tried.filter((__, index) => index % sessions === part))
  await Promise.all(parts.map(expectToOutlive))
  expect(tried.length).toBeGreaterThanOrEqual(few.length)
}, 1_500_000)

test('every fault that is named is one, and nothing was asked of any other host', () => {
  expect(few.filter((name) => !faults.some((fault) => fault.name === name))).toEqual([])
  expect(visitors).toBe(0)
})
