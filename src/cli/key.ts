import { createHash, randomBytes } from 'node:crypto'
import type { World } from './world.ts'

export interface KeyFlags {
  readonly name: string
}

/** Makes a key, prints it this once, and what the file of keys has to say of it. */
export const key = ({ name }: KeyFlags, { stdout, stderr }: Pick<World, 'stdout' | 'stderr'>): void => {
  const made = `imcp_${randomBytes(32).toString('base64url')}`
  const sha256 = createHash('sha256').update(made).digest('hex')
  stdout.write(`${made}\n${JSON.stringify(name)}: ${JSON.stringify({ sha256 })}\n`)
  stderr.write('The first line is the key, for whoever calls; nothing keeps it. The second goes into the file of keys: {"keys": {…}}.\n')
}
