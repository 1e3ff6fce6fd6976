import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { digest } from '../../src/client/approval.ts'
import type { CallOptions, Client } from '../../src/client/client.ts'
import { type Ledger, ledgerInMemory, lifetime, room } from '../../src/client/ledger.ts'
import { ledgerIn } from '../../src/client/ledger-folder.ts'
import { everything } from '../../src/client/policy.ts'
import { createNote, listContactNotes } from '../../src/contract/notes.ts'
import { deleteTag, tagTicket } from '../../src/contract/tags.ts'
import { connect, errorList, failureOf, serve, stillTime } from './servers.ts'

const note = { id: '9', body: '<p>Called</p>', author: { id: '3' } }
const written = { contact_id: '5', body: 'Called', admin_id: '3' } as const
const idempotencyKey = 'k1'

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'ledger-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return join(path, 'keys')
}

const kinds: [string, (now: () => number) => Promise<Ledger>][] = [
  ['in memory', async (now) => ledgerInMemory(now)],
  ['in a folder', async (now) => ledgerIn(folder(), now)],
]

/** A client on an Intercom that answers its writes as told, one after the other, and its reads with the note in a list. */
const asked = async (ledger: (now: () => number) => Promise<Ledger>, ...statuses: number[]) => {
  const time = stillTime()
  const { baseUrl, arrived } = await serve(({ method }) => {
    if (method === 'GET') return { body: { type: 'list', data: [note] } }
    return { status: statuses.shift() ?? 200, body: note }
  })
  const client = connect(baseUrl, { ...time, ledger: await ledger(time.now) })
  return { client, time, writes: () => arrived.filter(({ method }) => method !== 'GET').length }
}

const write = (client: Client, more: object = {}, key = idempotencyKey) => client.call(createNote, { ...written, ...more }, { idempotencyKey: key })

test.each(kinds)('%s: a repeat is answered as the first time, and nothing is sent', async (_, ledger) => {
  const { client, writes } = await asked(ledger)
  const first = await write(client)
  expect(await write(client)).toEqual(first)
  expect(await client.call(createNote, { admin_id: '3', body: 'Called', contact_id: '5' }, { idempotencyKey })).toEqual(first) // in another order
  expect(writes()).toBe(1)
})

test.each(kinds)('%s: another call under the key is refused in plain words', async (_, ledger) => {
  const { client, writes } = await asked(ledger)
  await write(client)
  expect(await failureOf(write(client, { body: 'Other' }))).toMatchObject({
    code: 'invalid_input',
    outcome: 'not_sent',
    advice: expect.stringContaining('its idempotency key was used before, for a call with other arguments; take a new key for this one') as string,
  })
  expect(await failureOf(client.call(deleteTag, { id: '9' }, { idempotencyKey }))).toMatchObject({ code: 'invalid_input' })
  expect(writes()).toBe(1)
})

test.each(kinds)('%s: a key is one principal’s own, and one write’s', async (_, ledger) => {
  const { client, writes } = await asked(ledger)
  await write(client)
  await write(client.for({ principal: 'somebody else' }), { body: 'Other' })
  await write(client, {}, 'k2')
  await client.call(createNote, written)
  expect(writes()).toBe(4)
})

test.each(kinds)('%s: a write that never happened frees its key', async (_, ledger) => {
  const { client, writes } = await asked(ledger, 400)
  expect(await failureOf(write(client))).toMatchObject({ outcome: 'rejected' })
  expect(await write(client, { body: 'Better' })).toEqual(note)
  expect(writes()).toBe(2)
})

test.each(kinds)('%s: nothing is sent that nobody approved, and a repeat, which sends nothing, needs no approval', async (_, ledger) => {
  const { client, time, writes } = await asked(ledger)
  const asking = client.for({ policy: { ...everything, confirm: new Set(['write'] as const) } })
  const approval = { digest: digest(createNote.name, written) }
  expect(await failureOf(write(asking))).toMatchObject({ code: 'unconfirmed', outcome: 'not_sent' })
  expect(await asking.isKnown(idempotencyKey)).toBe(false)
  expect(writes()).toBe(0)
  expect(await asking.call(createNote, written, { idempotencyKey, approval })).toEqual(note)
  expect(await asking.isKnown(idempotencyKey)).toBe(true)
  expect(await asking.for({ principal: 'somebody else' }).isKnown(idempotencyKey)).toBe(false)
  expect(await write(asking)).toEqual(note)
  expect(writes()).toBe(1)
  time.pass(lifetime)
  expect(await asking.isKnown(idempotencyKey)).toBe(false)
  expect(await failureOf(write(asking))).toMatchObject({ code: 'unconfirmed', outcome: 'not_sent' })
  expect(writes()).toBe(1)
})

