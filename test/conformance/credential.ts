import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A key, and the file of keys in which the server finds its digest. */
export const credential = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-'))
  const key = 'imcp_for-the-conformance-suite-and-nobody-else-00'
  const keys = join(folder, 'keys.json')
  await writeFile(keys, JSON.stringify({ keys: { conformance: { sha256: createHash('sha256').update(key).digest('hex') } } }), { mode: 0o600 })
  return { authorization: `Bearer ${key}`, keys, remove: () => rm(folder, { recursive: true }) }
}
