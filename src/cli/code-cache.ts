import { closeSync, constants, fstatSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, type Stats, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

type Process = Pick<NodeJS.Process, 'arch' | 'env' | 'getuid' | 'pid' | 'version'>

/** Machine code by the name of what it was compiled from. */
export type Compiled = ReadonlyMap<string, Buffer>

export interface CodeCache {
  /** What an earlier run of the same build on the same Node left, if anything. */
  readonly read: () => Compiled | undefined
  readonly write: (compiled: Compiled) => void
}

/** Older leavings, of earlier versions, are swept away: 30 days in milliseconds. */
const age = 30 * 24 * 3600 * 1000

/**
 * Compiled code, kept in the user's cache directory. It would run as this user without being checked, so nothing is
 * read that another user could have written. Whatever goes wrong only costs the time it would have saved.
 */
export const codeCache = (process: Process, build: string): CodeCache => {
  const name = `${build}-${process.version}-${process.arch}.v8`
  const mine = ({ uid, mode }: Stats) => process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0)
  return {
    read: () => attempt(() => unpack(readOwn(directoryOf(process.env), name, mine))),
    write: (compiled) => {
      attempt(() => writeOwn(directoryOf(process.env), name, mine, pack(compiled), process.pid))
    },
  }
}

const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work()
  } catch {
    return undefined // no home, no space, no permission: the code is compiled anew
  }
}

const directoryOf = (env: NodeJS.ProcessEnv): string => join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'intercom-mcp')

type IsMine = (stats: Stats) => boolean

const readOwn = (directory: string, name: string, mine: IsMine): Buffer => {
  if (!mine(lstatSync(directory))) throw new Error('not ours')
  const file = openSync(join(directory, name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    if (!mine(fstatSync(file))) throw new Error('not ours')
    return readFileSync(file)
  } finally {
    closeSync(file)
  }
}

/** Under a name of its own first, so that no reader sees half of it. */
const writeOwn = (directory: string, name: string, mine: IsMine, data: Buffer, pid: number): void => {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  if (!mine(lstatSync(directory))) return
  const draft = join(directory, `${name}.${pid}`)
  writeFileSync(draft, data, { mode: 0o600, flag: 'wx' })
  renameSync(draft, join(directory, name))
  for (const other of readdirSync(directory)) {
    const path = join(directory, other)
    if (lstatSync(path).mtimeMs < Date.now() - age) rmSync(path)
  }
}

/** All of it in one file: the length of an index, the index (name and length of each), then the pieces. */
const pack = (compiled: Compiled): Buffer => {
  const index = Buffer.from(JSON.stringify([...compiled].map(([name, { length }]) => [name, length])))
  const size = Buffer.alloc(4)
  size.writeUInt32LE(index.length)
  return Buffer.concat([size, index, ...compiled.values()])
}

/** The inverse of {@link pack}. Throws when the file is not whole. */
const unpack = (file: Buffer): Compiled => {
  let at = 4 + file.readUInt32LE(0)
  const index = JSON.parse(file.toString('utf8', 4, at)) as [string, number][] // as pack wrote it
  const pieces = index.map(([name, length]): [string, Buffer] => [name, file.subarray(at, (at += length))])
  if (at !== file.length) throw new Error('not whole')
  return new Map(pieces)
}
