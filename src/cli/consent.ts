import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { regions } from '../client/upstream.ts'
import type { Consent } from '../tools/confirm/confirm.ts'
import { type Shared, sharedIn as sharing } from '../tools/confirm/folder.ts'
import { keyLength, sealing } from '../tools/confirm/seal.ts'
import { spentInMemory } from '../tools/confirm/spent.ts'
import { Misuse, sentence } from './misuse.ts'
import type { Settings } from './settings.ts'

/** What consent is asked with: shared by all who use the same Redis or folder, else of this alone. */
export const openConsent = (settings: Settings, intercom: string, shared: Shared | Checked | undefined, now: () => number): Consent => {
  const { seals, spent } = shared && 'seals' in shared ? shared : checkedBy(shared ?? { key: randomBytes(keyLength), spent: spentInMemory(now) })
  const name = settings.token === undefined ? 'a simulated workspace: nothing here reaches a real customer' : intercom
  return { workspace: { name, id: workspaceId(settings) }, seals, spent }
}

type Checked = Pick<Consent, 'seals' | 'spent'>

const checkedBy = ({ key, spent }: Shared): Checked => ({ seals: sealing(key), spent })

/** What processes share in a folder. Throws {@link Misuse} when it cannot be used. */
export const sharedIn = async (folder: string, now: () => number): Promise<Shared> =>
  sharing(folder, now).catch((error: unknown) => {
    throw new Misuse(`the state folder cannot be used: ${sentence(error)}`)
  })

/**
 * Tells a workspace and the credential for it from any other; no secret. Processes with the same token for the same address, or the
 * same file, work in one workspace; one in memory is nobody else's.
 */
export const workspaceId = ({ token, baseUrl, region, workspaceFile }: Pick<Settings, 'token' | 'baseUrl' | 'region' | 'workspaceFile'>): string => {
  const parts = token === undefined ? ['simulated', workspaceFile ?? randomUUID()] : [baseUrl ?? regions[region], token]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