test.each(kinds)('%s: what is unknown is looked for again, and never sent again', async (_, ledger) => {
  const { client, writes } = await asked(ledger, 502)
  const lost = { contact_id: '5', body: 'Not there' }
  const call = () => client.call(createNote, lost, { idempotencyKey })
  expect(await failureOf(call())).toMatchObject({ outcome: 'unknown', advice: expect.stringContaining('Repeat it with the same idempotency key') as string })
  expect(await failureOf(call())).toMatchObject({ outcome: 'unknown' })
  expect(writes()).toBe(1)
})

test.each(kinds)('%s: what came late is found by a repeat', async (_, ledger) => {
  const time = stillTime()
  let there = false
  const { baseUrl, arrived } = await serve(({ method }) => (method === 'GET' ? { body: { type: 'list', data: there ? [note] : [] } } : { status: 504 }))
  const client = connect(baseUrl, { ...time, ledger: await ledger(time.now) })
  expect(await failureOf(write(client))).toMatchObject({ outcome: 'unknown' })
  there = true
  expect(await write(client)).toEqual(note)
  there = false
  expect(await write(client)).toEqual(note) // that is known now
  expect(arrived.filter(({ method }) => method !== 'GET')).toHaveLength(1)
})

test.each(kinds)('%s: what no read tells stays unknown', async (_, ledger) => {
  const { client, writes } = await asked(ledger, 502, 200)
  const call = () => client.call(tagTicket, { ticket_id: '1', id: '9', admin_id: '3' }, { idempotencyKey })
  expect(await failureOf(call())).toMatchObject({ outcome: 'unknown' })
  expect(await failureOf(call())).toMatchObject({ outcome: 'unknown', advice: expect.stringContaining('Look in Intercom') as string })
  expect(writes()).toBe(1)
})

test.each(kinds)('%s: a day later the key is free', async (_, ledger) => {
  const { client, time, writes } = await asked(ledger)
  await write(client)
  time.pass(lifetime)
  await write(client, { body: 'Other' })
  expect(writes()).toBe(2)
})

test.each(kinds)('%s: of an answer too long to keep, the fact is kept', async (_, ledger) => {
  const { baseUrl, arrived } = await serve(() => ({ body: { ...note, more: 'x'.repeat(room.each) } }))
  const client = connect(baseUrl, { ledger: await ledger(Date.now) })
  await write(client)
  expect(await failureOf(write(client))).toMatchObject({ outcome: 'committed', advice: 'The answer to create_note is too large (it was not kept for a repetition). It did take effect: do not repeat it.' })
  expect(arrived).toHaveLength(1)
})

test('those who ask at once share one write', async () => {
  const { client, writes } = await asked(async (now) => ledgerInMemory(now))
  expect(await Promise.all([write(client), write(client), write(client)])).toEqual([note, note, note])
  const [first, other] = await Promise.allSettled([write(client, {}, 'k2'), write(client, { body: 'Other' }, 'k2')])
  expect([first, other]).toMatchObject([{ value: note }, { reason: { code: 'invalid_input', outcome: 'not_sent' } }])
  expect(writes()).toBe(2)
})

test('one who joins outlasts the one who asked first, and asks again', async () => {
  const leaving = new AbortController()
  const { baseUrl, arrived } = await serve(({ method }) => {
    if (method === 'GET') return { body: { type: 'list', data: [note] } }
    leaving.abort()
    return undefined // never answered
  })
  const client = connect(baseUrl)
  const first = client.call(createNote, written, { idempotencyKey, signal: leaving.signal })
  const second = write(client)
  expect(await failureOf(first)).toMatchObject({ code: 'cancelled', outcome: 'unknown' })
  expect(await second).toEqual(note)
  expect(arrived.filter(({ method }) => method !== 'GET')).toHaveLength(1)
})

test.each<[string, (leaving: AbortController) => CallOptions]>([
  ['left before anything was sent', ({ signal }) => ({ signal })],
  ['had no time', () => ({ deadlineMs: 0 })],
])('one who joins sends it where the one who asked first %s', async (_, how) => {
  const leaving = new AbortController()
  const { client, writes } = await asked(async (now) => ledgerInMemory(now))
  const first = failureOf(client.call(createNote, written, { idempotencyKey, ...how(leaving) }))
  const second = write(client)
  leaving.abort()
  expect(await first).toMatchObject({ outcome: 'not_sent' })
  expect(await second).toEqual(note)
  expect(writes()).toBe(1)
})

