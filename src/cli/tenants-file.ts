import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import * as z from 'zod'
import { regions } from '../client/upstream.ts'
import type { Narrowing } from '../tools/rules.ts'
import { workspaceId } from './consent.ts'
import { readJson } from './json-file.ts'
import { Misuse, sentence } from './misuse.ts'
import type { Ground } from './offer.ts'
import { PolicyFile } from './policy-file.ts'
import { narrowingAt } from './policy-part.ts'
import { type Keeper, secretAt } from './secret.ts'
import { baseUrl } from './setting.ts'

const text = z.string('use a text')

const Webhooks = z.strictObject({ app_id: text.min(1, "use the workspace's id in Intercom"), secret: text.optional(), secret_variable: text.optional(), secret_file: text.optional() }, 'use one object')

const TenantEntry = z.strictObject(
  {
    token: text.optional(),
    token_variable: text.optional(),
    token_file: text.optional(),
    region: z.enum(Object.keys(regions) as (keyof typeof regions)[], `use one of ${Object.keys(regions).join(', ')}`).optional(), // Object.keys forgets which keys
    base_url: text.optional(),
    policy: PolicyFile.optional(),
    webhooks: Webhooks.optional(),
  },
  'use one object',
)

const TenantsFile = z.strictObject({ tenants: z.record(z.string(), TenantEntry, 'use one object') }, 'use one object')

/** One tenant, as the operator's file has it. */
export interface Described {
  readonly name: string
  /** {@link workspaceId} of where it is. */
  readonly id: string
  readonly token: string
  readonly region: keyof typeof regions
  readonly baseUrl?: string
  /** What its policy says. */
  readonly narrowing?: Narrowing
  /** The Intercom app that tells of changes, and what it signs them with. */
  readonly webhooks?: { readonly appId: string; readonly secret: string }
  /** The same as long as nothing is changed that its calls depend on. */
  readonly version: string
}

/** Reads a tenants file and the secrets it points to; `meet` is told of each file it names. Throws {@link Misuse}, which names file, line and key. */
export const readTenants = async (file: string, ground: Ground, meet: Keeper['meet'] = () => {}): Promise<readonly Described[]> => {
  const { value, place } = await readJson(file, 'the tenants file', TenantsFile)
  const keeper = { folder: dirname(file), env: ground.world.env, place, meet }
  const entries = Object.entries(value.tenants)
  if (entries.length === 0) throw new Misuse(`${place(['tenants'])}: name at least one tenant`)
  const tenants: Described[] = []
  for (const [name, entry] of entries) tenants.push(await described(name, entry, keeper, ground)) // in their order, so that the first mistake is told
  for (const [index, { id, name }] of tenants.entries()) {
    const same = tenants.slice(0, index).find((earlier) => earlier.id === id)
    if (same) throw new Misuse(`${place(['tenants', name])}: it has the workspace and the token of ${same.name}; leave out one of the two`)
  }
  return tenants
}

/** The name of a tenant, as keys, the audit and the log have it. */
const properName = /^[a-z0-9][a-z0-9_-]{0,63}$/

type Entry = z.output<typeof TenantEntry>

const described = async (name: string, entry: Entry, keeper: Keeper, ground: Ground): Promise<Described> => {
  const path = ['tenants', name]
  if (!properName.test(name)) throw new Misuse(`${keeper.place(path)}: a tenant's name has small letters, digits, - and _, begins with a letter or digit, and is at most 64 long`)
  const token = await secretAt(keeper, path, 'token', { itself: entry.token, variable: entry.token_variable, file: entry.token_file })
  const address = entry.base_url === undefined ? ground.settings.baseUrl : addressAt([...path, 'base_url'], entry.base_url, keeper)
  const where = { token, region: entry.region ?? ground.settings.region, baseUrl: address }
  const narrowing = entry.policy && narrowingAt([...path, 'policy'], entry.policy, keeper.place, ground)
  const webhooks = entry.webhooks && (await webhooksAt([...path, 'webhooks'], entry.webhooks, keeper))
  const version = createHash('sha256').update(JSON.stringify([where, entry.policy])).digest('hex')
  return { name, id: workspaceId({ ...where, workspaceFile: undefined }), ...where, narrowing, webhooks, version }
}

const webhooksAt = async (path: readonly string[], { app_id, secret, secret_variable, secret_file }: z.output<typeof Webhooks>, keeper: Keeper) => ({
  appId: app_id,
  secret: await secretAt(keeper, path, 'secret', { itself: secret, variable: secret_variable, file: secret_file }),
})

const addressAt = (path: readonly string[], text: string, { place }: Keeper): string => {
  try {
    return baseUrl(text)
  } catch (error) {
    throw new Misuse(`${place(path)}: ${sentence(error)}`)
  }
}
