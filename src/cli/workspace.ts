import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { suggestion } from '../tools/nearest.ts'
import { allPermissions } from '../workspace/access.ts'
import { type SeedFile, seedFrom } from '../workspace/seed-file.ts'
import { serve } from '../workspace/serve.ts'
import { listening } from './listening.ts'
import { logTo } from './log.ts'
import { Misuse, sentence } from './misuse.ts'
import { openSimulated, type Wanted } from './simulated.ts'
import type { World } from './world.ts'

/** Milliseconds that requests in flight may take at the end. */
const patience = 8_000

/** Requests that control can list. */
const remember = 1000

export interface WorkspaceFlags extends Omit<Wanted, 'seed'> {
  readonly port: number
  readonly host: string
  /** A file. */
  readonly seed?: string
}

/** Serves the simulated workspace over HTTP until the process is asked to end. */
export const workspace = async ({ port, host, seed, ...wanted }: WorkspaceFlags, world: World): Promise<void> => {
  await checkScopes(wanted.scope ?? [])
  if (seed !== undefined && wanted.empty) throw new Misuse('--seed and --empty each say what a new workspace holds; leave out one of the two')
  const opened = openSimulated({ ...wanted, remember, ...(seed !== undefined && { seed: await readSeed(seed) }) }, logTo(world, { logLevel: 'error', logFormat: 'text' }))
  try {
    const server = await listening(host, port, () => serve(opened, { port, host }))
    world.stderr.write(welcome(server.url, opened))
    if (seed !== undefined && !opened.isNew) world.stderr.write(`--seed was not laid: ${wanted.file} has a workspace already; PUT ${server.url}/_workspace/seed replaces its data\n\n`)
    if (!world.stop.aborted) await once(world.stop, 'abort')
    await Promise.race([server.close(), setTimeout(patience, undefined, { ref: false })])
  } finally {
    opened.close()
  }
}

const readSeed = async (path: string): Promise<SeedFile> => {
  try {
    return seedFrom(JSON.parse(new TextDecoder().decode(await readFile(path)))) // which drops the mark that some editors begin a file with
  } catch (error) {
    throw new Misuse(`--seed: cannot use ${path}: ${sentence(error)}`)
  }
}

/** A misspelt permission would lock everyone out without saying why. */
const checkScopes = async (scopes: readonly string[]): Promise<void> => {
  const known = await allPermissions()
  const wrong = scopes.find((scope) => !known.includes(scope))
  if (wrong !== undefined) throw new Misuse(`--scope: unknown permission "${wrong}".${suggestion(wrong, known)} Permissions: ${known.join(', ')}`)
}

const welcome = (url: string, { token, readOnlyToken }: { token: string; readOnlyToken?: string }): string => `
Simulated Intercom workspace at ${url}

  access token     ${token}
${readOnlyToken === undefined ? '' : `  read-only token  ${readOnlyToken}\n`}
With curl:             curl -H 'Authorization: Bearer ${token}' -H 'Intercom-Version: 2.13' ${url}/me
With intercom-client:  new IntercomClient({ token: '${token}', environment: '${url}', version: '2.13' })
With intercom-mcp:     INTERCOM_BASE_URL=${url} INTERCOM_ACCESS_TOKEN=${token} intercom-mcp
To control it:         curl ${url}/_workspace

`