test('one who joins looks again where the one who asked first could not tell', async () => {
  const { baseUrl, arrived } = await serve(({ method }, count) => (method === 'GET' ? { body: { type: 'list', data: count > 3 ? [note] : [] } } : { status: 502 }))
  const client = connect(baseUrl, stillTime())
  const [first, second] = await Promise.all([failureOf(write(client)), write(client)])
  expect([first.outcome, second]).toEqual(['unknown', note])
  expect(arrived.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'GET'])
})

test('one who joins may leave before', async () => {
  const leaving = new AbortController()
  const { client, writes } = await asked(async (now) => ledgerInMemory(now))
  const first = write(client)
  const second = failureOf(client.call(createNote, written, { idempotencyKey, signal: leaving.signal }))
  leaving.abort()
  expect(await second).toMatchObject({ code: 'cancelled', outcome: 'unknown' })
  expect(await first).toEqual(note)
  expect(writes()).toBe(1)
})

test('a key is one workspace’s own: of one address, and one token', async () => {
  const { baseUrl, arrived } = await serve(() => ({ body: note }))
  const ledger = ledgerInMemory(() => 0)
  for (const upstream of [{ baseUrl, token: 'a' }, { baseUrl, token: 'b' }, { baseUrl: `${baseUrl}/eu`, token: 'a' }, { baseUrl, token: 'a' }]) await write(connect(baseUrl, { ledger, now: () => 0, upstream }))
  expect(arrived.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    ['/contacts/5/notes', 'Bearer a'],
    ['/contacts/5/notes', 'Bearer b'],
    ['/eu/contacts/5/notes', 'Bearer a'],
  ])
})

test('a read has no use for a key', async () => {
  const { client } = await asked(async (now) => ledgerInMemory(now))
  for (const contact_id of ['5', '6']) await client.call(listContactNotes, { contact_id }, { idempotencyKey })
  expect(await client.isKnown(idempotencyKey)).toBe(false)
})

test('a ledger that cannot be kept lets nothing be sent', async () => {
  const refuse = () => Promise.reject(new Error('no space left'))
  const { client, writes } = await asked(async () => ({ begin: refuse, find: refuse, end: refuse, free: refuse }))
  expect(await failureOf(write(client))).toMatchObject({ code: 'policy_denied', outcome: 'not_sent', advice: expect.stringContaining('cannot keep idempotency keys') as string })
  expect(await client.call(createNote, written)).toEqual(note)
  expect(writes()).toBe(1)
})

test('an end that cannot be entered leaves the answer true, and the key taken', async () => {
  const refuse = () => Promise.reject(new Error('no space left'))
  const { client, writes } = await asked(async (now) => ({ ...ledgerInMemory(now), end: refuse, free: refuse }), 200, 400)
  expect(await write(client)).toEqual(note)
  expect(await write(client)).toEqual(note) // found again
  expect(await failureOf(write(client, {}, 'k2'))).toMatchObject({ outcome: 'rejected' })
  expect(writes()).toBe(2)
})

test('in memory there is room for so many keys, and so much of their answers', async () => {
  let now = 0
  const ledger = ledgerInMemory(() => now)
  const entry = { digest: 'd', at: 0 }
  const answer = 'x'.repeat(room.each - 100)
  for (let count = 0; count < room.entries; count++) await ledger.begin(`${count}`, entry)
  await expect(ledger.begin('one more', entry)).rejects.toThrow('10000 idempotency keys')
  for (let count = 0; count <= room.all / room.each; count++) await ledger.end(`${count}`, { ...entry, ended: { answer } })
  expect(await ledger.begin('0', entry)).toEqual({ ...entry, ended: {} })
  expect(await ledger.begin('60', entry)).toEqual({ ...entry, ended: { answer } })
  await ledger.free('60')
  expect(await ledger.begin('one more', entry)).toBeUndefined()
  now = lifetime
  expect(await ledger.begin('0', entry)).toBeUndefined()
})

test('a folder outlives the process, is shared, and is its owner’s only', async () => {
  const path = folder()
  const entry = { digest: 'd', at: Date.now() }
  const [one, other] = [await ledgerIn(path, Date.now), await ledgerIn(path, Date.now)]
  const begun = await Promise.all(Array.from({ length: 20 }, (_, count) => (count % 2 ? one : other).begin('id', entry)))
  expect(begun.filter((each) => each === undefined)).toHaveLength(1) // whoever else asked at the same time
  await one.end('id', { ...entry, ended: { answer: 1 } })
  expect(await other.begin('id', entry)).toEqual({ ...entry, ended: { answer: 1 } })
  expect(readdirSync(path)).toEqual(['id.json'])
  expect([statSync(path).mode & 0o777, statSync(join(path, 'id.json')).mode & 0o777]).toEqual([0o700, 0o600])
  expect(JSON.parse(readFileSync(join(path, 'id.json'), 'utf8'))).toEqual({ ...entry, ended: { answer: 1 } })
})

