import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sharedIn } from '../../src/tools/confirm/folder.ts'
import { sealing } from '../../src/tools/confirm/seal.ts'
import { spentInMemory } from '../../src/tools/confirm/spent.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'state-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const claims = { id: '00112233445566778899aabbccddeeff', shown: 'ab'.repeat(32), expires: 1_795_369_633_000 }
const bound = { workspace: 'w', principal: 'p', tool: 't', way: 'shown', digest: 'd' } as const

describe('a seal', () => {
  const { seal, open } = sealing(Buffer.alloc(32, 1))

  test('opens for what it was made, and for nothing that differs in one word', () => {
    expect(open(seal(claims, bound), bound)).toEqual(claims)
    for (const [key, value] of Object.entries({ ...bound, way: 'asked' }).map(([key, value]) => [key, value === 'asked' ? value : `${value}!`]))
      expect(open(seal(claims, bound), { ...bound, [key as string]: value }), key).toBeUndefined()
    expect(open(seal(claims, bound), { ...bound, tool: undefined })).toBeUndefined()
  })

  test('tells nothing of what is in it, and is another each time', () => {
    expect(seal(claims, bound)).not.toBe(seal(claims, bound))
    expect(Buffer.from(seal(claims, bound), 'base64url').toString('hex')).not.toContain(claims.id)
    expect(seal(claims, bound)).toHaveLength(110)
  })

  test('is read by whoever has the key, whichever version of this program made it', () => {
    expect(sealing(Buffer.alloc(32, 1), (bytes) => Buffer.alloc(bytes, 2)).seal(claims, bound)).toBe(
      'AgICAgICAgICAgICB8freg4Cp4pbVRZzkHosTQkeekRAGibadixLUNNQ39Tc1LWcxsQIROyF-UI0jPfQq9faiSOyz7aRZXKCBgjpvXjWySp3eQ',
    )
  })

  test('that is spelt otherwise, or has more or less, is none', () => {
    const whole = seal(claims, bound)
    for (const other of [`${whole}=`, ` ${whole}`, `${whole}AAAA`, whole.slice(4), whole.slice(0, 20), '']) expect(open(other, bound), other).toBeUndefined()
  })

  test('words cannot move from one part of what it is for to the next', () => {
    expect(open(seal(claims, { ...bound, principal: 'a', tool: 'bc' }), { ...bound, principal: 'ab', tool: 'c' })).toBeUndefined()
  })
})

describe('what was used', () => {
  test('in memory: once each, forgotten when it may be, and no more than there is room for', async () => {
    let now = 0
    const { spend } = spentInMemory(() => now, 2)
    expect([await spend('a', 10), await spend('a', 10), await spend('b', 20), await spend('c', 30)]).toEqual([true, false, true, false])
    now = 10
    expect(await spend('c', 30)).toBe(false)
    now = 11
    expect([await spend('c', 30), await spend('b', 20)]).toEqual([true, false])
  })

  test('in a folder: once each for all who share it, and swept when it may be forgotten', async () => {
    let now = 100_000
    const [one, other] = await Promise.all([sharedIn(folder, () => now), sharedIn(folder, () => now)])
    expect(one.key).toEqual(other.key)
    const three = await Promise.all([one, other, one].map(async ({ spent }) => spent.spend('a', 150_000)))
    expect(three.filter(Boolean)).toHaveLength(1)
    expect([await one.spent.spend('a', 150_000), await other.spent.spend('b', 900_000)]).toEqual([false, true])
    now = 159_999
    expect(await one.spent.spend('d', 160_000)).toBe(true)
    expect(readdirSync(join(folder, 'confirmations'))).toContain('150000.a') // it looks once a minute
    now = 160_000
    expect(await one.spent.spend('c', 900_000)).toBe(true)
    expect(readdirSync(join(folder, 'confirmations')).sort()).toEqual(['160000.d', '900000.b', '900000.c'])
    now = 171_000
    expect(await one.spent.spend('c', 900_000)).toBe(false)
  })

  test('exactly one of many at once has it', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => sharedIn(folder, () => 0)))
    const won = await Promise.all(Array.from({ length: 40 }, async (_, index) => all[index % 4]!.spent.spend('same', 5)))
    expect(won.filter(Boolean)).toHaveLength(1)
  })

  test('nothing is taken while it cannot be kept', async () => {
    const { spent } = await sharedIn(folder, () => 0)
    rmSync(join(folder, 'confirmations'), { recursive: true })
    await expect(async () => spent.spend('a', 5)).rejects.toThrow(/ENOENT/)
  })
})

describe('the key', () => {
  test('is made once, whoever comes first, and only its owner can read it', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => sharedIn(folder, () => 0)))
    expect(new Set(all.map(({ key }) => key.toString('hex'))).size).toBe(1)
    expect(readdirSync(folder).sort()).toEqual(['confirm.key', 'confirmations'])
    expect(statSync(join(folder, 'confirm.key')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(folder, 'confirm.key'))).toEqual(all[0]!.key)
  })

  test('is refused when it is none', async () => {
    writeFileSync(join(folder, 'confirm.key'), 'short')
    await expect(sharedIn(folder, () => 0)).rejects.toThrow('is not a key of 32 bytes')
  })
})
