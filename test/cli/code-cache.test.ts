import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { codeCache } from '../../src/cli/code-cache.ts'
import { hello, run } from './program.ts'

let home: string
let directory: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'intercom-mcp-'))
  directory = join(home, 'intercom-mcp')
})
afterEach(() => rmSync(home, { recursive: true }))

const cache = (build = '1.0.0-abc', uid = process.getuid?.()) =>
  codeCache({ arch: process.arch, env: { XDG_CACHE_HOME: home }, getuid: uid === undefined ? undefined : () => uid, pid: process.pid, version: process.version }, build)

const compiled = new Map([['./main.js', Buffer.from('main')], ['./part.js', Buffer.from('a part')]])
const kept = () => join(directory, readdirSync(directory)[0]!)
const asked = `${JSON.stringify({ jsonrpc: '2.0', ...hello })}\n{"jsonrpc":"2.0","id":2,"method":"tools/list"}\n`

test('what was written is read back, by the same build only', () => {
  expect(cache().read()).toBeUndefined()
  cache().write(compiled)
  expect(cache().read()).toEqual(compiled)
  expect(cache('1.0.1-def').read()).toBeUndefined()
})

test('only its owner can read or write it', () => {
  cache().write(compiled)
  expect(statSync(directory).mode & 0o777).toBe(0o700)
  expect(statSync(kept()).mode & 0o777).toBe(0o600)
})

test.runIf(process.getuid)('what another user could have written is not trusted', () => {
  cache().write(compiled)
  expect(cache('1.0.0-abc', 12_345).read()).toBeUndefined()
  chmodSync(kept(), 0o666)
  expect(cache().read()).toBeUndefined()
  chmodSync(kept(), 0o600)
  expect(cache().read()).toEqual(compiled)
  chmodSync(directory, 0o777)
  expect(cache().read()).toBeUndefined()
})

test('half a file is not read', () => {
  cache().write(compiled)
  writeFileSync(kept(), 'half')
  expect(cache().read()).toBeUndefined()
})

test('a place that cannot be written is no error', () => {
  writeFileSync(directory, 'a file where the directory belongs')
  expect(() => cache().write(compiled)).not.toThrow()
  expect(cache().read()).toBeUndefined()
})

test('what has not been written for a month is swept away', () => {
  mkdirSync(directory, { mode: 0o700 })
  const old = join(directory, '0.9.0-old.v8')
  writeFileSync(old, 'old')
  utimesSync(old, 0, 0)
  cache().write(compiled)
  expect(readdirSync(directory)).toHaveLength(1)
})

test('the program leaves its code at the first list, and the next run starts with it', async () => {
  const env = { XDG_CACHE_HOME: home }
  const first = await run([], { env, input: asked })
  const { mtimeMs, size } = statSync(kept())
  expect(size).toBeGreaterThan(100_000)
  const second = await run([], { env, input: asked })
  expect(second).toEqual(first)
  expect(statSync(kept()).mtimeMs).toBe(mtimeMs)
})

test('code that Node cannot use is compiled anew', async () => {
  const env = { XDG_CACHE_HOME: home }
  const first = await run([], { env, input: asked })
  const file = kept()
  const build = /^(.*)-v\d/.exec(file.slice(directory.length + 1))![1]!
  const foreign = cache(build).read()!
  cache(build).write(new Map([...foreign].map(([name, code]) => [name, Buffer.alloc(code.length, 7)])))
  expect(await run([], { env, input: asked })).toEqual(first)
  expect(cache(build).read()).not.toEqual(new Map([...foreign].map(([name, code]) => [name, Buffer.alloc(code.length, 7)])))
})
