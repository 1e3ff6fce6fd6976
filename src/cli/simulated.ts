import { randomBytes } from 'node:crypto'
import type { SeedFile } from '../workspace/seed-file.ts'
import { SeedProblem } from '../workspace/seed-shape.ts'
import { openWorkspace, type Workspace } from '../workspace/workspace.ts'
import type { Log } from './log.ts'
import { Misuse, sentence } from './misuse.ts'

export interface Wanted {
  readonly file?: string
  readonly empty?: boolean
  /** Laid into a new workspace instead of the demo. */
  readonly seed?: SeedFile
  readonly token?: string
  /** Permissions of the token, in Intercom's words. */
  readonly scope?: readonly string[]
  /** How many of the last requests its control can list. */
  readonly remember?: number
}

/** Opens the simulated workspace in this process. Throws {@link Misuse} when its file cannot be used. */
export const openSimulated = ({ file, empty, seed, token, scope, remember }: Wanted, log: Log): Workspace => {
  try {
    return openWorkspace({
      file,
      now: Date.now,
      random,
      seed: seed ?? (empty ? 'empty' : 'demo'),
      remember,
      ...((token ?? scope) !== undefined && { tokens: [{ token, permissions: scope ?? 'all' }] }),
      report: (error) => log('error', sentence(error)),
    })
  } catch (error) {
    if (error instanceof SeedProblem) throw new Misuse(`--seed: ${sentence(error)}`)
    if (file !== undefined) throw new Misuse(sentence(error))
    throw error
  }
}

/** From 0 up to 1. What comes of it serves as a token, so nobody may guess it. */
const random = (): number => randomBytes(6).readUIntBE(0, 6) / 2 ** 48
