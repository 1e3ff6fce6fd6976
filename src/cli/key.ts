import { createHash, randomBytes } from 'node:crypto'
import { Misuse } from './misuse.ts'
import type { World } from './world.ts'

export interface KeyFlags {
  readonly name: string
}

/** What a key may be called; the audit has it. */
export const properName = /^[\w.@-]{1,64}$/
export const nameRule = "a key's name has letters, digits, _ . @ and -, and is at most 64 long"

/** Makes a key, prints it this once, and what the file of keys has to say of it. Throws {@link Misuse}. */
export const key = ({ name }: KeyFlags, { stdout, stderr }: Pick<World, 'stdout' | 'stderr'>): void => {
  if (!properName.test(name)) throw new Misuse(`--name: ${nameRule}`)
  const made = `imcp_${randomBytes(32).toString('base64url')}`
  const sha256 = createHash('sha256').update(made).digest('hex')
  stdout.write(`${made}\n${JSON.stringify(name)}: ${JSON.stringify({ sha256 })}\n`)
  stderr.write('The first line is the key, for whoever calls; nothing keeps it. The second goes into the file of keys: {"keys": {…}}.\n')
}
