import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What was reached for beyond this machine: `host:port`, a name, or a program that could not be watched. */
export interface Attempt {
  readonly at: string
  /** Where in the code. */
  readonly by: string
  readonly test: string
}

const linesIn = <Line>(folder: string, kind: 'sockets' | 'connections'): Line[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}-`))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1))
    .map((line) => JSON.parse(line) as Line)

/** Everything that was attempted in a run, by the folder that gathers it. */
export const attemptsIn = (folder: string): Attempt[] => linesIn<Attempt>(folder, 'sockets')

const diverted = async <Line>(variable: string, kind: 'sockets' | 'connections', work: () => Promise<unknown>): Promise<Line[]> => {
  const { [variable]: before } = process.env
  const folder = (process.env[variable] = mkdtempSync(join(tmpdir(), 'sockets-')))
  try {
    await work()
    return linesIn<Line>(folder, kind)
  } finally {
    if (before === undefined) delete process.env[variable]
    else process.env[variable] = before
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * What is reached for beyond this machine in the course of the work, by it and the programs it starts. For what a test does on purpose: it is
 * refused as ever, but not held against the run.
 */
export const attempts = (work: () => Promise<unknown>): Promise<Attempt[]> => diverted('SOCKETS_FOLDER', 'sockets', work)

/** Where connections were opened to in the course of the work, `host:port` each, by it and the programs it starts. */
export const connections = async (work: () => Promise<unknown>): Promise<string[]> =>
  (await diverted<{ readonly at: string }>('SOCKETS_TRACE', 'connections', work)).map(({ at }) => at)
