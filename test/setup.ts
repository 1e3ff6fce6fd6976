import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const sources = ['src', 'scripts', 'package.json']

const changed = (path: string): number =>
  statSync(path).isDirectory() ? Math.max(0, ...readdirSync(path).map((name) => changed(join(path, name)))) : statSync(path).mtimeMs

/** Most tests start the program as it is published, so it is built once before them, unless it is up to date. */
export const setup = (): void => {
  const built = join(root, 'dist/package.json') // what the build writes last
  const latest = Math.max(...sources.map((path) => changed(join(root, path))))
  if (!existsSync(built) || statSync(built).mtimeMs < latest) execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' })
}
