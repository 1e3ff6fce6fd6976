import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hello, Program } from '../cli/program.ts'
import { boundaries, type Boundary, type Halting, haltingIntercom } from './endings-intercom.ts'
import { cases, tally } from './figures.ts'
import { operationNamed, ready } from './histories-writes.ts'

const killed = tally('A write whose process was killed at any boundary is never done twice by a repeat under its key')
const ended = tally('What was under way when the process was told to end, or its client left, is done and answered once')

let intercom: Halting
beforeAll(async () => {
  intercom = await haltingIntercom()
})
afterAll(() => intercom.close())

const programs: Program[] = []
const folders: string[] = []
const start = (...args: string[]): Program => {
  const program = new Program(args, intercom.env)
  programs.push(program)
  return program
}
const stateDir = (): string => {
  folders.push(mkdtempSync(join(tmpdir(), 'endings-')))
  return folders.at(-1)!
}
afterEach(() => {
  for (const { child } of programs.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** What a tool answered of a write: done, not done, or that nobody knows. */
type Told = 'done' | 'not done' | 'unknown'

const toldIn = (answer: Record<string, unknown>): Told => {
  const { isError = false, content } = answer.result as { isError?: boolean; content: { text: string }[] } // as every tool answers
  const text = content.map((each) => each.text).join(' ')
  if (!isError || text.includes('It did take effect')) return 'done'
  return text.includes('may or may not') ? 'unknown' : 'not done'
}

const call = (id: number, name: string, input: Record<string, unknown>, key?: string) => ({
  id,
  method: 'tools/call',
  params: { name, arguments: { ...input, ...(key !== undefined && { idempotency_key: key }) } },
})

const inputOf = async (name: string) => ready[name]![0]!(intercom.room)

/** What is wrong with what was told, by what happened. */
const wrong = (told: Told): string[] => {
  const commits = intercom.commits()
  return [
    ...(commits > 1 ? ['done twice'] : []),
    ...(told === 'done' && commits === 0 ? ['told that it was done, but it was not'] : []),
    ...(told === 'not done' && commits > 0 ? ['told that it was not done, but it was'] : []),
  ]
}

/** The boundaries, the hardest first. */
const stands: readonly Boundary[] = ['run', 'arrived', 'answered']

/** Writes that can be looked for, that leave nothing to show, that nothing tells of, and others. */
const some = ['create_note', 'archive_contact', 'tag_ticket', 'reply_conversation', 'create_contact', 'create_ticket', 'update_contact', 'create_conversation', 'delete_tag', 'create_article', 'upsert_company', 'create_phone_call_redirect']
const names = some.slice(0, cases(1, some.length))

/** The first of these, or all. */
const tried = <T>(few: number, all: readonly T[]): readonly T[] => all.slice(0, cases(few, all.length))

/** A program with a call of the tool under way that has reached the boundary, as its request 2. */
const underWay = async (name: string, at: Boundary, { key, args = [] }: { readonly key?: string; readonly args?: readonly string[] } = {}) => {
  const input = await inputOf(name)
  const there = intercom.halt(operationNamed(name), input, at)
  const program = start('--toolsets', 'all', ...args)
  program.send(hello, call(2, name, input, key))
  await there
  return { program, input }
}

/** Kills the process at a boundary, lets the write go on or drops it, and asks again under the same key. */
const killedAt = async (name: string, at: Boundary, fate: 'on' | 'dropped', ...args: string[]): Promise<Told[]> => {
  const { program: first, input } = await underWay(name, at, { key: 'k1', args })
  first.child.kill('SIGKILL')
  await first.ended()
  await intercom.letGo(fate)
  const second = start('--toolsets', 'all', ...args)
  second.send(hello, call(2, name, input, 'k1'))
  const told = toldIn(await second.answer(2))
  second.send(call(3, name, input, 'k1'))
  return [told, toldIn(await second.answer(3))]
}

const fates = [
  { at: 'run', fate: 'on' },
  { at: 'arrived', fate: 'dropped' },
  { at: 'arrived', fate: 'on' },
  { at: 'answered', fate: 'on' },
] as const
const ways = ['end of stdin', 'SIGTERM', 'SIGINT', 'SIGHUP']
/** Every way at every boundary, the first few of them all different. */
const ends = ways.flatMap((_, turn) => boundaries.map((at, index) => ({ at, how: ways[(turn + index) % ways.length]! })))

describe.each(names)('%s', (name) => {
  test.each(tried(2, fates))('killed when it has $at, and going $fate: asked again under its key, it is done at most once', ({ at, fate }) =>
    killed.during(async () => {
      const told = await killedAt(name, at, fate, '--state-dir', stateDir())
      expect(told.flatMap(wrong)).toEqual([])
      if (intercom.commits() === 1 && operationNamed(name).readBack) expect(told).toEqual(['done', 'done'])
    }),
  )

  test.each(tried(3, ends))('$how when it has $at: it is answered, and the program ends with 0', ({ at, how }) =>
    ended.during(async () => {
      const { program } = await underWay(name, at)
      if (how === 'end of stdin') program.child.stdin.end()
      else program.child.kill(how as NodeJS.Signals)
      await intercom.letGo()
      expect(toldIn(await program.answer(2))).toBe('done')
      expect(await program.ended()).toBe(0)
      expect(intercom.commits()).toBe(1)
    }),
  )

  test.each(tried(1, stands))('cancelled when it has %s, and asked again under its key: it is done once', (at) =>
    ended.during(async () => {
      const { program, input } = await underWay(name, at, { key: 'k1' })
      program.send({ method: 'notifications/cancelled', params: { requestId: 2 } }, { id: 3, method: 'ping' })
      await program.answer(3)
      await intercom.letGo()
      program.send(call(4, name, input, 'k1'))
      expect(wrong(toldIn(await program.answer(4)))).toEqual([])
      expect(intercom.commits()).toBe(1)
    }),
  )

  test.each(tried(1, stands))('asked again while it has %s, also under the same id of the protocol: it is done once, and each is answered', (at) =>
    ended.during(async () => {
      const { program, input } = await underWay(name, at, { key: 'k1' })
      program.send(call(2, name, input, 'k1'), call(3, name, input, 'k1'), { id: 4, method: 'ping' })
      await program.answer(4)
      await intercom.letGo()
      expect(toldIn(await program.answer(3))).toBe('done')
      program.child.stdin.end()
      expect(await program.ended()).toBe(0)
      expect(program.answers().filter(({ id }) => id === 2).map(toldIn)).toEqual(['done', 'done'])
      expect(intercom.commits()).toBe(1)
    }),
  )

  test.each(tried(1, stands))('over HTTP, left by its client when it has %s and asked again under its key: it is done once', (at) =>
    ended.during(async () => {
      const input = await inputOf(name)
      const server = start('http', '--port', '0', '--toolsets', 'all')
      const url = await server.said(/serving MCP at (\S+)/)
      const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2025-11-25' }
      const post = (id: number, signal?: AbortSignal) => fetch(url, { method: 'POST', headers, body: JSON.stringify({ jsonrpc: '2.0', ...call(id, name, input, 'k1') }), signal })
      const there = intercom.halt(operationNamed(name), input, at)
      const leaving = new AbortController()
      const left = post(1, leaving.signal).catch(() => {})
      await there
      leaving.abort()
      await left
      await intercom.letGo()
      const text = await (await post(2)).text()
      const answer = JSON.parse(/\{.*\}/s.exec(text)![0]) as Record<string, unknown> // alone, or within an event
      expect(wrong(toldIn(answer))).toEqual([])
      expect(intercom.commits()).toBe(1)
    }),
  )
})

test('without a folder the same check fails: what a killed process did is done again', async () => {
  await killedAt('create_note', 'run', 'on')
  expect(wrong('done')).toEqual(['done twice'])
})
