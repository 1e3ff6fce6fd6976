import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Programs } from './bundle.ts'
import type { Line } from './report.ts'

const run = promisify(execFile)

/** What `npm install intercom-mcp` puts on a disk, the SQLite that only Node 20 needs aside. */
export const size = async (programs: Programs): Promise<Line[]> => {
  const npm = async (...args: string[]) => (await run('npm', args)).stdout
  const [packed] = JSON.parse(await npm('pack', '--json', '--ignore-scripts', '--pack-destination', programs.folder)) as [{ filename: string }]
  const app = join(programs.folder, 'app')
  await npm('install', '--prefix', app, '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', join(programs.folder, packed.filename))
  const { packages } = JSON.parse(readFileSync(join(app, 'node_modules/.package-lock.json'), 'utf8')) as { packages: object }
  const files = readdirSync(join(app, 'node_modules'), { recursive: true, encoding: 'utf8' }).map((file) => statSync(join(app, 'node_modules', file)))
  const bytes = files.filter((file) => file.isFile()).reduce((sum, file) => sum + file.size, 0)
  return [
    { row: 'installed size', unit: 'MB', ours: bytes / 1e6, judged: 'value', bound: { atMost: 3 } },
    { row: 'installed packages', unit: 'packages', ours: Object.keys(packages).length, judged: 'value', bound: { atMost: 1 } },
  ]
}
