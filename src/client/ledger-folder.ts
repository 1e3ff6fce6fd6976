import { randomUUID } from 'node:crypto'
import { link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Entry, full, isOver, type Ledger, lifetime, read, room, written } from './ledger.ts'

/** Milliseconds between looks for entries that may go. */
const between = 60_000

/**
 * A ledger in a folder, which outlives the process and may be shared: a file for each id, only its owner's to read. Files appear and
 * change whole or not at all, so that one that says no end is of a write that nobody has told the end of. Rejects when the folder
 * cannot be used.
 */
export const ledgerIn = async (folder: string, now: () => number): Promise<Ledger> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const pathOf = (id: string) => join(folder, `${id}.json`)
  const sweep = sweeping(folder, now)

  const draft = async (entry: Entry): Promise<string> => {
    const path = join(folder, `${randomUUID()}.draft`)
    await writeFile(path, written(entry), { mode: 0o600, flag: 'wx', flush: true })
    return path
  }
  const enter = async (id: string, entry: Entry): Promise<boolean> => {
    const path = await draft(entry)
    const isFirst = await link(path, pathOf(id)).then(() => true, unlessThere)
    await rm(path, { force: true })
    return isFirst
  }
  const find = async (id: string): Promise<Entry | undefined> => {
    const text = await readFile(pathOf(id), 'utf8').catch(unlessGone)
    const entry = text === undefined ? undefined : read(text)
    if (text !== undefined && !entry) throw new Error(`${pathOf(id)} is damaged, and nobody can tell what was sent under it`)
    return entry && !isOver(entry, now()) ? entry : undefined
  }
  const begin: Ledger['begin'] = async (id, entry) => {
    await sweep()
    if (await enter(id, entry)) return undefined
    const taken = await find(id)
    if (taken) return taken
    await rm(pathOf(id), { force: true })
    return begin(id, entry)
  }
  return {
    begin,
    find,
    end: async (id, entry) => rename(await draft(entry), pathOf(id)),
    free: (id) => rm(pathOf(id), { force: true }),
  }
}

/** Takes away what is over, drafts of the dead too, now and then. Rejects while there is no room for more. */
const sweeping = (folder: string, now: () => number) => {
  let swept = -Infinity
  return async (): Promise<void> => {
    if (now() - swept < between) return
    const names = await readdir(folder)
    const gone = await Promise.all(names.map((name) => removed(join(folder, name), now())))
    if (gone.filter((each) => !each).length >= room.entries) throw full()
    swept = now()
  }
}

const removed = async (path: string, now: number): Promise<boolean> => {
  const kept = await stat(path).catch(unlessGone)
  if (kept && now - kept.mtimeMs < lifetime) return false
  await rm(path, { force: true })
  return true
}

const unlessThere = (error: NodeJS.ErrnoException): false => {
  if (error.code !== 'EEXIST') throw error
  return false
}

const unlessGone = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error
}
