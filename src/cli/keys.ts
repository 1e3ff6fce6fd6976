import type { Key } from '../server/http/auth/keys.ts'
import type { PublishedTool } from '../tools/tool.ts'
import { type KnownTenant, readKeys } from './keys-file.ts'
import type { Log } from './log.ts'
import { sentence } from './misuse.ts'
import { watching } from './watching.ts'

/** Milliseconds between looks whether the file has changed: so long a key that was taken out goes on. */
const between = 500

/** The keys of the operator's file, as it is now. */
export interface Keys {
  readonly current: () => readonly Key[]
  readonly close: () => void
}

/**
 * Reads the file, and again when it changes; one that is not as it should be changes nothing. Throws Misuse that names file, line and key.
 * Only the first may name no unknown tenant: of two files that change together, this one may be read before the tenants are there.
 */
export const openKeys = async (file: string, tools: readonly PublishedTool[], log: Log, isTenant?: KnownTenant): Promise<Keys> => {
  let keys = await readKeys(file, tools, isTenant)
  const readAgain = async (): Promise<void> => {
    try {
      keys = await readKeys(file, tools)
      log('info', `read ${file} again`, { keys: keys.length })
    } catch (error) {
      log('error', `${sentence(error)}; the keys stay as they were`)
    }
  }
  return { current: () => keys, close: watching(() => [file], between, readAgain) }
}
