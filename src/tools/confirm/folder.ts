import { randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keyLength } from './seal.ts'
import type { Spent } from './spent.ts'

/** What processes that confirm for each other share. */
export interface Shared {
  readonly key: Buffer
  readonly spent: Spent
}

/** A folder that they share, made when it is not there. Rejects when it cannot be used. */
export const sharedIn = async (folder: string, now: () => number): Promise<Shared> => {
  const used = join(folder, 'confirmations')
  await mkdir(used, { recursive: true, mode: 0o700 })
  return { key: await keyIn(folder), spent: spentIn(used, now) }
}

/** The key that whoever came first made: it appears under its name whole, or not at all. */
const keyIn = async (folder: string): Promise<Buffer> => {
  const [path, draft] = [join(folder, 'confirm.key'), join(folder, `confirm.${randomUUID()}.draft`)]
  await writeFile(draft, randomBytes(keyLength), { mode: 0o600, flag: 'wx', flush: true })
  await link(draft, path).catch(unlessThere)
  await rm(draft)
  const key = await readFile(path)
  if (key.length !== keyLength) throw new Error(`${path} is not a key of ${keyLength} bytes; delete it, and one is made`)
  return key
}

/** Milliseconds between looks for files that may go. */
const between = 60_000

/** One file for each that was used, named by the moment until which it must be kept. */
const spentIn = (folder: string, now: () => number): Spent => {
  let swept = 0
  const sweep = async () => {
    if (now() - swept < between) return
    swept = now()
    const old = (await readdir(folder)).filter((name) => Number(name.split('.')[0]) < now())
    await Promise.all(old.map((name) => rm(join(folder, name), { force: true })))
  }
  return {
    spend: async (id, until) => {
      await sweep()
      const file = await open(join(folder, `${until}.${id}`), 'wx', 0o600).catch(unlessThere)
      await file?.close()
      return file !== undefined
    },
  }
}

const unlessThere = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'EEXIST') throw error
}
