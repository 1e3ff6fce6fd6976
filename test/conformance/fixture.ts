import { PassThrough } from 'node:stream'
import { openAuthentication } from '../../src/cli/authentication.ts'
import { wire } from '../../src/cli/offer.ts'
import { settings } from '../../src/cli/settings.ts'
import type { Offer } from '../../src/server/offer.ts'
import { serveHttp } from '../../src/server/http/serve.ts'
import { telling, tenant } from '../../src/server/http/tenant.ts'
import { isOperationTool } from '../../src/tools/tool.ts'
import { withFixtures } from './fixtures/server.ts'

/** This product's HTTP layer and server factory, with what the suite calls in place of Intercom, for whoever has a key of the file. */
export const serveFixture = async (keys: string) => {
  const world = { args: [], env: {}, stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough().resume(), self: ['node', 'intercom-mcp'] as const, stop: new AbortController().signal }
  const { offer, upstream, log } = await wire(settings({}, {}), world)
  const { authenticate, close } = await openAuthentication({ keys, publicUrl: undefined, oauthIssuer: undefined, oauthAudience: undefined, oauthTenantClaim: undefined }, '127.0.0.1', log)
  const only = tenant('only', watchable(offer))
  const server = await serveHttp({
    port: 0,
    host: '127.0.0.1',
    names: [],
    authenticate,
    tenantOf: () => only,
    sessions: { most: 100, idle: 60_000, now: Date.now },
    serverFor: withFixtures(telling(only.bus)),
    patience: 1_000,
    onError: () => {},
  })
  return {
    url: new URL(server.url),
    close: async () => {
      await server.close()
      close()
      await upstream.close()
    },
  }
}

/** With the resource that the suite watches: only what can be read can be watched. */
const watchable = (offer: Offer): Offer => {
  const read = offer.published.filter(isOperationTool).find(({ resource }) => resource !== undefined)!
  return { ...offer, operations: [...offer.operations, { ...read, resource: 'test://watched-resource' }] }
}
