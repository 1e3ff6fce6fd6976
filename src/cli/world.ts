import type { Readable, Writable } from 'node:stream'
import type { ClientWatch } from './upstream.ts'

/** What a command may use of the process it runs in. */
export interface World {
  /** The words after the program's name. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable
  readonly stderr: Writable
  /** Absolute paths of node and of this program, to tell a client how to start it. */
  readonly self: readonly [node: string, program: string]
  /** Raised when the process is asked to end: finish what is in flight. */
  readonly stop: AbortSignal
  /** Counts what the client of a tenant does, by its name where it has one. */
  readonly watch?: (tenant: string | undefined) => ClientWatch
  /** Called while the first list of tools is answered: what starting needs is compiled by then. */
  readonly onList?: () => void
}