test('what is over in a folder, drafts too, is taken away', async () => {
  const path = folder()
  let now = Date.now()
  const ledger = await ledgerIn(path, () => now)
  await ledger.begin('old', { digest: 'd', at: now })
  writeFileSync(join(path, 'dead.draft'), '')
  now += lifetime + 60_000
  await ledger.begin('new', { digest: 'd', at: now })
  expect(readdirSync(path)).toEqual(['new.json'])
})

test('a folder with too many keys takes no more, and one that cannot be written is told', async () => {
  const path = folder()
  mkdirSync(path)
  for (let count = 0; count < room.entries; count++) writeFileSync(join(path, `${count}.json`), '')
  const ledger = await ledgerIn(path, Date.now)
  await expect(ledger.begin('id', { digest: 'd', at: Date.now() })).rejects.toThrow('idempotency keys')
  utimesSync(join(path, '0.json'), 0, 0)
  expect(await ledger.begin('id', { digest: 'd', at: Date.now() })).toBeUndefined() // in the room of one that was over
  await expect(ledgerIn(join(path, '1.json', 'x'), Date.now)).rejects.toThrow('ENOTDIR')
  chmodSync(path, 0o700)
})

test.each(['half', '', 'null', '7', '{}'])('under a key whose file is damaged (%j) nothing is sent: nobody can tell what was', async (damaged) => {
  const path = folder()
  const ledger = await ledgerIn(path, Date.now)
  writeFileSync(join(path, 'id.json'), damaged)
  await expect(ledger.begin('id', { digest: 'd', at: Date.now() })).rejects.toThrow('is damaged')
  expect(await ledger.begin('other', { digest: 'd', at: Date.now() })).toBeUndefined()
})

test.each(kinds)('%s: those who asked at once for what is refused are all told so, by one request', async (_, ledger) => {
  const { client, writes } = await asked(ledger, 400)
  const failures = await Promise.all([1, 2, 3].map(() => failureOf(write(client))))
  expect(failures.map(({ outcome }) => outcome)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(writes()).toBe(1)
})

test.each(kinds)('%s: what happened without an answer to show is told again, and nothing is sent', async (_, ledger) => {
  const time = stillTime()
  const { baseUrl, arrived } = await serve(({ method }) => (method === 'DELETE' ? { status: 500 } : { status: 404, body: errorList('tag_not_found', 'Tag not found') }))
  const client = connect(baseUrl, { ...time, ledger: await ledger(time.now) })
  const remove = () => failureOf(client.call(deleteTag, { id: '9' }, { idempotencyKey }))
  const first = await remove()
  expect(first).toMatchObject({ outcome: 'committed' })
  const requests = arrived.length
  expect(await remove()).toMatchObject({ code: first.code, outcome: 'committed', advice: first.advice })
  expect(arrived).toHaveLength(requests)
})

test.each(kinds)('%s: a write that ended in what nobody expected may have happened, and keeps its key', async (_, ledger) => {
  const time = stillTime()
  const random = () => {
    throw new Error('no entropy')
  }
  const client = connect('http://127.0.0.1:9', { ...time, random, ledger: await ledger(time.now) })
  await expect(write(client)).rejects.toThrow('no entropy')
  expect(await failureOf(write(client))).toMatchObject({ outcome: 'unknown' })
})

test('in memory, what nobody has entered is free already', async () => {
  const ledger = ledgerInMemory(() => 0)
  await ledger.free('id')
  expect(await ledger.begin('id', { digest: 'd', at: 0 })).toBeUndefined()
})

test('a folder tells what it cannot enter or read, and takes away what leads nowhere', async () => {
  const path = folder()
  const ledger = await ledgerIn(path, Date.now)
  const entry = { digest: 'd', at: Date.now() }
  symlinkSync('nowhere', join(path, 'gone.json'))
  await expect(ledger.begin('x'.repeat(300), entry)).rejects.toThrow('ENAMETOOLONG')
  mkdirSync(join(path, 'id.json'))
  await expect(ledger.begin('id', entry)).rejects.toThrow('EISDIR')
  expect(readdirSync(path).filter((name) => name !== 'id.json' && !name.endsWith('.draft'))).toEqual([])
})

test('in memory: what was entered counts until it is over', async () => {
  const time = stillTime()
  const ledger = ledgerInMemory(time.now)
  expect(ledger.isEmpty()).toBe(true)
  await ledger.begin('a', { digest: 'd', at: time.now() })
  expect(ledger.isEmpty()).toBe(false)
  time.pass(lifetime)
  expect(ledger.isEmpty()).toBe(true)
})
