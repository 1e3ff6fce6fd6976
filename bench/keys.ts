import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The key every measured request shows, and the file by which a server knows it. */
export const keyIn = (folder: string): { readonly key: string; readonly file: string } => {
  const [key, file] = ['bench-key', join(folder, 'keys.json')]
  writeFileSync(file, JSON.stringify({ keys: { bench: { sha256: createHash('sha256').update(key).digest('hex') } } }))
  return { key, file }
}
