import { isRefused } from '../server/http/identity.ts'
import type { Route } from '../server/http/serve.ts'
import type { Tenant } from '../server/http/tenant.ts'
import type { Told } from '../server/http/webhooks/route.ts'
import { Misuse, sentence } from './misuse.ts'
import type { Tenancy } from './tenancy.ts'

/** Where Intercom may post what happened: nowhere unless the operator said by which secret to know it. Throws Misuse. */
export const webhookRoutes = async (tenancy: Tenancy, secret: string | undefined, several: boolean): Promise<Readonly<Record<string, Route>>> => {
  if (secret !== undefined && several) throw new Misuse('INTERCOM_MCP_WEBHOOK_SECRET is for one Intercom only: with several, say it in the tenants file, as webhooks of each tenant')
  const told = secret === undefined ? toldIn(tenancy) : () => [{ secret, tenant: () => onlyOne(tenancy) }]
  if (!told) return {}
  const { webhooks, webhooksPath } = await import('../server/http/webhooks/route.ts')
  const { log } = tenancy
  return { [webhooksPath]: webhooks({ told, now: Date.now, onRefused: (why) => log('warn', why), onError: (error) => log('error', sentence(error)) }) }
}

/** The tenants of the file that say so, as it is now. */
const toldIn = ({ tenants }: Tenancy): (() => readonly Told[]) | undefined =>
  tenants && (() => tenants.all().flatMap(({ described: { name, webhooks } }) => (webhooks ? [{ ...webhooks, tenant: () => tenants.find(name) }] : [])))

const onlyOne = async ({ tenantOf }: Tenancy): Promise<Tenant | undefined> => {
  const found = await tenantOf({ principal: 'webhooks', key: 'webhooks' }, {})
  return isRefused(found) ? undefined : found
}
