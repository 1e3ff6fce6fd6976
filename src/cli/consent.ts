import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { regions } from '../client/upstream.ts'
import type { Consent } from '../tools/confirm/confirm.ts'
import { type Shared, sharedIn } from '../tools/confirm/folder.ts'
import { keyLength, sealing } from '../tools/confirm/seal.ts'
import { spentInMemory } from '../tools/confirm/spent.ts'
import { Misuse, sentence } from './misuse.ts'
import type { Settings } from './settings.ts'

/** What consent is asked with: shared by all who use the same folder, else of this process alone. Throws {@link Misuse} when the folder cannot be used. */
export const openConsent = async (settings: Settings, intercom: string, now: () => number): Promise<Consent> => {
  const { key, spent } = await sharing(settings.stateDir, now)
  const name = settings.token === undefined ? 'a simulated workspace: nothing here reaches a real customer' : intercom
  return { workspace: { name, id: workspaceOf(settings) }, seals: sealing(key), spent }
}

const sharing = async (folder: string | undefined, now: () => number): Promise<Shared> => {
  if (folder === undefined) return { key: randomBytes(keyLength), spent: spentInMemory(now) }
  return sharedIn(folder, now).catch((error: unknown) => {
    throw new Misuse(`the state folder cannot be used: ${sentence(error)}`)
  })
}

/** Processes with the same token for the same address, or the same file, work in one workspace; one in memory is nobody else's. */
const workspaceOf = ({ token, baseUrl, region, workspaceFile }: Settings): string => {
  const parts = token === undefined ? ['simulated', workspaceFile ?? randomUUID()] : [baseUrl ?? regions[region], token]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
