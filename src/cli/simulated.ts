import { randomBytes } from 'node:crypto'
import { openWorkspace, type Workspace } from '../workspace/workspace.ts'
import type { Log } from './log.ts'
import { Misuse, sentence } from './misuse.ts'

export interface Wanted {
  readonly file?: string
  readonly empty?: boolean
  readonly token?: string
  /** Permissions of the token, in Intercom's words. */
  readonly scope?: readonly string[]
}

/** Opens the simulated workspace in this process. Throws {@link Misuse} when its file cannot be used. */
export const openSimulated = ({ file, empty, token, scope }: Wanted, log: Log): Workspace => {
  try {
    return withoutWarning(/SQLite is an experimental feature/, () =>
      openWorkspace({
        file,
        now: Date.now,
        random,
        seed: empty ? 'empty' : 'demo',
        ...((token ?? scope) !== undefined && { tokens: [{ token, permissions: scope ?? 'all' }] }),
        report: (error) => log('error', sentence(error)),
      }),
    )
  } catch (error) {
    if (file !== undefined) throw new Misuse(sentence(error))
    throw error
  }
}

/** From 0 up to 1. What comes of it serves as a token, so nobody may guess it. */
const random = (): number => randomBytes(6).readUIntBE(0, 6) / 2 ** 48

/** Node 22 and 24 warn of their SQLite at its first use, which tells the person who runs this nothing they can act on. */
const withoutWarning = <T>(unwanted: RegExp, work: () => T): T => {
  // oxlint-disable-next-line typescript/unbound-method -- called on process, and put back as it was
  const { emitWarning } = process
  const chosen = (warning: string | Error, ...rest: []) => {
    if (!unwanted.test(String(warning))) emitWarning.call(process, warning, ...rest)
  }
  process.emitWarning = chosen
  try {
    return work()
  } finally {
    process.emitWarning = emitWarning
  }
}
