import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/workspace/sqlite.ts'
import { type Collection, openStore, sql } from '../../src/workspace/store.ts'
import { asking } from './asking.ts'

const folder = mkdtempSync(join(tmpdir(), 'durability-'))
const children: ChildProcess[] = []
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')))
afterAll(() => rmSync(folder, { recursive: true }))

interface Running {
  readonly child: ChildProcess
  readonly url: string
  readonly token: string
}

const start = async (file: string): Promise<Running> => {
  const program = fileURLToPath(new URL('process.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', program, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, ...(JSON.parse(line) as { url: string; token: string }) }
}

/** Creates one lead over HTTP; undefined when no answer came. */
const createLead = async ({ url, token }: Running, name: string): Promise<string | undefined> => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  try {
    const response = await fetch(`${url}/contacts`, { method: 'POST', headers, body: JSON.stringify({ role: 'lead', name }) })
    const { id } = (await response.json()) as { id: string }
    expect(response.status).toBe(200)
    return id
  } catch (error) {
    if (error instanceof TypeError) return undefined // the connection was lost
    throw error
  }
}

describe('a file', () => {
  test('keeps every acknowledged write when the process is killed, again and again', async () => {
    const file = join(folder, 'killed.db')
    const acknowledged: string[] = []
    for (const round of [1, 2, 3]) {
      const running = await start(file)
      const until = acknowledged.length + round * 25
      const write = async (): Promise<void> => {
        const id = await createLead(running, `lead ${acknowledged.length}`)
        if (id === undefined) return
        acknowledged.push(id)
        if (acknowledged.length === until) running.child.kill('SIGKILL')
        return write()
      }
      await Promise.all([write(), write(), write(), write()])
    }
    const { ask, workspace } = asking({ file })
    const missing = []
    for (const id of acknowledged) if ((await ask('GET', `/contacts/${id}`)).status !== 200) missing.push(id)
    workspace.close()
    expect(missing).toEqual([])
    expect(acknowledged.length).toBeGreaterThanOrEqual(150)
  }, 60_000)

  test('is shared by processes: one token, one set of people, no id twice', async () => {
    const file = join(folder, 'shared.db')
    const [one, other] = await Promise.all([start(file), start(file)])
    expect(one.token).toBe(other.token)
    const names = Array.from({ length: 40 }, (_, index) => `lead ${index}`)
    const ids = await Promise.all(names.map((name, index) => createLead(index % 2 ? one : other, name)))
    expect(new Set(ids).size).toBe(40)
    const seen = async ({ url, token }: Running) => {
      const response = await fetch(`${url}/contacts?per_page=150`, { headers: { authorization: `Bearer ${token}` } })
      return ((await response.json()) as { data: { id: string }[] }).data.map(({ id }) => id).toSorted()
    }
    expect(await seen(one)).toEqual(ids.toSorted())
    expect(await seen(other)).toEqual(ids.toSorted())
  }, 30_000)

  test('keeps tokens and cursors, and makes no id twice although chance repeats itself', async () => {
    const file = join(folder, 'kept.db')
    const first = asking({ file })
    const lead = (await first.ask('POST', '/contacts', { role: 'lead' })).body
    const { body } = await first.ask('GET', '/contacts?per_page=5')
    first.workspace.close()
    const second = asking({ file })
    expect(second.workspace).toMatchObject({ token: first.workspace.token, readOnlyToken: first.workspace.readOnlyToken })
    expect((await second.ask('GET', `/contacts?starting_after=${body.pages.next.starting_after}`)).body.pages.page).toBe(2)
    expect((await second.ask('GET', '/contacts')).body.total_count).toBe(body.total_count)
    expect((await second.ask('POST', '/contacts', { role: 'lead' })).body.id).not.toBe(lead.id)
    second.workspace.close()
  })

  test('is written through to the disk before an answer', () => {
    const database = openDatabase(join(folder, 'modes.db'))
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
    expect(database.prepare('PRAGMA page_size').get()).toEqual({ page_size: 16_384 })
    database.close()
  })
})

describe('a file that is no workspace', () => {
  const newer = join(folder, 'newer.db')
  const foreign = join(folder, 'foreign.db')
  const prose = join(folder, 'prose.db')

  const change = (file: string, statements: string): void => {
    rmSync(file, { force: true })
    const database = openDatabase(file)
    database.exec(statements)
    database.close()
  }

  test.each([
    [join(folder, 'absent', 'w.db'), 'it cannot be opened; check that its folder exists and may be written'],
    [prose, 'it is not a SQLite database'],
    [foreign, 'it is a database of another program'],
    [newer, 'it was written by a newer version (format 99; this one knows 1)'],
    [join(folder, 'directory'), 'it cannot be opened; check that its folder exists and may be written'],
  ])('%s is refused in one line, and left as it is', (file, reason) => {
    mkdirSync(join(folder, 'directory'), { recursive: true })
    writeFileSync(prose, 'Dear diary, today I was nearly taken for a database. '.repeat(40))
    change(newer, 'PRAGMA user_version = 99')
    change(foreign, 'PRAGMA application_id = 7; CREATE TABLE IF NOT EXISTS recipe (name TEXT)')
    const before = file.endsWith('.db') && !file.includes('absent') ? readFileSync(file) : undefined
    expect(() => asking({ file })).toThrow(new Error(`cannot use ${file} as a workspace: ${reason}`))
    if (before) expect(readFileSync(file).equals(before)).toBe(true)
  })
})

describe('the facts of a collection', () => {
  interface Boat {
    readonly id: string
    readonly name: string
    readonly length: number
  }
  const narrow: Collection<Boat> = { table: 'boat', columns: { name: 'TEXT' }, facts: ({ name }) => ({ name }) }
  const wide: Collection<Boat> = { table: 'boat', columns: { name: 'TEXT', length: 'INTEGER' }, facts: ({ name, length }) => ({ name, length }) }

  test('are made anew when a later version knows more of them', () => {
    const file = join(folder, 'boats.db')
    const before = openStore(openDatabase(file))
    for (const [id, name, length] of [['a', 'Ann', 4], ['b', 'Bea', 9], ['c', 'Cat', 7]] as const) before.put(narrow, { id, name, length })
    before.close()
    const after = openStore(openDatabase(file))
    expect(after.find(wide, { where: sql`length > ${5}`, order: sql`length` }).map(({ id }) => id)).toEqual(['c', 'b'])
    expect(after.find(wide).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    after.close()
  })

  test('are undone with the transaction, tables and all', () => {
    const store = openStore(openDatabase())
    const refuse = () => {
      store.put(narrow, { id: 'a', name: 'Ann', length: 4 })
      throw new Error('no')
    }
    expect(() => store.transaction('write', refuse)).toThrow('no')
    expect(store.find(narrow)).toEqual([])
    store.close()
  })
})
