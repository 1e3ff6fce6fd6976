import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Programs } from './bundle.ts'
import { medians } from './medians.ts'
import type { Line } from './report.ts'
import { open } from './session.ts'

const bare = 'bare SDK, one tool'

/** From spawn to the answer to the first tools/list. */
export const stdio = async (programs: Programs, runs: number): Promise<Line[]> => {
  const time = async (program: string, cache: string) => {
    const began = performance.now()
    const session = await open(program, { observed: false, env: { XDG_CACHE_HOME: cache } })
    const took = performance.now() - began
    await session.stop()
    return took
  }
  const kept = await warmCache(programs.ours, programs.folder)
  const { first, again, reference } = await medians(runs, {
    reference: () => time(programs.bareStdio, kept),
    first: () => time(programs.ours, mkdtempSync(join(programs.folder, 'cache-'))),
    again: () => time(programs.ours, kept),
  })
  const line = (row: string, ours: number, atMost: number): Line =>
    ({ row, unit: 'ms', ours, reference: { name: bare, value: reference }, judged: 'ratio', bound: { atMost } })
  return [line('stdio, spawn to tools/list, first run', first, 1), line('stdio, spawn to tools/list, with code cache', again, 0.75)]
}

/** Memory held after tools/list, when what starting left behind is done. */
export const memory = async (programs: Programs, runs: number): Promise<Line[]> => {
  const cache = await warmCache(programs.ours, programs.folder)
  const megabytes = async (program: string) => {
    const session = await open(program, { observed: true, env: { XDG_CACHE_HOME: cache } })
    await setTimeout(200)
    const { rss } = await session.usage()
    await session.stop()
    return rss / 2 ** 20
  }
  const { ours, reference } = await medians(runs, { ours: () => megabytes(programs.ours), reference: () => megabytes(programs.bareStdio) })
  return [{ row: 'memory after tools/list', unit: 'MiB', ours, reference: { name: bare, value: reference }, judged: 'difference', bound: { atMost: 10 } }]
}

/** A cache directory as a first run leaves it. */
const warmCache = async (program: string, folder: string): Promise<string> => {
  const cache = mkdtempSync(join(folder, 'cache-'))
  const session = await open(program, { observed: false, env: { XDG_CACHE_HOME: cache } })
  await setTimeout(1000)
  await session.stop()
  return cache
}
