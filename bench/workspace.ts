import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Programs } from './bundle.ts'
import type { Line } from './report.ts'
import type { Asked } from './workspace-ask.ts'

/** What is loaded, each into a file of its own. */
const loads = [
  { kind: 'contacts', count: 100_000 },
  { kind: 'contacts', count: 1_000_000 },
  { kind: 'conversations', count: 200_000 },
] as const

/** The bundles stand outside the project, and the SQLite that Node 20 needs is no part of them. */
const env = { ...process.env, NODE_PATH: resolve(import.meta.dirname, '../node_modules') }

const answerOf = async <T>(program: string, ...args: string[]): Promise<T> =>
  JSON.parse((await promisify(execFile)(process.execPath, [program, ...args], { env })).stdout) as T // these programs are ours

/** How the simulated workspace keeps up with much data. Takes minutes. */
export const workspace = async (programs: Programs): Promise<Line[]> => {
  const lines: Line[] = []
  for (const { kind, count } of loads) {
    const file = join(programs.folder, 'workspace.db')
    const { rate } = await answerOf<{ rate: number }>(programs.workspaceLoad, file, kind, String(count))
    lines.push(...rows(`${count.toLocaleString('en')} ${kind}`, rate, await answerOf<Asked>(programs.workspaceAsk, file, kind)))
    for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true })
  }
  return lines
}

const rows = (what: string, rate: number, asked: Asked): Line[] => [
  { row: `${what}: loaded`, unit: 'a second', ours: rate, judged: 'value' },
  { row: `${what}: file opened`, unit: 'ms', ours: asked.open, judged: 'value', bound: { atMost: 50 } },
  { row: `${what}: first answer`, unit: 'ms', ours: asked.first, judged: 'value', bound: { atMost: 250 } },
  { row: `${what}: one by id`, unit: 'ms', ours: asked.get, judged: 'value', bound: { atMost: 2 } },
  { row: `${what}: three filters, exact count (${asked.counted.toLocaleString('en')})`, unit: 'ms', ours: asked.threeFilters, judged: 'value' },
  { row: `${what}: page of 50 of the list`, unit: 'ms', ours: asked.page, judged: 'value', bound: { atMost: 20 } },
  { row: `${what}: nested search`, unit: 'ms', ours: asked.nested, judged: 'value' },
  { row: `${what}: longest turn of the event loop, CPU`, unit: 'ms', ours: asked.turn, judged: 'value', bound: { atMost: 20 } },
  { row: `${what}: longest delay of the event loop`, unit: 'ms', ours: asked.delay, judged: 'value' },
  { row: `${what}: memory`, unit: 'MiB', ours: asked.memory / 2 ** 20, judged: 'value' },
]
