import * as z from 'zod'
import type { Key } from '../server/http/auth/keys.ts'
import type { Narrowing } from '../tools/rules.ts'
import type { PublishedTool } from '../tools/tool.ts'
import { readJson } from './json-file.ts'
import { nameRule, properName } from './key.ts'
import { Misuse } from './misuse.ts'
import { PolicyFile } from './policy-file.ts'
import { narrowingAt } from './policy-part.ts'

/** A day, from its beginning on, or a moment. */
const moment = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/

/** Whether there is such a day or moment; Date would take 30 February for 2 March. */
const isMoment = (text: string): boolean => {
  const [, day] = moment.exec(text) ?? []
  return day !== undefined && !Number.isNaN(Date.parse(text)) && new Date(day).toISOString().startsWith(day)
}

const KeyEntry = z.strictObject(
  {
    sha256: z.string('use a text').regex(/^[\da-f]{64}$/, 'use the 64 small hexadecimal digits that "intercom-mcp key" prints'),
    tenant: z.string('use a text').min(1, 'name a tenant').optional(),
    policy: PolicyFile.optional(),
    expires: z
      .string('use a text')
      .refine(isMoment, 'use a date such as 2027-01-31, or a time such as 2027-01-31T12:00:00Z')
      .optional(),
  },
  'use one object',
)

const KeysFile = z.strictObject({ keys: z.record(z.string(), KeyEntry, 'use one object') }, 'use one object')

/** Whether there is a tenant of this name. */
export type KnownTenant = (name: string) => boolean

/** Reads the file of keys. Throws {@link Misuse}, which names file, line and key. */
export const readKeys = async (file: string, tools: readonly PublishedTool[], isTenant: KnownTenant = () => true): Promise<readonly Key[]> => {
  const { value, place } = await readJson(file, 'the file of keys', KeysFile)
  const entries = Object.entries(value.keys)
  for (const [index, [name, { sha256, tenant }]] of entries.entries()) {
    const [same] = entries.slice(0, index).find(([, earlier]) => earlier.sha256 === sha256) ?? []
    if (!properName.test(name)) throw new Misuse(`${place(['keys', name])}: ${nameRule}`)
    if (same !== undefined) throw new Misuse(`${place(['keys', name, 'sha256'])}: ${same} has the same; whoever calls with it could be either`)
    if (tenant !== undefined && !isTenant(tenant)) throw new Misuse(`${place(['keys', name, 'tenant'])}: there is no tenant ${tenant}; the file of --tenants says which there are`)
  }
  return entries.map(([name, entry]) => keyOf(name, entry, entry.policy && narrowingAt(['keys', name, 'policy'], entry.policy, place, { published: tools, narrowing: [] })))
}

type Entry = z.output<typeof KeyEntry>

const keyOf = (name: string, { sha256, tenant, policy, expires }: Entry, narrowing: Narrowing | undefined): Key => ({
  digest: Buffer.from(sha256, 'hex'),
  identity: { principal: `key:${name}`, tenant, narrowing, key: JSON.stringify(['key', name, tenant, policy]) },
  ...(expires !== undefined && { expires: Date.parse(expires) }),
})
