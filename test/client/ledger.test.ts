import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Entry, ledgerInMemory, lifetime, room, written } from '../../src/client/ledger.ts'
import { ledgerIn } from '../../src/client/ledger-folder.ts'

const begun: Entry = { digest: 'd', at: 0 }

/** An entry of exactly so many characters. */
const sized = (characters: number): Entry => {
  const answer = (text: string) => ({ ...begun, ended: { answer: text } })
  return answer('x'.repeat(characters - JSON.stringify(answer('')).length))
}

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'ledger-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

test('an answer is kept up to so many characters, and whatever is no answer at any length', () => {
  expect(written(sized(room.each))).toHaveLength(room.each)
  expect(written(sized(room.each + 1))).toBe('{"digest":"d","at":0,"ended":{}}')
  const failed: Entry = { ...begun, ended: { failure: { code: 'unavailable', detail: { outcome: 'unknown', note: 'x'.repeat(room.each) } } } }
  const long: Entry = { digest: 'x'.repeat(room.each), at: 0 }
  for (const entry of [failed, long]) expect(written(entry)).toBe(JSON.stringify(entry))
})

test('in memory there is room for exactly so many keys', async () => {
  const ledger = ledgerInMemory(() => 0)
  for (let count = 0; count < room.entries; count++) expect(await ledger.begin(`${count}`, begun)).toBeUndefined()
  await expect(ledger.begin('one more', begun)).rejects.toThrow('10000 idempotency keys were used within a day, the most that are kept')
  expect(await ledger.begin('7', begun)).toEqual(begun)
  await ledger.free('7')
  expect(await ledger.begin('one more', begun)).toBeUndefined()
})

test('in memory the earliest answers make room for the latest, and no more of them than need be', async () => {
  const ledger = ledgerInMemory(() => 0)
  const keeps = async (id: string) => 'answer' in ((await ledger.find(id))?.ended ?? {})
  const whole = sized(room.each)
  await ledger.end('freed', whole)
  await ledger.free('freed')
  for (let count = 0; count < room.all / room.each; count++) await ledger.end(`${count}`, whole)
  await ledger.end('5', whole)
  expect(await keeps('0')).toBe(true) // as much as there is room for
  await ledger.end('one more', whole)
  // what is left of the first takes a few characters, and so the second has to go too
  expect([await keeps('0'), await keeps('1'), await keeps('2'), await keeps('one more')]).toEqual([false, false, true, true])
})

test('in a folder, what nobody has entered is free already', async () => {
  const ledger = await ledgerIn(folder(), () => 0)
  await ledger.free('id')
  expect(await ledger.find('id')).toBeUndefined()
})

test('in a folder, what cannot be read is told, not taken for free', async () => {
  const path = folder()
  const ledger = await ledgerIn(path, () => 0)
  mkdirSync(join(path, 'id.json'))
  await expect(ledger.find('id')).rejects.toThrow('EISDIR: illegal operation on a directory, read')
})

test('in a folder, a key that is over is entered anew', async () => {
  const path = folder()
  const ledger = await ledgerIn(path, () => lifetime)
  await ledger.begin('id', begun)
  expect(await ledger.begin('id', { ...begun, at: 1 })).toBeUndefined()
  expect(JSON.parse(readFileSync(join(path, 'id.json'), 'utf8'))).toEqual({ ...begun, at: 1 })
})

test('a folder is swept once a minute, of what is a day old', async () => {
  const path = folder()
  let now = Date.UTC(2100, 0, 1)
  const leave = (name: string, age: number) => {
    writeFileSync(join(path, name), '')
    utimesSync(join(path, name), (now - age) / 1000, (now - age) / 1000)
  }
  const ledger = await ledgerIn(path, () => now)
  const sweep = async () => {
    await ledger.begin('id', { digest: 'd', at: now })
    await ledger.free('id')
    return readdirSync(path)
  }
  leave('old.draft', lifetime)
  leave('young.draft', lifetime - 1000)
  expect(await sweep()).toEqual(['young.draft'])
  now += 59_999
  expect(await sweep()).toEqual(['young.draft'])
  now += 1
  expect(await sweep()).toEqual([])
})
