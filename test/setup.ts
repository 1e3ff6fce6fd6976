import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import { parse } from 'yaml'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of this run in which its answers are gathered. */
    answers: string
    /** Whether Intercom's document is there to hold them to. It is not ours to publish, so a checkout may be without it. */
    published: boolean
  }
}

const root = resolve(import.meta.dirname, '..')
const sources = ['src', 'scripts', 'package.json']
const openapi = resolve(root, '../shared/intercom/openapi-2.13.yaml')
/** The same for every project of the run, each of which is set up by itself. */
const answers = join(tmpdir(), `intercom-mcp-answers-${process.pid}`)

const changed = (path: string): number =>
  statSync(path).isDirectory() ? Math.max(0, ...readdirSync(path).map((name) => changed(join(path, name)))) : statSync(path).mtimeMs

/** Most tests start the program as it is published, so it is built once before them, unless it is up to date. */
const build = (): void => {
  const built = join(root, 'dist/package.json') // what the build writes last
  const latest = Math.max(...sources.map((path) => changed(join(root, path))))
  if (!existsSync(built) || statSync(built).mtimeMs < latest) execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' })
}

/** Turned into JSON once, since every test file reads it. */
const lay = (): void => {
  mkdirSync(answers)
  if (existsSync(openapi)) writeFileSync(join(answers, 'openapi.json'), JSON.stringify(parse(readFileSync(openapi, 'utf8'))))
}

export const setup = (project: TestProject): void => {
  if (!existsSync(answers)) {
    build()
    lay()
  }
  project.provide('answers', answers)
  project.provide('published', existsSync(openapi))
}

export const teardown = (): void => rmSync(answers, { recursive: true, force: true })
